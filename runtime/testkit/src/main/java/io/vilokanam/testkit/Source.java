package io.vilokanam.testkit;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A set of recorded files: the repository's own copy on the class path, or the folder that a system property names.
 * A file may lie there plain or with {@code .gz} behind its name.
 */
enum Source {
    VECTORS("vectors", "vilokanam.vectors"), REFCHAIN("refchain", "vilokanam.refchain");

    private final String resourceFolder;
    private final String property;

    Source(String resourceFolder, String property) {
        this.resourceFolder = resourceFolder;
        this.property = property;
    }

    byte[] read(String name) {
        try (InputStream in = open(name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, but what the folder lacks is read from the repository's copy. */
    byte[] readOrOwn(String name) {
        String base = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String folder = System.getProperty(property, "");
        if (folder.isEmpty() || Files.exists(Path.of(folder, base)) || Files.exists(Path.of(folder, base + ".gz"))) {
            return read(base);
        }
        try (InputStream in = fromResources(base)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the repository's own copy is read. */
    boolean isOwn() {
        return System.getProperty(property, "").isEmpty();
    }

    private InputStream open(String name) throws IOException {
        String folder = System.getProperty(property, "");
        if (folder.isEmpty()) {
            return fromResources(name);
        }
        Path plain = Path.of(folder, name);
        if (Files.exists(plain)) {
            return new BufferedInputStream(Files.newInputStream(plain));
        }
        Path zipped = Path.of(folder, name + ".gz");
        if (Files.exists(zipped)) {
            return new GZIPInputStream(Files.newInputStream(zipped));
        }
        throw new FileNotFoundException(
                "-D" + property + "=" + folder + " holds neither " + name + " nor " + name + ".gz");
    }

    private InputStream fromResources(String name) throws IOException {
        InputStream plain = Source.class.getResourceAsStream("/" + resourceFolder + "/" + name);
        if (plain != null) {
            return plain;
        }
        InputStream zipped = Source.class.getResourceAsStream("/" + resourceFolder + "/" + name + ".gz");
        if (zipped != null) {
            return new GZIPInputStream(zipped);
        }
        throw new FileNotFoundException("no " + name + " in the repository's " + resourceFolder);
    }
}
