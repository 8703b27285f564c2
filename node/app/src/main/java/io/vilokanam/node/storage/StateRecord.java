package io.vilokanam.node.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;

import io.vilokanam.host.state.ChainState;

/**
 * What is known of a block's state: where it lies, which rows the block wrote, a range of addresses, and which rows of its
 * parent's state it does without.
 *
 * <pre>
 * place of the main trie (u64), place of the child tries (u64), first row written (u64), how many (u64), all big endian;
 * then for each row done without the difference to the one before, zigzag, in groups of seven bits, the lowest first
 * </pre>
 *
 * @param next the address behind the last row written
 */
record StateRecord(ChainState.Place place, long first, long next, long[] replaced) {

    private static final int HEAD_LENGTH = 4 * Long.BYTES;
    private static final int NUMBER_MAX_LENGTH = 10;

    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(HEAD_LENGTH + NUMBER_MAX_LENGTH * replaced.length);
        out.putLong(place.top()).putLong(place.children()).putLong(first).putLong(next - first);
        long before = first;
        for (long address : replaced) {
            long difference = address - before;
            long rest = difference << 1 ^ difference >> 63;
            while ((rest & ~0x7fL) != 0) {
                out.put((byte) (rest | 0x80));
                rest >>>= 7;
            }
            out.put((byte) rest);
            before = address;
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /** @throws StoreFailure if the bytes are no record */
    static StateRecord decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < HEAD_LENGTH) {
            throw damaged();
        }
        ChainState.Place place = new ChainState.Place(in.getLong(), in.getLong());
        long first = in.getLong();
        long next = first + in.getLong();
        LongStream.Builder replaced = LongStream.builder();
        long before = first;
        while (in.hasRemaining()) {
            long raw = 0;
            int shift = 0;
            byte group;
            do {
                if (!in.hasRemaining() || shift == 7 * NUMBER_MAX_LENGTH) {
                    throw damaged();
                }
                group = in.get();
                raw |= (group & 0x7fL) << shift;
                shift += 7;
            } while (group < 0);
            before += raw >>> 1 ^ -(raw & 1);
            replaced.accept(before);
        }
        return new StateRecord(place, first, next, replaced.build().toArray());
    }

    /** As {@link #decode}, for whoever only wants to read the state. */
    static ChainState.Place placeOf(byte[] bytes) {
        if (bytes.length < HEAD_LENGTH) {
            throw damaged();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new ChainState.Place(in.getLong(), in.getLong());
    }

    private static StoreFailure damaged() {
        return new StoreFailure("the database is damaged: the record of a state does not decode");
    }
}
