package io.vilokanam.offchain.collector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import io.vilokanam.offchain.worker.LocalStore;
import io.vilokanam.scale.Bytes;

/**
 * The collector's sessions in the local store of off-chain workers. Key: {@code tick/session/} and the id, u64 big endian. Value: a
 * version byte, the row, and the close secret where there is one. Simple, and fit for some tens of thousands of words a second.
 */
public final class LocalRows implements RowStore {

    private static final Bytes PREFIX = Bytes.ascii("tick/session/");
    private static final int SECRET = 32;
    private static final int SECRET_AT = 1 + RowCodec.SIZE;

    private final LocalStore store;

    public LocalRows(LocalStore store) {
        this.store = store;
    }

    private static Bytes key(long id) {
        byte[] key = Arrays.copyOf(PREFIX.view(), PREFIX.size() + Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            key[PREFIX.size() + i] = (byte) (id >>> 8 * (Long.BYTES - 1 - i));
        }
        return Bytes.wrap(key);
    }

    @Override
    public void write(RowChanges changes) {
        List<LocalStore.Change> all = new ArrayList<>();
        changes.removed().forEach(id -> all.add(new LocalStore.Change(key(id), Optional.empty())));
        for (int i = 0; i < changes.count(); i++) {
            long id = changes.session(i);
            Bytes secret = changes.secrets().get(id);
            byte[] value = new byte[SECRET_AT + (secret == null ? 0 : SECRET)];
            value[0] = RowCodec.VERSION;
            System.arraycopy(changes.rows(), i * RowCodec.SIZE, value, 1, RowCodec.SIZE);
            if (secret != null) {
                System.arraycopy(secret.view(), 0, value, SECRET_AT, SECRET);
            }
            all.add(new LocalStore.Change(key(id), Optional.of(Bytes.wrap(value))));
        }
        if (!all.isEmpty()) {
            store.write(all);
        }
    }

    @Override
    public int forEach(BiConsumer<KnownSession, Optional<Bytes>> action) {
        int[] unreadable = {0};
        store.forEach(PREFIX, (_, value) -> {
            boolean isWhole = value.size() == SECRET_AT || value.size() == SECRET_AT + SECRET;
            if (!isWhole || value.at(0) != RowCodec.VERSION) {
                unreadable[0]++;
                return;
            }
            Optional<Bytes> secret = value.size() == SECRET_AT ? Optional.empty()
                    : Optional.of(Bytes.wrap(Arrays.copyOfRange(value.view(), SECRET_AT, value.size())));
            action.accept(RowCodec.read(value.view(), 1), secret);
        });
        return unreadable[0];
    }
}
