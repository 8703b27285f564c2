package io.vilokanam.offchain.collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.vilokanam.offchain.worker.LocalStore;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/**
 * The collector's rows as a mirror in a file that is mapped into memory, for a million words a second: a row that changes ten times
 * goes to the disk once, when the system writes its page. What was handed over survives the end of the process at once, however it
 * ends, and the end of the machine from the next {@link #force} on.
 *
 * <p>Each process writes a file of its own, {@code tick-rows-NUMBER}; those of earlier ones are read at the start and deleted when
 * all of it stands in the new one. Close secrets, which are few, stand in the local store: {@code tick/secret/} and the session,
 * u64 big endian.
 */
public final class FileRows implements RowStore {

    private static final String NAME = "tick-rows-";
    private static final Bytes SECRETS = Bytes.ascii("tick/secret/");

    private final Path folder;
    private final LocalStore secrets;
    private final List<Path> old = new ArrayList<>();
    private final int[][] places = new int[TickCollector.STRIPES][0];
    private final int[] sizes = new int[TickCollector.STRIPES];
    private final int[] written = new int[TickCollector.STRIPES];
    private final Map<Long, Bytes> held = new HashMap<>();
    private final RowFile file;

    /**
     * Opens the files of earlier processes for reading, and makes one for this.
     *
     * @throws IOException if the folder cannot be read or written
     */
    public FileRows(Path folder, LocalStore secrets) throws IOException {
        this.folder = folder;
        this.secrets = secrets;
        Files.createDirectories(folder);
        TreeMap<Long, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(path -> number(path).ifPresent(number -> found.put(number, path)));
        }
        old.addAll(found.values());
        file = RowFile.create(folder.resolve(NAME + (found.isEmpty() ? 1 : found.lastKey() + 1)));
        Arrays.fill(sizes, -1);
    }

    private static Optional<Long> number(Path path) {
        String name = path.getFileName().toString();
        return name.matches(NAME + "[0-9]{1,15}") ? Optional.of(Long.parseLong(name.substring(NAME.length())))
                : Optional.empty();
    }

    @Override
    public int forEach(BiConsumer<KnownSession, Optional<Bytes>> action) {
        secrets.forEach(SECRETS, (key, secret) -> {
            held.put(ByteBuffer.wrap(key.view()).getLong(SECRETS.size()), secret);
        });
        int unreadable = 0;
        for (Path path : old) {
            unreadable += RowFile.read(path, row -> {
                KnownSession session = RowCodec.read(row, 0);
                action.accept(session, Optional.ofNullable(held.get(session.id())));
            });
        }
        return unreadable;
    }

    @Override
    public void write(RowChanges changes) {
        try {
            int stripe = changes.stripe();
            sizes[stripe] = Math.max(sizes[stripe], changes.size());
            for (int i = 0; i < changes.count(); i++) {
                int position = changes.positions()[i];
                sizes[stripe] = Math.max(sizes[stripe], position + 1);
                file.write(place(stripe, position / RowFile.PAGE_ROWS), position % RowFile.PAGE_ROWS, changes.rows(),
                        i * RowCodec.SIZE);
            }
            writeSecrets(changes);
        } catch (IOException e) {
            throw new UncheckedIOException("the rows of the tick collector cannot be written", e);
        }
    }

    private int place(int stripe, int page) throws IOException {
        if (page >= places[stripe].length) {
            int from = places[stripe].length;
            places[stripe] = Arrays.copyOf(places[stripe], page + 1);
            for (int i = from; i <= page; i++) {
                places[stripe][i] = file.addPage();
            }
        }
        return places[stripe][page];
    }

    private void writeSecrets(RowChanges changes) {
        List<LocalStore.Change> all = new ArrayList<>();
        changes.secrets().forEach((id, secret) -> {
            if (!secret.equals(held.put(id, secret))) {
                all.add(new LocalStore.Change(key(id), Optional.of(secret)));
            }
        });
        if (!held.isEmpty()) {
            for (int i = 0; i < changes.count(); i++) {
                forgetSecret(changes.session(i), changes, all);
            }
            changes.removed().forEach(id -> forgetSecret(id, changes, all));
        }
        if (!all.isEmpty()) {
            secrets.write(all);
        }
    }

    private void forgetSecret(long id, RowChanges changes, List<LocalStore.Change> all) {
        if (!changes.secrets().containsKey(id) && held.remove(id) != null) {
            all.add(new LocalStore.Change(key(id), Optional.empty()));
        }
    }

    private static Bytes key(long id) {
        return new ScaleOutput().raw(SECRETS.view()).raw(StoredRow.bigEndian(id)).toBytes();
    }

    /**
     * Only now rows behind the new end of a part go: those that moved from there stand in their new places. Rows that moved while
     * all this was written stand there twice until the next time.
     */
    @Override
    public void written() {
        for (int stripe = 0; stripe < sizes.length; stripe++) {
            if (sizes[stripe] >= 0 && sizes[stripe] != written[stripe]) {
                for (int page = 0; page < places[stripe].length; page++) {
                    file.count(places[stripe][page],
                            Math.clamp((long) sizes[stripe] - (long) page * RowFile.PAGE_ROWS, 0, RowFile.PAGE_ROWS));
                }
                written[stripe] = sizes[stripe];
            }
            sizes[stripe] = -1;
        }
        try {
            if (!old.isEmpty()) {
                file.force();
            }
            for (Path path : old) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an old file of the tick collector in " + folder + " cannot be deleted", e);
        }
        old.clear();
    }

    /** Bytes of the file. */
    public long size() {
        return file.size();
    }

    /** Brings what was handed over to the disk; may be called while more is written. */
    public void force() throws IOException {
        file.force();
    }

    /** Brings all of it to the disk. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
