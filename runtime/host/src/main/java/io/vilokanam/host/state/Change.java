package io.vilokanam.host.state;

/** What an overlay knows of one key: what it holds in the state below, and what was written over that. */
final class Change {

    /** Stands in {@link #current} while nothing was written, and in {@link #base} while nothing was read. */
    static final Object NOTHING = new Object();

    final byte[] key;
    /** {@code byte[]}, {@link AppendedValue}, null for deleted, or {@link #NOTHING}. */
    Object current = NOTHING;
    /** {@code byte[]}, null if the state below has no value, or {@link #NOTHING}. */
    Object base = NOTHING;
    /** The transaction depth that {@link #current} was last written at; 0 outside of all transactions. */
    int layer;

    Change(byte[] key) {
        this.key = key;
    }

    boolean isWritten() {
        return current != NOTHING;
    }

    boolean isDeleted() {
        return current == null;
    }

    /** What was written, null if it was deleted; only if {@link #isWritten}. */
    byte[] written() {
        return current instanceof AppendedValue appended ? appended.whole() : (byte[]) current;
    }

    /** How a change stood before it was first written in some transaction. */
    static final class Undo {

        final Change change;
        final int layer;
        private final Object current;
        private final int size;
        private final long count;

        Undo(Change change) {
            this.change = change;
            this.layer = change.layer;
            this.current = change.current;
            this.size = current instanceof AppendedValue appended ? appended.size() : 0;
            this.count = current instanceof AppendedValue appended ? appended.count() : 0;
        }

        void restore() {
            change.current = current;
            change.layer = layer;
            if (current instanceof AppendedValue appended) {
                appended.truncate(size, count);
            }
        }
    }
}
