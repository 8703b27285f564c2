import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * How fast a long chain is synchronised: ours from stock nodes, stock from ours, stock from stock and ours from ours, in every
 * mode, one after the other on this machine, with the processor time that each took. Stock nodes begin a warp sync with three
 * peers, so each kind serves with three.
 *
 * <pre>
 * java node/interop/SyncTimes.java STOCK_NODE FOLDER [modes, default full,warp]
 * </pre>
 *
 * <p>FOLDER holds long.raw.json and long.blocks, as {@code io.vilokanam.benchmarks.LongChain} writes them. Our node is {@code
 * node/bin/vilokanam}, or what the environment variable VILOKANAM names. In fast mode only ours is timed: stock nodes have no
 * fast sync that ends, as one refuses the state of a block that is final ("block not in finalized chain").
 */
public final class SyncTimes {

    private static final int FIRST_PORT = 32400;
    private static final int SOURCES = 3;
    private static final int RPC = 100;
    private static final int MILLIS_BETWEEN_LOOKS = 25;
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Pattern NUMBER = Pattern.compile("\"number\":\"0x([0-9a-f]+)\"");

    private final Path stock;
    private final Path spec;
    private final Path blocks;
    private final Path work = Files.createTempDirectory("sync-times");
    private final RunningNode.Patience patience = new RunningNode.Patience(PATIENCE, MILLIS_BETWEEN_LOOKS, work);
    private final List<RunningNode> running = new ArrayList<>();
    private int next;
    /** Of the mode that is timed now: how long stock from stock took, once that is known. */
    private OptionalDouble stockSeconds = OptionalDouble.empty();

    private SyncTimes(Path stock, Path folder) throws IOException {
        this.stock = stock;
        this.spec = folder.resolve("long.raw.json");
        this.blocks = folder.resolve("long.blocks");
    }

    private Path program(boolean isOurs) {
        return isOurs ? RunningNode.OURS : stock;
    }

    private RunningNode start(boolean isOurs, Path base, List<String> more) throws IOException {
        int port = FIRST_PORT + next++;
        RunningNode peer = new RunningNode(String.valueOf(port), program(isOurs), work, port, RPC, ANSWER,
                List.of("--chain", spec.toString(), "--base-path", base.toString()));
        peer.command.addAll(more);
        peer.start();
        running.add(peer);
        return peer;
    }

    private long best(RunningNode peer) throws InterruptedException {
        return Long.parseLong(patience.answer("the best block", () -> peer.ask("chain_getHeader", "", NUMBER)), 16);
    }

    private Path imported(boolean isOurs) throws IOException, InterruptedException {
        Path base = work.resolve(isOurs ? "ours" : "stock");
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(program(isOurs).toString(), "import-blocks", "--binary", "--chain",
                spec.toString(), "--base-path", base.toString(), blocks.toString()).redirectErrorStream(true)
                .redirectOutput(work.resolve("import-" + isOurs + ".log").toFile()).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("import failed; logs are in " + work);
        }
        System.out.printf("%s imported the file in %.1f s%n", isOurs ? "ours" : "stock", (System.nanoTime() - begun) / 1e9);
        return base;
    }

    /** Copies of one database, each served by a node of its kind. */
    private List<String> serve(boolean isOurs, Path base, int count) throws Exception {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path copy = work.resolve((isOurs ? "ours" : "stock") + i + "-" + next);
            new ProcessBuilder("cp", "-r", base.toString(), copy.toString()).inheritIO().start().waitFor();
            RunningNode peer = start(isOurs, copy, List.of("--in-peers", "10"));
            addresses.add(peer.address(patience));
        }
        return addresses;
    }

    private void time(String mode, boolean isOurs, boolean isFromOurs, List<String> sources, long target) throws Exception {
        List<String> flags = new ArrayList<>(List.of("--sync", mode, "--bootnodes"));
        flags.addAll(sources);
        RunningNode peer = start(isOurs, work.resolve("new" + next), flags);
        long started = System.nanoTime();
        peer.id(patience);
        long answered = System.nanoTime();
        Duration busyBefore = busy(peer);
        long reached = best(peer);
        long end = answered + PATIENCE.toNanos();
        while (reached < target && System.nanoTime() < end) {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
            reached = best(peer);
        }
        double seconds = (System.nanoTime() - answered) / 1e9;
        if (!isOurs && !isFromOurs) {
            stockSeconds = OptionalDouble.of(seconds);
        }
        String times = stockSeconds.isPresent()
                ? ", %.2f times stock from stock".formatted(stockSeconds.getAsDouble() / seconds)
                : "";
        double busySeconds = busy(peer).minus(busyBefore).toMillis() / 1e3;
        System.out.printf("%-4s %-5s from %-5s: %s of %d blocks in %.2f s (%.0f blocks/s), %.2f s of processors"
                + " (%.2f ms a block), ready after %.2f s%s%n", mode, isOurs ? "ours" : "stock",
                isFromOurs ? "ours" : "stock", reached, target, seconds, reached / seconds, busySeconds,
                busySeconds * 1e3 / reached, (answered - started) / 1e9, times);
        peer.kill();
    }

    /** Processor time that the node has used: on a machine with other work it says more than the clock. */
    private static Duration busy(RunningNode peer) {
        return peer.process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void play(List<String> modes) throws Exception {
        Path ofOurs = imported(true);
        Path ofStock = imported(false);
        for (String mode : modes) {
            int count = mode.equals("full") ? 1 : SOURCES;
            stockSeconds = OptionalDouble.empty();
            for (boolean isFromOurs : List.of(false, true)) {
                List<String> sources = serve(isFromOurs, isFromOurs ? ofOurs : ofStock, count);
                long target = best(running.getLast());
                for (boolean isOurs : mode.equals("fast") ? List.of(true) : List.of(false, true)) {
                    time(mode, isOurs, isFromOurs, sources, target);
                }
                end();
            }
        }
    }

    private void end() throws InterruptedException {
        for (RunningNode peer : running) {
            peer.kill();
        }
        running.clear();
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: java node/interop/SyncTimes.java STOCK_NODE FOLDER [modes]");
            System.exit(2);
        }
        SyncTimes times = new SyncTimes(Path.of(arguments[0]), Path.of(arguments[1]));
        try {
            times.play(List.of((arguments.length > 2 ? arguments[2] : "full,warp").split(",")));
        } finally {
            times.end();
        }
    }
}
