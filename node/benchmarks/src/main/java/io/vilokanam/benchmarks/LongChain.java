package io.vilokanam.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.chainspec.ChainSpecJson;
import io.vilokanam.node.chainspec.Genesis;
import io.vilokanam.node.chainspec.GenesisBlock;
import io.vilokanam.node.exchange.BlockExport;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.node.service.NativeCompositions;
import io.vilokanam.node.service.Platform;
import io.vilokanam.node.storage.InMemoryStore;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/**
 * Makes a long chain of //Alice's in the past, for timings of sync: mostly empty blocks, now and then one with many signed
 * transfers, a change of the authority set, and proofs of finality as stock nodes keep them.
 *
 * <pre>
 * LongChain RAW_SPEC BLOCKS FOLDER     writes FOLDER/long.raw.json and FOLDER/long.blocks
 * </pre>
 */
public final class LongChain {

    private static final int FULL_EVERY = 200;
    private static final int TRANSFERS = 900;
    private static final int PROOF_EVERY = 512;
    private static final int FINAL_KEPT = 64;
    /** The set of the next block on is the same again, under the next number. */
    private static final int CHANGE_AT = 600;
    private static final String PENDING_CHANGE = "0x5f9cc45b7a00c5899361e1c6099678dc2ff65991b1c915dd6cc8d4825eacfcb4";

    private final AliceBlocks blocks;
    private final BenchTransfers transfers;
    private int sent;

    private LongChain(ChainCore core) throws KeyException {
        this.blocks = new AliceBlocks(core);
        this.transfers = new BenchTransfers(core.chain().genesis(), TRANSFERS);
    }

    private void block(long slot, boolean isFull) throws RuntimeUnavailableException, RuntimeTrap, ScaleException {
        List<Bytes> extrinsics = new ArrayList<>();
        for (int i = 0; isFull && i < TRANSFERS; i++) {
            extrinsics.add(transfers.transfer(sent++));
        }
        blocks.make(slot, extrinsics);
    }

    private static String change(KeyPair only) {
        return PENDING_CHANGE + "\": \"0x%08x%08x04".formatted(Integer.reverseBytes(CHANGE_AT), 0)
                + Bytes.wrap(only.publicKey()).hex().substring(2) + "010000000000000000";
    }

    public static void main(String[] arguments) throws IOException, ChainSpecException, RuntimeUnavailableException,
            KeyException, RuntimeTrap, ScaleException {
        int blocks = Integer.parseInt(arguments[1]);
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        Path spec = folder.resolve("long.raw.json");
        String raw = Files.readString(Path.of(arguments[0]));
        Files.writeString(spec, raw.replaceFirst("\"top\":\\s*\\{",
                "\"top\": {\"" + change(SecretUri.keyPair(Scheme.ED25519, "//Alice")) + "\","));
        GenesisBlock genesis = GenesisBlock
                .of((Genesis.Raw) ChainSpecJson.read(Files.newInputStream(spec)).genesis());
        Platform platform = new Platform(Clock.systemUTC(), () -> 0, new SplittableRandom(1));
        try (ChainCore core = ChainCore
                .open(new ChainCore.Setup(new InMemoryStore(), Keeping.inMemory(FINAL_KEPT),
                        genesis, new NativeCompositions().runtimes(), platform, (_, _) -> {}, _ -> {}))) {
            LongChain chain = new LongChain(core);
            long first = System.currentTimeMillis() / AliceBlocks.SLOT_MILLIS - blocks - 10;
            for (int number = 1; number <= blocks; number++) {
                chain.block(first + number, number % FULL_EVERY == 0);
                if (number % PROOF_EVERY == 0 || number == CHANGE_AT || number == blocks) {
                    chain.blocks.prove();
                }
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve("long.blocks")))) {
                BlockExport.write(core.chain(), 1, blocks, true, out);
            }
            System.out.println(blocks + " blocks, " + chain.sent + " transfers, best " + core.chain().best().hash());
        }
    }
}
