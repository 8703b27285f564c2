package io.vilokanam.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.storage.PruningMode;
import io.vilokanam.node.storage.RocksDbStore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.SignedBlock;

/**
 * A process that imports, finalises and prunes a chain is killed in the midst of it; what it had said to be written is there,
 * with no state too few or too many.
 */
final class DurabilityTest {

    private static final int KILLS = 3;
    private static final int BLOCKS_BETWEEN_KILLS = 40;
    private static final int STATES_KEPT = 4;

    /** Imports the recorded network chain from where its store stands, and says each block once it is written. */
    static final class Importer {

        public static void main(String[] arguments) throws Exception {
            List<SignedBlock> blocks = RecordedChains.blocks("network.blocks");
            try (ChainCore core = open(Path.of(arguments[0]))) {
                for (SignedBlock block : blocks) {
                    ImportVerdict verdict = core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
                    if (verdict instanceof ImportVerdict.Refused refused) {
                        System.out.println("refused " + refused.reason());
                        return;
                    }
                    if (verdict instanceof ImportVerdict.Imported) {
                        System.out.println(
                                "written " + core.chain().best().number() + " " + core.chain().finalised().number());
                    }
                }
            }
            System.out.println("done");
        }
    }

    private static ChainCore open(Path folder) throws Exception {
        return RecordedChains.open("local.raw.json", new RocksDbStore(folder, 1 << 20),
                Keeping.onDisk(Optional.of(new PruningMode.Last(STATES_KEPT)), Optional.empty()));
    }

    private static Process spawn(Path folder) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp",
                        System.getProperty("java.class.path")));
        for (String property : List.of("vilokanam.refchain", "vilokanam.vectors")) {
            Optional.ofNullable(System.getProperty(property))
                    .ifPresent(value -> command.add("-D" + property + "=" + value));
        }
        command.addAll(List.of(Importer.class.getName(), folder.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void losesNothingWhenTheProcessIsKilled(@TempDir Path folder) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            String[] last = killedAfter(spawn(folder), BLOCKS_BETWEEN_KILLS);
            try (ChainCore core = open(folder)) {
                assertTrue(core.chain().best().number() >= Long.parseLong(last[1]));
                assertTrue(core.chain().finalised().number() >= Long.parseLong(last[2]));
                assertStates(core);
            }
        }
        Process whole = spawn(folder);
        String last = whole.inputReader().readAllLines().getLast();
        assertEquals("done", last);
        List<SignedBlock> blocks = RecordedChains.blocks("network.blocks");
        try (ChainCore core = open(folder)) {
            assertEquals(blocks.getLast().block().header().number(), core.chain().best().number());
            assertStates(core);
        }
    }

    private static void assertStates(ChainCore core) {
        core.chain().pruner().run();
        for (long number = 0; number <= core.chain().best().number(); number++) {
            Hash block = core.chain().canonicalHash(number).orElseThrow();
            assertEquals(number > core.chain().finalised().number() - STATES_KEPT, core.chain().states().has(block),
                    "state of block " + number);
        }
    }

    /** Kills the process, as {@code kill -9} does, after some blocks; answers the last line it wrote. */
    private static String[] killedAfter(Process process, int blocks) throws IOException, InterruptedException {
        String last = "";
        try (BufferedReader lines = process.inputReader()) {
            for (int i = 0; i < blocks; i++) {
                last = lines.readLine();
                assertTrue(last != null && last.startsWith("written "), last);
            }
            process.destroyForcibly();
            process.waitFor();
        }
        return last.split(" ");
    }
}
