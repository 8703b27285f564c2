package io.vilokanam.node.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file {@code db_version} in a database's folder: what the database is made of, in decimal digits, to be read before the
 * database itself is opened (sc-client-db, {@code upgrade.rs}). Databases from before there was such a file are of version 1.
 */
final class DatabaseVersion {

    /** Raised when columns come or go, or what they hold changes its meaning. */
    static final long CURRENT = ChainStore.LAYOUT_VERSION;

    private static final String FILE = "db_version";
    private static final long BEFORE_THE_FILE = 1;

    private DatabaseVersion() {}

    /**
     * Reads the version of a database, or notes the current one in a folder without one.
     *
     * @throws StoreFailure if the database is of another version, or the file cannot be read
     */
    static void require(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                write(file);
                return;
            }
            long found = parse(Files.readString(file, StandardCharsets.US_ASCII));
            if (found > CURRENT) {
                throw new StoreFailure("Database version comes from future version of the client: " + found
                        + "; this one knows versions up to " + CURRENT + ". Nothing was changed in " + folder);
            }
            if (found < BEFORE_THE_FILE) {
                throw new StoreFailure("Database version no longer supported: " + found);
            }
        } catch (IOException e) {
            throw new StoreFailure("Database version cannot be read from existing db_version file " + file, e);
        }
    }

    private static long parse(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new StoreFailure("Database version cannot be read from existing db_version file: expected digits");
        }
        return Long.parseLong(text);
    }

    /** As a whole or not at all: a machine that stops leaves no half file. */
    private static void write(Path file) throws IOException {
        Path draft = file.resolveSibling(FILE + ".new");
        Files.writeString(draft, Long.toString(CURRENT), StandardCharsets.US_ASCII);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
