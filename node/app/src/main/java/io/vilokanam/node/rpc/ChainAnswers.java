package io.vilokanam.node.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.rpc.backend.BlockRef;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.ChainListener;
import io.vilokanam.rpc.backend.ImportedBlock;
import io.vilokanam.rpc.backend.Registration;

/** What RPC asks of the chain. */
public final class ChainAnswers implements ChainBackend {

    private final Chain chain;
    private final HeaderCache headers = new HeaderCache();

    public ChainAnswers(Chain chain) {
        this.chain = chain;
    }

    private static BlockRef ref(io.vilokanam.consensus.BlockRef block) {
        return new BlockRef(block.hash(), block.number());
    }

    @Override
    public Hash genesisHash() {
        return chain.genesis();
    }

    @Override
    public BlockRef best() {
        return ref(chain.best());
    }

    @Override
    public BlockRef finalised() {
        return ref(chain.finalised());
    }

    @Override
    public Optional<Header> header(Hash block) {
        return headers.header(block, chain::header);
    }

    @Override
    public Optional<SignedBlock> block(Hash block) {
        return chain.block(block);
    }

    @Override
    public Optional<Hash> hashAt(long number) {
        return chain.canonicalHash(number);
    }

    @Override
    public List<Hash> hashesAt(long number) {
        return chain.inspect(tree -> number <= tree.finalised().number() ? chain.canonicalHash(number).stream().toList()
                : tree.unfinalised().stream().filter(block -> block.number() == number)
                        .map(io.vilokanam.consensus.BlockRef::hash).toList());
    }

    @Override
    public List<ImportedBlock> unfinalised() {
        return chain.inspect(tree -> {
            List<ImportedBlock> blocks = new ArrayList<>();
            for (io.vilokanam.consensus.BlockRef block : tree.unfinalised()) {
                Header header = chain.header(block.hash()).orElseThrow(
                        () -> new IllegalStateException(
                                "block " + block + " is in the tree, its header not in the store"));
                blocks.add(new ImportedBlock(block.hash(), header, block.equals(tree.best())));
            }
            return List.copyOf(blocks);
        });
    }

    @Override
    public Registration watch(ChainListener listener) {
        Runnable end = chain.listen(event -> {
            switch (event) {
                case ChainEvent.Imported(var block, var header, var _, var route, var _) ->
                    listener.imported(new ImportedBlock(block.hash(), header, route.isPresent()));
                case ChainEvent.Finalised(var finalised, var pruned, var _) ->
                    listener.finalised(hashes(finalised), hashes(pruned));
            }
        });
        return end::run;
    }

    private static List<Hash> hashes(List<io.vilokanam.consensus.BlockRef> blocks) {
        return blocks.stream().map(io.vilokanam.consensus.BlockRef::hash).toList();
    }

    @Override
    public Optional<Registration> pin(Hash block) {
        return chain.states().lease(block).map(lease -> lease::close);
    }
}
