package io.vilokanam.node.network.libp2p.yamux;

import java.util.ArrayDeque;
import java.util.Queue;

import io.vilokanam.node.network.libp2p.wire.ByteQueue;

/**
 * One stream of a connection. Whoever reads takes bytes from {@link #unread}, then calls {@link #credit}: only then may the other
 * side send more, so a reader that does not read holds it back. Belongs to the thread of its connection.
 */
public final class YamuxStream {

    /** Each side may send so much before it hears of more. */
    public static final int WINDOW = 256 << 10;

    /** The window of a stream that carries much grows up to this, so that a far peer need not wait for each half of it. */
    static final int WINDOW_MAX = 1 << 20;

    /** So many windows have to be read before the next growth. */
    private static final int WINDOWS_BEFORE_GROWTH = 4;

    /** How far the other side has come. */
    public enum Remote {
        /** It may send more. */
        OPEN,
        /** It has sent all that it wanted to. */
        FINISHED,
        /** The stream is broken off. What arrived before can be read still. */
        RESET
    }

    /** Told whenever bytes have arrived, {@link #remote} has changed, or some of what was written has left. */
    @FunctionalInterface
    public interface Listener {
        void changed(YamuxStream stream);
    }

    private final YamuxSession session;
    private final int id;
    private final boolean isInbound;
    private final ByteQueue unread = new ByteQueue();
    private final Queue<byte[]> unsent = new ArrayDeque<>();
    private Listener listener = _ -> {};
    private int unsentOffset;
    private long unsentBytes;
    private int sendCredit = WINDOW;
    /** What the other side may send until it is given more. */
    private int receiveCredit = WINDOW;
    private int window = WINDOW;
    private long readAtThisSize;
    private Remote remote = Remote.OPEN;
    private boolean isClosing;
    private boolean isFinSent;
    private boolean isReset;

    YamuxStream(YamuxSession session, int id, boolean isInbound) {
        this.session = session;
        this.id = id;
        this.isInbound = isInbound;
    }

    public int id() {
        return id;
    }

    /** Whether the other side opened it. */
    public boolean isInbound() {
        return isInbound;
    }

    public void listen(Listener changed) {
        listener = changed;
    }

    public ByteQueue unread() {
        return unread;
    }

    /** Of the other side; {@code RESET} as well once this side has reset the stream. */
    public Remote remote() {
        return remote;
    }

    /** Bytes that were written and have not gone to the connection yet. */
    public long unsentBytes() {
        return unsentBytes;
    }

    /** Whether nothing more can be written. */
    public boolean isClosed() {
        return isClosing || isReset;
    }

    /** Queues bytes, which the caller does not change any more. What is written after the end is dropped. */
    public void write(byte[] bytes) {
        if (isClosing || isReset || bytes.length == 0) {
            return;
        }
        unsent.add(bytes);
        unsentBytes += bytes.length;
        session.hasToSend(this);
    }

    /** Says that nothing more will be written, once all that is queued has gone. */
    public void close() {
        if (!isClosing && !isReset) {
            isClosing = true;
            session.hasToSend(this);
        }
    }

    /** Breaks off both directions at once. What is queued is dropped. */
    public void reset() {
        if (isReset) {
            return;
        }
        boolean isOver = isFinSent && remote != Remote.OPEN;
        breakOff();
        if (!isOver) {
            session.sendReset(this);
        }
    }

    /** Lets the other side send as much as was read since the last time, if that is worth a frame. */
    public void credit() {
        if (remote != Remote.OPEN || isReset) {
            return;
        }
        int uncredited = window - receiveCredit - unread.size();
        if (uncredited >= window / 2) {
            readAtThisSize += uncredited;
            int more = uncredited + grow();
            receiveCredit += more;
            session.sendCredit(this, more);
        }
    }

    /** By how much the window grows now. */
    private int grow() {
        if (readAtThisSize < (long) WINDOWS_BEFORE_GROWTH * window || window == WINDOW_MAX) {
            return 0;
        }
        int growth = session.takeExtra(Math.min(window, WINDOW_MAX - window));
        window += growth;
        readAtThisSize = 0;
        return growth;
    }

    /** By how much the window has grown. */
    int extraWindow() {
        return window - WINDOW;
    }

    /** Both ends are over, so its number means nothing any more. */
    boolean isGone() {
        return isReset || isFinSent && remote == Remote.FINISHED;
    }

    boolean isReset() {
        return isReset;
    }

    boolean canSend() {
        return !isReset && !isFinSent && (unsent.isEmpty() ? isClosing : sendCredit > 0);
    }

    /** The next frame: at most {@code bodyMax} bytes, with the end where it follows. Only where {@link #canSend}. */
    byte[] nextFrame(int bodyMax) {
        byte[] chunk = unsent.peek();
        if (chunk == null) {
            isFinSent = true;
            return Frame.header(Frame.DATA, Frame.FIN, id, 0);
        }
        int length = Math.min(Math.min(chunk.length - unsentOffset, bodyMax), sendCredit);
        int from = unsentOffset;
        sendCredit -= length;
        unsentBytes -= length;
        unsentOffset += length;
        if (unsentOffset == chunk.length) {
            unsent.remove();
            unsentOffset = 0;
        }
        isFinSent = isClosing && unsent.isEmpty();
        return Frame.data(isFinSent ? Frame.FIN : 0, id, chunk, from, length);
    }

    void moreCredit(int delta) throws YamuxException {
        if (delta < 0 || sendCredit + delta < 0) {
            throw new YamuxException("stream " + id + ": window of more than 2^31 bytes");
        }
        sendCredit += delta;
    }

    void takeFromWindow(int length) throws YamuxException {
        // Stock nodes end a stream that they have finished once more when they drop it: a frame without data.
        if (remote == Remote.FINISHED && length != 0) {
            throw new YamuxException("stream " + id + ": data after its end");
        }
        if (length < 0 || length > receiveCredit) {
            throw new YamuxException(
                    "stream " + id + ": " + Integer.toUnsignedString(length) + " bytes, window has " + receiveCredit);
        }
        receiveCredit -= length;
    }

    void finished() {
        remote = Remote.FINISHED;
        notifyListener();
    }

    /** The other side, or the loss of the connection, broke it off. */
    void wasReset() {
        breakOff();
        notifyListener();
    }

    private void breakOff() {
        isReset = true;
        remote = Remote.RESET;
        unsent.clear();
        unsentBytes = 0;
    }

    void notifyListener() {
        listener.changed(this);
    }
}
