package io.vilokanam.offchain.collector;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vilokanam.scale.U128;

/**
 * Sessions by id in compact memory: fixed rows in pages, found through an open-addressing index. A place of the index holds half of
 * the id's hash beside the number of the row, so that no row of another session is read on the way. About 165 bytes a session, no
 * object. Not thread-safe, but for
 * {@link #guess} and {@link #draw}.
 */
final class SessionTable {

    static final int PAGE_ROWS = 512;
    static final int NOWHERE = -1;

    /** An empty place of the index; {@link #NOWHERE} as a row. */
    private static final long EMPTY = -1;

    private static final int FIRST_INDEX = 64;
    private static final int FIRST_PAGES = 4;

    /** Marks of rows that changed since the last write, one bit a row of a page. */
    private static final int MARKS = PAGE_ROWS / Long.SIZE;

    private byte[][] pages = new byte[FIRST_PAGES][];
    private long[][] changed = new long[FIRST_PAGES][];
    private int pageCount;
    private long[] index = emptyIndex(FIRST_INDEX);
    private int size;
    private int hand;
    private U128 largeValue = U128.MAX;

    int size() {
        return size;
    }

    /** What unsettled words must be worth so that they do not wait; for rows that are written from now on. */
    void largeValue(U128 value) {
        largeValue = value;
    }

    Optional<KnownSession> find(long id) {
        int row = locate(id);
        return row == NOWHERE ? Optional.empty() : Optional.of(read(row));
    }

    /** The row of a session, {@link #NOWHERE} where it is not there. */
    int locate(long id) {
        return (int) index[place(id)];
    }

    /** The same, where it may be known already: {@code hint} is what {@link #guess} said a moment ago. */
    int locate(long id, int hint) {
        return hint >= 0 && hint < size && id(hint) == id ? hint : locate(id);
    }

    /** The page that holds a row, beginning at {@link #offset}. */
    byte[] page(int row) {
        return pages[row / PAGE_ROWS];
    }

    static int offset(int row) {
        return row % PAGE_ROWS * RowCodec.SIZE;
    }

    KnownSession read(int row) {
        return RowCodec.read(page(row), offset(row));
    }

    /** Where the row of a session probably is: a hint for {@link #locate(long, int)}. May be called without the lock. */
    int guess(long id) {
        long[] places = index;
        long tag = tag(id);
        int place = home(id) & places.length - 1;
        while (places[place] != EMPTY && (places[place] ^ tag) >>> Integer.SIZE != 0) {
            place = place + 1 & places.length - 1;
        }
        return (int) places[place];
    }

    /**
     * Draws what a word needs of a row into the processor's cache. May be called without the lock: what it returns means nothing, and
     * is only there so that the reading is done.
     */
    int draw(int row) {
        byte[][] held = pages;
        byte[] page = row < 0 || row / PAGE_ROWS >= held.length ? null : held[row / PAGE_ROWS];
        int at = offset(row);
        return page == null ? 0 : page[at] + page[at + RowCodec.FLAGS_AT / 2] + page[at + RowCodec.FLAGS_AT];
    }

    void put(KnownSession session) {
        int place = place(session.id());
        if (index[place] == EMPTY) {
            if (size == pageCount * PAGE_ROWS) {
                addPage();
            }
            index[place] = entry(session.id(), size++);
            Arrays.fill(page(size - 1), offset(size - 1), offset(size - 1) + RowCodec.SIZE, (byte) 0);
        }
        int row = (int) index[place];
        RowCodec.write(session, page(row), offset(row), largeValue);
        mark(row);
        if (size * 3 > index.length * 2) {
            grow();
        }
    }

    private void addPage() {
        if (pageCount == pages.length) {
            pages = Arrays.copyOf(pages, pageCount * 2);
            changed = Arrays.copyOf(changed, pageCount * 2);
        }
        pages[pageCount] = new byte[PAGE_ROWS * RowCodec.SIZE];
        changed[pageCount] = new long[MARKS];
        pageCount++;
    }

    /** The row differs from what was written. */
    void mark(int row) {
        changed[row / PAGE_ROWS][row % PAGE_ROWS / Long.SIZE] |= 1L << row;
    }

    void markAll() {
        for (int row = 0; row < size; row++) {
            mark(row);
        }
    }

    /** How many pages there are to ask {@link #takeChanged} for. */
    int pages() {
        return pageCount;
    }

    /** The rows of a page that changed since the last call, in order. */
    int[] takeChanged(int page) {
        if (page >= pageCount) {
            return new int[0];
        }
        long[] marks = changed[page];
        int count = 0;
        for (long bits : marks) {
            count += Long.bitCount(bits);
        }
        int[] rows = new int[count];
        int next = 0;
        for (int i = 0; i < MARKS; i++) {
            for (long bits = marks[i]; bits != 0; bits &= bits - 1) {
                int row = page * PAGE_ROWS + i * Long.SIZE + Long.numberOfTrailingZeros(bits);
                if (row < size) {
                    rows[next++] = row;
                }
            }
            marks[i] = 0;
        }
        return next == count ? rows : Arrays.copyOf(rows, next);
    }

    /** Takes a session out; the last row moves into its place, so that rows stay without gaps. */
    void remove(long id) {
        int place = place(id);
        int row = (int) index[place];
        if (row == NOWHERE) {
            return;
        }
        clear(place);
        int last = --size;
        if (row != last) {
            index[place(id(last))] = entry(id(last), row);
            System.arraycopy(page(last), offset(last), page(row), offset(row), RowCodec.SIZE);
            mark(row);
        }
        if (size <= (pageCount - 1) * PAGE_ROWS) {
            pageCount--;
            pages[pageCount] = null;
            changed[pageCount] = null;
        }
    }

    void forEach(Consumer<KnownSession> action) {
        for (int row = 0; row < size; row++) {
            action.accept(read(row));
        }
    }

    /**
     * Looks at the next {@code probes} sessions in turn and names the one of those that may go which was silent for longest.
     */
    Optional<KnownSession> longestSilent(int probes, Predicate<KnownSession> mayGo) {
        Optional<KnownSession> oldest = Optional.empty();
        for (int i = 0; i < Math.min(probes, size); i++) {
            hand = (hand + 1) % size;
            KnownSession session = read(hand);
            if (mayGo.test(session) && (oldest.isEmpty() || session.heardAt() < oldest.get().heardAt())) {
                oldest = Optional.of(session);
            }
        }
        return oldest;
    }

    private long id(int row) {
        return RowCodec.u64(page(row), offset(row) + RowCodec.ID_AT);
    }

    /** Where an id stands in the index, or the empty place where it would. */
    private int place(long id) {
        long[] places = index;
        long tag = tag(id);
        int place = home(id) & places.length - 1;
        while (places[place] != EMPTY
                && ((places[place] ^ tag) >>> Integer.SIZE != 0 || id((int) places[place]) != id)) {
            place = place + 1 & places.length - 1;
        }
        return place;
    }

    /** The half of the hash that the home is not taken from, in the upper half. */
    private static long tag(long id) {
        return spread(id) << Integer.SIZE;
    }

    private static long entry(long id, int row) {
        return tag(id) | row;
    }

    private static int home(long id) {
        return (int) (spread(id) >>> 32);
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
            int home = home(id((int) index[next])) & mask;
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
            index[place(id(row))] = entry(id(row), row);
        }
    }

    private static long[] emptyIndex(int length) {
        long[] empty = new long[length];
        Arrays.fill(empty, EMPTY);
        return empty;
    }
}
