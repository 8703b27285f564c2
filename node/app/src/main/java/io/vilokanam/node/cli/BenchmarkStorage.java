package io.vilokanam.node.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.benchmark.Stats;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieLayout;

/** Takes the time of reading each value of the best block's state, and of writing it in a trie of its own. */
@Command(name = "storage", mixinStandardHelpOptions = true, description = "Measure how long each value of the newest state "
        + "takes to be read, and to be written in memory.")
final class BenchmarkStorage implements Callable<Integer> {

    @Option(names = "--state-version", required = true, paramLabel = "VERSION", description = "How values are "
            + "written: 0 or 1. This chain uses 1.")
    private int stateVersion;

    @Option(names = "--skip-read", description = "Measure no reading.")
    private boolean isWithoutReads;

    @Option(names = "--skip-write", description = "Measure no writing.")
    private boolean isWithoutWrites;

    @Option(names = "--warmups", paramLabel = "COUNT", description = "Rounds before it is measured. Default: 1.")
    private int warmUps = 1;

    @Mixin
    private BenchmarkChain chain;

    @Override
    public Integer call() throws Exception {
        chain.startLog();
        if (stateVersion < 0 || stateVersion > 1) {
            throw new UsageException("--state-version " + stateVersion + ": expected 0 or 1");
        }
        TrieLayout layout = TrieLayout.ofStateVersion(stateVersion);
        NodeLog log = new NodeLog();
        try (ChainCore core = chain.open(log); StateLease lease = BenchmarkChain.lease(core)) {
            String best = core.chain().best().hash().toString();
            ChainState state = lease.state();
            List<StateTrie.Entry> entries = new ArrayList<>();
            state.top().entries(new byte[0]).forEachRemaining(entries::add);
            Collections.shuffle(entries, new Random(1));
            for (int round = 1; round <= warmUps; round++) {
                log.note("Warmup round " + round + "/" + warmUps);
                entries.forEach(entry -> state.top().get(entry.key()));
            }
            if (!isWithoutReads) {
                log.note("Preparing keys from block " + best);
                log.note("Reading " + entries.size() + " keys");
                summary(log, entries, entry -> state.top().get(entry.key()));
            }
            if (!isWithoutWrites) {
                log.note("Preparing keys from block " + best);
                log.note("Writing " + entries.size() + " keys");
                summary(log, entries, entry -> {
                    byte[] changed = entry.value().clone();
                    if (changed.length > 0) {
                        changed[0] ^= 1;
                    }
                    state.top().apply(layout, new byte[][]{entry.key()}, new byte[][]{changed}).root();
                });
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static void summary(NodeLog log, List<StateTrie.Entry> entries, Consumer<StateTrie.Entry> work) {
        List<Long> times = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        for (StateTrie.Entry entry : entries) {
            long begun = System.nanoTime();
            work.accept(entry);
            times.add(System.nanoTime() - begun);
            sizes.add((long) entry.value().length);
        }
        log.note("Time summary [ns]:\n" + Stats.of(times) + "\nValue size summary:\n" + Stats.of(sizes));
    }
}
