package io.vilokanam.offchain.collector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

import io.vilokanam.scale.Bytes;

/**
 * A row as it stands by itself in a store that several nodes write: number of the newest word, u32 big endian, a version byte, the row,
 * and the close secret where there is one.
 */
public record StoredRow(KnownSession session, Optional<Bytes> secret) {

    private static final int VERSION_AT = Integer.BYTES;
    private static final int ROW_AT = VERSION_AT + 1;
    private static final int SECRET_AT = ROW_AT + RowCodec.SIZE;
    private static final int SECRET = 32;

    /** Eight bytes, so that texts sort as numbers do. */
    public static byte[] bigEndian(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    public static byte[] write(RowChanges changes, int index) {
        Bytes secret = changes.secrets().get(changes.session(index));
        byte[] value = new byte[SECRET_AT + (secret == null ? 0 : SECRET)];
        byte[] ticks = bigEndian(RowCodec.u32(changes.rows(), index * RowCodec.SIZE + RowCodec.TICKS_AT));
        System.arraycopy(ticks, Integer.BYTES, value, 0, Integer.BYTES);
        value[VERSION_AT] = RowCodec.VERSION;
        System.arraycopy(changes.rows(), index * RowCodec.SIZE, value, ROW_AT, RowCodec.SIZE);
        if (secret != null) {
            System.arraycopy(secret.view(), 0, value, SECRET_AT, SECRET);
        }
        return value;
    }

    /** Empty where it is of another version or length. */
    public static Optional<StoredRow> read(byte[] value) {
        boolean isWhole = value.length == SECRET_AT || value.length == SECRET_AT + SECRET;
        if (!isWhole || value[VERSION_AT] != RowCodec.VERSION) {
            return Optional.empty();
        }
        Optional<Bytes> secret = value.length == SECRET_AT ? Optional.empty()
                : Optional.of(Bytes.wrap(Arrays.copyOfRange(value, SECRET_AT, value.length)));
        return Optional.of(new StoredRow(RowCodec.read(value, ROW_AT), secret));
    }
}
