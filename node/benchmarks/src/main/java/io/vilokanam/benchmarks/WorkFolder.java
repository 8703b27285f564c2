package io.vilokanam.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for what a run writes, which is deleted with all that it holds. */
record WorkFolder(Path path) implements AutoCloseable {

    /** A new one, among the machine's temporary files. */
    static WorkFolder create(String name) throws IOException {
        return new WorkFolder(Files.createTempDirectory("vilokanam-" + name));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
