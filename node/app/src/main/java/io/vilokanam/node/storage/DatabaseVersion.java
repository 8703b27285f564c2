package io.vilokanam.node.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file {@code db_version} in a database's folder: what the database is made of, in decimal digits, to be read before the
 * database itself is opened (sc-client-db, {@code upgrade.rs}). Databases from before there was such a file are of version 1.
 *
 * <table>
 * <caption>Versions</caption>
 * <tr><td>1</td><td>trie nodes under their hashes, all of them kept</td></tr>
 * <tr><td>2</td><td>trie nodes under addresses, with a record a state</td></tr>
 * </table>
 */
final class DatabaseVersion {

    /** Raised when columns come or go, or what they hold changes its meaning. */
    static final long CURRENT = ChainStore.LAYOUT_VERSION;

    private static final String FILE = "db_version";
    private static final long BEFORE_THE_FILE = 1;
    /** The file that every database of RocksDB has. */
    private static final String ROCKSDB_FILE = "CURRENT";

    private DatabaseVersion() {}

    /**
     * Reads the version of a database, or notes the current one in a folder without one.
     *
     * @throws StoreFailure if the database is of another version, or the file cannot be read
     */
    static void require(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            boolean isNew = !Files.exists(folder.resolve(ROCKSDB_FILE));
            if (!Files.exists(file) && isNew) {
                write(file);
                return;
            }
            long found = Files.exists(file) ? parse(Files.readString(file, StandardCharsets.US_ASCII))
                    : BEFORE_THE_FILE;
            if (found > CURRENT) {
                throw new StoreFailure("Database version comes from future version of the client: " + found
                        + "; this one knows versions up to " + CURRENT + ". Nothing was changed in " + folder);
            }
            if (found < CURRENT) {
                throw new StoreFailure("Database version no longer supported: " + found + ", expected " + CURRENT
                        + ". Nothing was changed in " + folder + ". Export its blocks with the program that made it"
                        + " (export-blocks --binary), remove the database (purge-chain) and import them"
                        + " (import-blocks --binary), or let the node download the chain again");
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
