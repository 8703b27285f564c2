package io.vilokanam.offchain.collector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Sessions by id in compact memory: fixed rows in pages, found through an open-addressing index of row numbers. About 145
 * bytes a session, no object. Not thread-safe.
 */
final class SessionTable {

    private static final int PAGE_ROWS = 1_024;
    private static final int FIRST_INDEX = 64;
    private static final int EMPTY = -1;

    private final List<byte[]> pages = new ArrayList<>();
    private int[] index = emptyIndex(FIRST_INDEX);
    private int size;
    private int hand;

    int size() {
        return size;
    }

    Optional<KnownSession> find(long id) {
        int place = place(id);
        return index[place] == EMPTY ? Optional.empty() : Optional.of(row(index[place]));
    }

    void put(KnownSession session) {
        int place = place(session.id());
        if (index[place] == EMPTY) {
            if (size == pages.size() * PAGE_ROWS) {
                pages.add(new byte[PAGE_ROWS * RowCodec.SIZE]);
            }
            index[place] = size++;
        }
        int row = index[place];
        RowCodec.write(session, pages.get(row / PAGE_ROWS), offset(row));
        if (size * 3 > index.length * 2) {
            grow();
        }
    }

    /** Takes a session out; the last row moves into its place, so that rows stay without gaps. */
    void remove(long id) {
        int place = place(id);
        int row = index[place];
        if (row == EMPTY) {
            return;
        }
        clear(place);
        int last = --size;
        if (row != last) {
            index[place(id(last))] = row;
            System.arraycopy(pages.get(last / PAGE_ROWS), offset(last), pages.get(row / PAGE_ROWS), offset(row),
                    RowCodec.SIZE);
        }
        if (size <= (pages.size() - 1) * PAGE_ROWS) {
            pages.removeLast();
        }
    }

    void forEach(Consumer<KnownSession> action) {
        for (int row = 0; row < size; row++) {
            action.accept(row(row));
        }
    }

    /**
     * Looks at the next {@code probes} sessions in turn and names the one of those that may go which was silent for longest.
     */
    Optional<KnownSession> longestSilent(int probes, Predicate<KnownSession> mayGo) {
        Optional<KnownSession> oldest = Optional.empty();
        for (int i = 0; i < Math.min(probes, size); i++) {
            hand = (hand + 1) % size;
            KnownSession session = row(hand);
            if (mayGo.test(session) && (oldest.isEmpty() || session.heardAt() < oldest.get().heardAt())) {
                oldest = Optional.of(session);
            }
        }
        return oldest;
    }

    private KnownSession row(int row) {
        return RowCodec.read(pages.get(row / PAGE_ROWS), offset(row));
    }

    private long id(int row) {
        return RowCodec.id(pages.get(row / PAGE_ROWS), offset(row));
    }

    private static int offset(int row) {
        return row % PAGE_ROWS * RowCodec.SIZE;
    }

    /** Where an id stands in the index, or the empty place where it would. */
    private int place(long id) {
        int place = home(id);
        while (index[place] != EMPTY && id(index[place]) != id) {
            place = place + 1 & index.length - 1;
        }
        return place;
    }

    private int home(long id) {
        return (int) (spread(id) >>> 32) & index.length - 1;
    }

    /** Ids are counted: multiplying by the golden ratio spreads neighbours. */
    static long spread(long id) {
        return id * 0x9e37_79b9_7f4a_7c15L;
    }

    /** Empties a place and moves up those behind it that would not be found any more (Knuth, algorithm 6.4 R). */
    private void clear(int place) {
        int mask = index.length - 1;
        int gap = place;
        index[gap] = EMPTY;
        for (int next = gap + 1 & mask; index[next] != EMPTY; next = next + 1 & mask) {
            int home = home(id(index[next]));
            if ((next - home & mask) >= (next - gap & mask)) {
                index[gap] = index[next];
                index[next] = EMPTY;
                gap = next;
            }
        }
    }

    private void grow() {
        index = emptyIndex(index.length * 2);
        for (int row = 0; row < size; row++) {
            index[place(id(row))] = row;
        }
    }

    private static int[] emptyIndex(int length) {
        int[] empty = new int[length];
        Arrays.fill(empty, EMPTY);
        return empty;
    }
}
