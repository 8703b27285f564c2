package io.vilokanam.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.node.benchmark.Stats;
import io.vilokanam.node.benchmark.Throughput;
import io.vilokanam.testkit.Refchain;

final class BenchmarkTest {

    private static String run(int expected, String... arguments) {
        StringWriter err = new StringWriter();
        assertEquals(expected, Vilokanam.commandLine(arguments).setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true)).execute(arguments), () -> String.join(" ", arguments) + err);
        return err.toString();
    }

    @Test
    void writesStatisticsAsStockNodesDo() {
        assertEquals("Total: 10\nMin: 1, Max: 4\nAverage: 2, Median: 2, Stddev: 1.12\n"
                + "Percentiles 99th, 95th, 75th: 4, 4, 3", Stats.of(List.of(4L, 1L, 3L, 2L)).toString());
        assertThrows(IllegalArgumentException.class, () -> Stats.of(List.of()));
        assertEquals("1.00 GiBs", Throughput.ofMebibytes(1024).toString());
        assertEquals("637.62 KiBs", Throughput.ofMebibytes(0.622675781).toString());
    }

    @Test
    void writesATable() {
        assertEquals("""
                +-----+-----------+
                | A   | Result    |
                +=================+
                | CPU | ✅ Pass   |
                |-----+-----------|
                | b   | ❌ Fail 1 |
                +-----+-----------+""", BenchmarkMachine.table(List.of(new String[]{"A", "Result"},
                new String[]{"CPU", "✅ Pass"}, new String[]{"b", "❌ Fail 1"})));
    }

    @Test
    void measuresTheRuntimeOnADevelopmentChain() {
        String[] few = {"--dev", "--warmup", "1", "--repeat", "2", "--max-ext-per-block", "20", "-l", "off"};
        for (List<String> command : List.of(List.of("benchmark", "overhead"),
                List.of("benchmark", "extrinsic", "--pallet", "balances", "--extrinsic", "transfer_keep_alive"),
                List.of("benchmark", "extrinsic", "--list"), List.of("benchmark", "storage", "--state-version", "1"))) {
            List<String> all = new ArrayList<>(command);
            all.addAll(List.of(few));
            run(0, all.toArray(String[]::new));
        }
        run(1, "benchmark", "extrinsic", "--pallet", "x", "--extrinsic", "y", "--dev", "-l", "off");
        run(2, "benchmark", "extrinsic", "--dev", "-l", "off");
        run(1, "benchmark", "block", "--from", "0", "--to", "1", "--dev", "-l", "off");
    }

    @Test
    void executesBlocksOfTheDatabaseAgain(@TempDir Path folder) throws Exception {
        Path blocks = Files.write(folder.resolve("dev.blocks"), Refchain.file("dev-chain.blocks"));
        String[] chain = {"--chain", "reference-dev", "--base-path", folder.toString(), "-l", "off"};
        run(0, "import-blocks", blocks.toString(), "--binary", chain[0], chain[1], chain[2], chain[3], "-l", "off");
        run(0, "benchmark", "block", "--from", "1", "--to", "3", "--repeat", "2", chain[0], chain[1], chain[2],
                chain[3],
                "-l", "off");
        run(1, "benchmark", "block", "--from", "43", "--to", "43", chain[0], chain[1], chain[2], chain[3], "-l", "off");
    }
}
