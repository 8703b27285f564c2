package io.vilokanam.node.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.chainspec.ChainSpecJson;
import io.vilokanam.node.chainspec.Genesis;
import io.vilokanam.node.chainspec.GenesisBlock;
import io.vilokanam.node.exchange.BinaryBlocks;
import io.vilokanam.node.exchange.BlockFileException;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.node.service.NativeCompositions;
import io.vilokanam.node.service.Platform;
import io.vilokanam.node.storage.InMemoryStore;
import io.vilokanam.node.storage.KeyValueStore;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.testkit.Refchain;

/** The recorded chains, and nodes that can follow them. */
public final class RecordedChains {

    /** After every recorded block. */
    public static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private static final List<ChainRuntime> RUNTIMES = new NativeCompositions().runtimes();

    private RecordedChains() {}

    static GenesisBlock genesis(String spec) throws ChainSpecException {
        return GenesisBlock
                .of((Genesis.Raw) ChainSpecJson.read(new ByteArrayInputStream(Refchain.file(spec))).genesis());
    }

    /** A chain that has nothing but the genesis block of a recorded spec. */
    public static ChainCore open(String spec) throws ChainSpecException, RuntimeUnavailableException {
        return open(spec, new InMemoryStore(), Keeping.inMemory(256));
    }

    public static ChainCore open(String spec, KeyValueStore store, Keeping keeping)
            throws ChainSpecException, RuntimeUnavailableException {
        return ChainCore.open(new ChainCore.Setup(store, keeping, genesis(spec), RUNTIMES,
                new Platform(Clock.fixed(LATER, ZoneOffset.UTC), () -> 0, new SplittableRandom(1)), (_, _) -> {},
                _ -> {}));
    }

    /** Takes a block for final without any proof, as a node does that saw one which it did not keep. */
    public static void finaliseUnproven(ChainCore core, BlockRef block) {
        core.chain().inspect(_ -> {
            core.chain().finalise(block, _ -> {});
            return block;
        });
    }

    public static List<SignedBlock> blocks(String file) throws IOException, BlockFileException {
        BinaryBlocks source = BinaryBlocks.open(new ByteArrayInputStream(Refchain.file(file)));
        List<SignedBlock> blocks = new ArrayList<>();
        for (Optional<SignedBlock> next = source.next(); next.isPresent(); next = source.next()) {
            blocks.add(next.get());
        }
        return blocks;
    }
}
