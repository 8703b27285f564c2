package io.vilokanam.node.cli;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StateRange;
import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainSpecJson;
import io.vilokanam.node.chainspec.Genesis;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.StateTrie;

/** Makes a chain spec whose genesis is the state after a block: another chain can begin where this one stands. */
@Command(name = "export-state", mixinStandardHelpOptions = true, description = "Export a block's state as a raw chain spec.")
final class ExportState implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "HASH or NUMBER", description = "The block; the best one if none is named.", converter = BlockChoice.Converter.class)
    private Optional<BlockChoice> block = Optional.empty();

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private SharedOptions shared;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        NodeLog log = new NodeLog();
        ChainSpec spec = shared.spec(new Chains());
        try (ChainCore core = OfflineChain.open(shared, database, log)) {
            log.note("Exporting raw state...");
            Hash hash = block.isPresent() ? block.get().on(core.chain()) : core.chain().best().hash();
            try (StateLease lease = core.chain().states().lease(hash).orElseThrow(
                    () -> new UsageException(StateLease.missing(hash)))) {
                log.note("Generating new chain spec...");
                PrintWriter out = command.commandLine().getOut();
                out.print(ChainSpecJson.write(spec.withGenesis(genesis(lease.state()))));
                out.flush();
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private static Genesis.Raw genesis(ChainState state) {
        SortedMap<Bytes, Bytes> top = new TreeMap<>();
        SortedMap<Bytes, SortedMap<Bytes, Bytes>> children = new TreeMap<>();
        for (Iterator<StateTrie.Entry> all = state.top().entries(new byte[0]); all.hasNext();) {
            StateTrie.Entry entry = all.next();
            if (StateRange.isChildKey(entry.key())) {
                byte[] name = StateRange.childName(entry.key());
                children.put(Bytes.wrap(name), entries(state.child(name)));
            } else {
                top.put(Bytes.wrap(entry.key()), Bytes.wrap(entry.value()));
            }
        }
        return new Genesis.Raw(top, children);
    }

    private static SortedMap<Bytes, Bytes> entries(StateTrie trie) {
        SortedMap<Bytes, Bytes> entries = new TreeMap<>();
        trie.entries(new byte[0])
                .forEachRemaining(entry -> entries.put(Bytes.wrap(entry.key()), Bytes.wrap(entry.value())));
        return entries;
    }
}
