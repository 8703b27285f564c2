package io.vilokanam.node.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of the machine's memory the process holds. */
final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long KIBI = 1024;

    private ResidentMemory() {}

    /** Bytes; what the virtual machine has taken where the system does not tell. */
    static long bytes() {
        if (!Files.isReadable(STATUS)) {
            return Runtime.getRuntime().totalMemory();
        }
        try {
            return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBI).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("the system does not tell how much memory this process holds", e);
        }
    }
}
