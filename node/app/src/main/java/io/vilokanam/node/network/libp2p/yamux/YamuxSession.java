package io.vilokanam.node.network.libp2p.yamux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

import io.vilokanam.node.network.libp2p.wire.ByteQueue;

/**
 * Many streams over one connection (hashicorp yamux spec), as strict in what is sent as the strictest of the other nodes wants and
 * as lenient in what is received as they are. Belongs to one thread. Streams that have much to send take turns, and nothing but
 * small answers is handed over while the connection is not {@linkplain Wire#isWritable writable}, so that the memory for what is
 * unsent is what writers queue in their streams.
 */
public final class YamuxSession {

    /** The longest body that is written, so that streams take turns often. */
    private static final int BODY_MAX = 16 << 10;

    /** So many streams of the other side more than there may be are reset; whoever opens more has no use for any. */
    private static final int REFUSED_MAX = 1_024;

    /** Where the frames go. */
    public interface Wire {
        void write(byte[] frame);

        /** Whether what was written before has mostly left. */
        boolean isWritable();

        /** Bytes written that have not left. */
        long pendingBytes();
    }

    private final Wire wire;
    private final YamuxLimits limits;
    private final Consumer<YamuxStream> accepted;
    private final Map<Integer, YamuxStream> streams = new LinkedHashMap<>();
    private final Queue<YamuxStream> sending = new ArrayDeque<>();
    private final boolean isDialer;
    private int nextId;
    private int extraTaken;
    private int inboundCount;
    private int outboundCount;
    private int refused;
    private Optional<YamuxStream> bodyOf = Optional.empty();
    private int bodyLeft;
    private int bodyFlags;
    private boolean isFlushing;
    private boolean isOver;
    private boolean hasLeft;
    private Optional<Integer> pingSent = Optional.empty();
    private int pings;

    /**
     * @param isDialer whether this side opened the connection, and so uses odd numbers
     * @param accepted is given each stream that the other side opens, before anything of it is read
     */
    public YamuxSession(boolean isDialer, YamuxLimits limits, Wire wire, Consumer<YamuxStream> accepted) {
        this.isDialer = isDialer;
        this.nextId = isDialer ? 1 : 2;
        this.limits = limits;
        this.wire = wire;
        this.accepted = accepted;
    }

    /** A new stream; nothing where there are too many. */
    public Optional<YamuxStream> open() {
        if (isOver || nextId < 0 || outboundCount == limits.outboundStreamsMax()) {
            return Optional.empty();
        }
        YamuxStream stream = new YamuxStream(this, nextId, false);
        nextId += 2;
        outboundCount++;
        streams.put(stream.id(), stream);
        wire.write(Frame.header(Frame.WINDOW_UPDATE, Frame.SYN, stream.id(), 0));
        return Optional.of(stream);
    }

    /** How many streams there are, both ways. */
    public int streamCount() {
        return streams.size();
    }

    /** Asks for a sign of life, unless one is awaited already. */
    public void ping() {
        if (pingSent.isEmpty() && !isOver) {
            pingSent = Optional.of(pings++);
            wire.write(Frame.header(Frame.PING, Frame.SYN, 0, pingSent.get()));
        }
    }

    /** Whether a {@link #ping} has not been answered yet. */
    public boolean isAwaitingPong() {
        return pingSent.isPresent();
    }

    /** Says that the connection is about to be closed. */
    public void goAway() {
        if (!isOver) {
            wire.write(Frame.header(Frame.GO_AWAY, 0, 0, Frame.NORMAL));
        }
    }

    /** Takes all that has arrived. */
    public void receive(ByteQueue in) throws YamuxException {
        try {
            while (!isOver && !hasLeft && (bodyLeft > 0 ? body(in) : frame(in))) {
                checkPending();
            }
        } catch (YamuxException e) {
            wire.write(Frame.header(Frame.GO_AWAY, 0, 0, Frame.PROTOCOL_ERROR));
            throw e;
        }
    }

    private void checkPending() throws YamuxException {
        if (!wire.isWritable() && wire.pendingBytes() > limits.controlBytesMax() + (long) BODY_MAX * 8) {
            throw new YamuxException("answers of more than " + limits.controlBytesMax() + " bytes are not taken");
        }
    }

    private boolean frame(ByteQueue in) throws YamuxException {
        if (in.size() < Frame.HEADER) {
            return false;
        }
        byte version = in.at(0);
        byte type = in.at(1);
        int flags = (in.at(2) & 255) << 8 | in.at(3) & 255;
        int id = in.intAt(4);
        int length = in.intAt(8);
        in.drop(Frame.HEADER);
        if (version != Frame.VERSION) {
            throw new YamuxException("version " + version + ": expected 0");
        }
        switch (type) {
            case Frame.DATA -> data(id, flags, length);
            case Frame.WINDOW_UPDATE -> windowUpdate(id, flags, length);
            case Frame.PING -> ping(flags, length);
            case Frame.GO_AWAY -> hasLeft = true;
            default -> throw new YamuxException("frame of type " + type);
        }
        return true;
    }

    private void data(int id, int flags, int length) throws YamuxException {
        Optional<YamuxStream> stream = streamOf(id, flags);
        if (stream.isPresent()) {
            stream.get().takeFromWindow(length);
        } else if (length < 0 || length > YamuxStream.WINDOW_MAX) {
            throw new YamuxException("stream " + id + ": " + Integer.toUnsignedString(length) + " bytes for nobody");
        }
        bodyOf = stream;
        bodyLeft = length;
        bodyFlags = flags;
        if (length == 0) {
            stream.ifPresent(some -> ends(some, flags));
        }
    }

    /** Takes what is there of a body that may be long. */
    private boolean body(ByteQueue in) throws YamuxException {
        int length = Math.min(bodyLeft, in.size());
        if (length == 0) {
            return false;
        }
        bodyLeft -= length;
        Optional<YamuxStream> reader = bodyOf.filter(stream -> !stream.isReset());
        if (reader.isEmpty()) {
            in.drop(length);
            return true;
        }
        YamuxStream stream = reader.get();
        in.moveTo(stream.unread(), length);
        stream.notifyListener();
        stream.credit();
        if (unreadBytes() > limits.unreadBytesMax()) {
            throw new YamuxException("more than " + limits.unreadBytesMax() + " bytes that nobody reads");
        }
        if (bodyLeft == 0) {
            ends(stream, bodyFlags);
        }
        return true;
    }

    private long unreadBytes() {
        long unread = 0;
        for (YamuxStream stream : streams.values()) {
            unread += stream.unread().size();
        }
        return unread;
    }

    private void windowUpdate(int id, int flags, int delta) throws YamuxException {
        Optional<YamuxStream> stream = streamOf(id, flags);
        if (stream.isPresent()) {
            stream.get().moreCredit(delta);
            ends(stream.get(), flags);
            hasToSend(stream.get());
        }
    }

    /** The stream that a frame is for, opened if that is what the frame is for; nothing where it is gone. */
    private Optional<YamuxStream> streamOf(int id, int flags) throws YamuxException {
        if (id == 0) {
            throw new YamuxException("data or window of stream 0, which is the session");
        }
        if ((flags & Frame.SYN) == 0) {
            return Optional.ofNullable(streams.get(id));
        }
        boolean isOfOtherSide = (id & 1) == (isDialer ? 0 : 1);
        // Not necessarily in the order of their numbers: smoldot writes what belongs to later ones first.
        if (!isOfOtherSide || streams.containsKey(id)) {
            throw new YamuxException("stream " + Integer.toUnsignedString(id)
                    + " opened: expected one of the other side that is not open");
        }
        if (inboundCount == limits.inboundStreamsMax()) {
            if (++refused > REFUSED_MAX) {
                throw new YamuxException("more than " + limits.inboundStreamsMax() + " streams, again and again");
            }
            wire.write(Frame.header(Frame.DATA, Frame.RST, id, 0));
            return Optional.empty();
        }
        YamuxStream stream = new YamuxStream(this, id, true);
        refused = Math.max(0, refused - 1);
        inboundCount++;
        streams.put(id, stream);
        // The first frame of the side that accepts has to carry ACK, and no later one may.
        wire.write(Frame.header(Frame.WINDOW_UPDATE, Frame.ACK, id, 0));
        accepted.accept(stream);
        return Optional.of(stream);
    }

    private void ends(YamuxStream stream, int flags) {
        if ((flags & Frame.RST) != 0) {
            remove(stream);
            stream.wasReset();
        } else if ((flags & Frame.FIN) != 0 && stream.remote() == YamuxStream.Remote.OPEN) {
            stream.finished();
            forgetIfGone(stream);
        }
    }

    private void ping(int flags, int value) throws YamuxException {
        if ((flags & Frame.SYN) != 0) {
            wire.write(Frame.header(Frame.PING, Frame.ACK, 0, value));
        } else if ((flags & Frame.ACK) != 0 && pingSent.equals(Optional.of(value))) {
            pingSent = Optional.empty();
        } else {
            throw new YamuxException("pong of " + value + " that nobody awaits");
        }
    }

    /** Whether the other side has gone away: nothing more is read, and it remains to {@link #end}. */
    public boolean hasLeft() {
        return hasLeft;
    }

    /** Breaks off all streams: the connection is lost, or the other side goes away. */
    public void end() {
        if (isOver) {
            return;
        }
        isOver = true;
        sending.clear();
        List<YamuxStream> all = new ArrayList<>(streams.values());
        streams.clear();
        all.forEach(YamuxStream::wasReset);
    }

    void hasToSend(YamuxStream stream) {
        if (!isOver && stream.canSend() && !sending.contains(stream)) {
            sending.add(stream);
        }
        flush();
    }

    /** Hands over what streams have to send, as long as the connection takes it. To be called when it becomes writable. */
    public void flush() {
        if (isFlushing) {
            return;
        }
        isFlushing = true;
        while (wire.isWritable() && !sending.isEmpty()) {
            YamuxStream stream = sending.remove();
            if (stream.canSend()) {
                wire.write(stream.nextFrame(BODY_MAX));
                if (stream.canSend()) {
                    sending.add(stream);
                }
                forgetIfGone(stream);
                stream.notifyListener();
            }
        }
        isFlushing = false;
    }

    void sendReset(YamuxStream stream) {
        if (streams.containsKey(stream.id())) {
            remove(stream);
            wire.write(Frame.header(Frame.DATA, Frame.RST, stream.id(), 0));
        }
    }

    void sendCredit(YamuxStream stream, int delta) {
        if (!isOver) {
            wire.write(Frame.header(Frame.WINDOW_UPDATE, 0, stream.id(), delta));
        }
    }

    /** What a stream's window may grow by, of what it would like; given back when the stream is gone. */
    int takeExtra(int wanted) {
        int taken = Math.min(wanted, limits.extraWindowMax() - extraTaken);
        extraTaken += taken;
        return taken;
    }

    private void forgetIfGone(YamuxStream stream) {
        if (stream.isGone()) {
            remove(stream);
        }
    }

    private void remove(YamuxStream stream) {
        if (streams.remove(stream.id()) != null) {
            extraTaken -= stream.extraWindow();
            if (stream.isInbound()) {
                inboundCount--;
            } else {
                outboundCount--;
            }
            sending.remove(stream);
        }
    }
}
