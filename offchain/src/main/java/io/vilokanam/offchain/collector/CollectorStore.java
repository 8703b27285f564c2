package io.vilokanam.offchain.collector;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import io.vilokanam.offchain.worker.LocalStore;
import io.vilokanam.scale.Bytes;

/**
 * The collector's sessions in the local store. Key: {@code tick/session/} and the id, u64 big endian. Value: a version byte, the
 * row, and the close secret where there is one.
 */
final class CollectorStore {

    private static final Bytes PREFIX = Bytes.ascii("tick/session/");
    private static final int SECRET = 32;

    private final LocalStore store;

    CollectorStore(LocalStore store) {
        this.store = store;
    }

    static LocalStore.Change change(long id, Optional<KnownSession> session, Optional<Bytes> secret) {
        return new LocalStore.Change(key(id), session.map(known -> value(known, secret)));
    }

    private static Bytes key(long id) {
        byte[] key = Arrays.copyOf(PREFIX.view(), PREFIX.size() + Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            key[PREFIX.size() + i] = (byte) (id >>> 8 * (Long.BYTES - 1 - i));
        }
        return Bytes.wrap(key);
    }

    private static Bytes value(KnownSession session, Optional<Bytes> secret) {
        byte[] value = new byte[1 + RowCodec.SIZE + (secret.isPresent() ? SECRET : 0)];
        value[0] = RowCodec.VERSION;
        RowCodec.write(session, value, 1);
        secret.ifPresent(bytes -> System.arraycopy(bytes.view(), 0, value, 1 + RowCodec.SIZE, SECRET));
        return Bytes.wrap(value);
    }

    void write(List<LocalStore.Change> changes) {
        if (!changes.isEmpty()) {
            store.write(changes);
        }
    }

    /**
     * Shows all sessions that are stored.
     *
     * @return how many entries have another version or length and were left out
     */
    int forEach(BiConsumer<KnownSession, Optional<Bytes>> action) {
        int[] unreadable = {0};
        store.forEach(PREFIX, (_, value) -> {
            int secretAt = 1 + RowCodec.SIZE;
            boolean isWhole = value.size() == secretAt || value.size() == secretAt + SECRET;
            if (!isWhole || value.at(0) != RowCodec.VERSION) {
                unreadable[0]++;
                return;
            }
            Optional<Bytes> secret = value.size() == secretAt ? Optional.empty()
                    : Optional.of(Bytes.wrap(Arrays.copyOfRange(value.view(), secretAt, value.size())));
            action.accept(RowCodec.read(value.view(), 1), secret);
        });
        return unreadable[0];
    }
}
