package io.vilokanam.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that was started for a measurement; its output goes to a file. Closing it ends it. */
final class RunningProgram implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);

    private final Process process;
    private final long begun;
    private final Path output;

    private RunningProgram(Process process, long begun, Path output) {
        this.process = process;
        this.begun = begun;
        this.output = output;
    }

    static RunningProgram start(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("VILOKANAM_NO_BUILD", "1");
        long begun = System.nanoTime();
        return new RunningProgram(builder.start(), begun, output);
    }

    /** Of the process. */
    long id() {
        return process.pid();
    }

    /** Since the start. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /**
     * Waits until the program has ended.
     *
     * @return from start to end
     */
    Duration awaitEnd(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("not done after " + limit.toSeconds() + " s: " + lastLines());
        }
        Duration took = elapsed();
        if (process.exitValue() != 0) {
            throw new IOException("ended with exit code " + process.exitValue() + ": " + lastLines());
        }
        return took;
    }

    /**
     * Asks over HTTP until an answer comes.
     *
     * @return from the start to the first answer
     */
    Duration awaitAnswer(int port, Duration limit) throws IOException, InterruptedException {
        RpcClient client = new RpcClient(port);
        while (elapsed().compareTo(limit) < 0 && process.isAlive()) {
            try {
                client.ask("system_chain", "[]");
                return elapsed();
            } catch (IOException notYet) {
                Thread.sleep(POLL);
            }
        }
        throw new IOException("no answer after " + elapsed().toMillis() + " ms: " + lastLines());
    }

    /** A port that nobody listens on just now, for a program to be started. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Processor time that the process and those below it have used until now, their own and the kernel's for them. */
    Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The memory that the process and those below it hold in RAM, in KiB ({@code VmRSS} of Linux). */
    long residentKibibytes() throws IOException {
        long sum = 0;
        for (ProcessHandle handle : Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()) {
            Path status = Path.of("/proc", Long.toString(handle.pid()), "status");
            sum += Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum();
        }
        return sum;
    }

    String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(output);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
