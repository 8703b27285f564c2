package io.vilokanam.node.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vilokanam.node.benchmark.MachineScores;
import io.vilokanam.node.benchmark.Metric;
import io.vilokanam.node.benchmark.Throughput;
import io.vilokanam.node.log.NodeLog;

/** Compares the machine with Substrate's reference hardware. */
@Command(name = "machine", mixinStandardHelpOptions = true, description = "Measure processor, memory and disk, and compare "
        + "them with Substrate's reference hardware.")
final class BenchmarkMachine implements Callable<Integer> {

    private static final double PERCENT = 100;
    private static final double ABSURD = 100;
    private static final double MILLIS = 1000;

    @Option(names = "--allow-fail", description = "End with success whatever comes out.")
    private boolean isFailureAllowed;

    @Option(names = "--tolerance", paramLabel = "PERCENT", description = "How much less than required is enough. Default: 10.")
    private double tolerance = 10;

    @Option(names = "--verify-duration", paramLabel = "SECONDS", description = "Default: 5.")
    private double verifySeconds = 5;

    @Option(names = "--hash-duration", paramLabel = "SECONDS", description = "Default: 5.")
    private double hashSeconds = 5;

    @Option(names = "--memory-duration", paramLabel = "SECONDS", description = "Default: 5.")
    private double memorySeconds = 5;

    @Option(names = "--disk-duration", paramLabel = "SECONDS", description = "Default: 5.")
    private double diskSeconds = 5;

    @Mixin
    private SharedOptions shared;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        if (tolerance < 0 || tolerance > PERCENT) {
            throw new UsageException("The --tolerance argument is out of range");
        }
        NodeLog log = new NodeLog();
        Path folder = shared.folder(shared.spec(new Chains()));
        MachineScores scores = new MachineScores(new MachineScores.Limits(seconds(verifySeconds), seconds(hashSeconds),
                seconds(memorySeconds), seconds(diskSeconds)), folder);
        log.note("Running machine benchmarks...");
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[]{"Category", "Function", "Score", "Minimum", "Result"});
        int failed = 0;
        boolean isAbsurd = false;
        for (Metric metric : Metric.values()) {
            Throughput score = scores.measure(metric);
            double share = score.bytes() / metric.minimum().bytes();
            boolean isPassed = share >= 1 - tolerance / PERCENT;
            isAbsurd |= share >= ABSURD || share <= 1 / ABSURD;
            failed += isPassed ? 0 : 1;
            rows.add(new String[]{metric.category(), metric.label(), score.toString(), metric.minimum().toString(),
                    String.format(Locale.ROOT, "%s (%5.1f %%)", isPassed ? "✅ Pass" : "❌ Fail", share * PERCENT)});
        }
        log.note("\n" + table(rows) + "\nFrom " + (rows.size() - 1) + " benchmarks in total, "
                + (rows.size() - 1 - failed) + " passed and " + failed + " failed ("
                + String.format(Locale.ROOT, "%.0f", tolerance) + "% fault tolerance).");
        log.note(failed == 0 ? "The hardware meets the requirements " : "The hardware fails to meet the requirements");
        if (failed > 0 || isAbsurd) {
            String why = isAbsurd ? "Benchmark results are off by at least factor 100"
                    : "One of the benchmarks had a score that was lower than its requirement";
            if (!isFailureAllowed) {
                throw new UsageException(why);
            }
            log.warn("Ignoring error since --allow-fail is set: " + why);
        }
        return CommandLine.ExitCode.OK;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MILLIS));
    }

    /** A table with lines between its rows; the first row is its head. */
    static String table(List<String[]> rows) {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        StringBuilder text = new StringBuilder();
        StringBuilder border = new StringBuilder("+");
        for (int width : widths) {
            border.append("-".repeat(width + 2)).append('+');
        }
        text.append(border);
        for (int r = 0; r < rows.size(); r++) {
            if (r == 1) {
                text.append("\n+").append("=".repeat(border.length() - 2)).append('+');
            } else if (r > 1) {
                text.append("\n|").append(border.substring(1, border.length() - 1)).append('|');
            }
            text.append("\n|");
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(r)[i];
                text.append(' ').append(cell).append(" ".repeat(widths[i] - width(cell) + 1)).append('|');
            }
        }
        return text.append('\n').append(border).toString();
    }

    /** Signs for success and failure are two columns wide. */
    private static int width(String cell) {
        return cell.length() + (int) cell.chars().filter(c -> c == '✅' || c == '❌').count();
    }
}
