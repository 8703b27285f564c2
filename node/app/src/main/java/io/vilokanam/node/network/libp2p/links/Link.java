package io.vilokanam.node.network.libp2p.links;

import java.util.Optional;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationSender.Sent;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.address.Varint;
import io.vilokanam.node.network.libp2p.connection.Loop;
import io.vilokanam.node.network.libp2p.wire.FrameException;
import io.vilokanam.node.network.libp2p.wire.FrameReader;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.scale.Bytes;

/**
 * A protocol's link to one peer: a stream for each direction. Whoever opens a stream sends a handshake on it, the other answers with
 * its own or breaks the stream off; from then on only the one who opened the stream writes to it (Substrate's notifications). Belongs
 * to the loop's thread.
 */
final class Link {

    private enum State {
        /** One direction or both are missing still. */
        OPENING,
        /** Both directions are there. */
        OPEN,
        /** It is over. */
        CLOSED
    }

    private final LinkSet set;
    private final PeerId peer;
    private final Direction direction;
    private final FrameReader outboundReader;
    private final FrameReader inboundHandshake;
    private Optional<YamuxStream> outbound = Optional.empty();
    private Optional<YamuxStream> inbound = Optional.empty();
    private Optional<Bytes> handshake = Optional.empty();
    private Optional<Inbox> inbox = Optional.empty();
    private Optional<Outbox> outbox = Optional.empty();
    private State state = State.OPENING;
    private boolean isOutboundAsked;
    private boolean isOutboundAccepted;
    private boolean isInboundAccepted;

    /** Ends the opening. */
    Loop.Timer timer = () -> {};

    Link(LinkSet set, PeerId peer, Direction direction) {
        this.set = set;
        this.peer = peer;
        this.direction = direction;
        this.isOutboundAsked = direction == Direction.OUTBOUND;
        this.outboundReader = new FrameReader(set.protocol().handshakeBytesMax());
        this.inboundHandshake = new FrameReader(set.protocol().handshakeBytesMax());
    }

    PeerId peer() {
        return peer;
    }

    boolean hasInbound() {
        return inbound.isPresent();
    }

    boolean isAdmitted() {
        return handshake.isPresent() && state != State.CLOSED;
    }

    Optional<Bytes> handshake() {
        return handshake;
    }

    void outboundNegotiated(YamuxStream stream) {
        if (state == State.CLOSED) {
            stream.reset();
            return;
        }
        outbound = Optional.of(stream);
        stream.listen(_ -> outboundChanged(stream));
        stream.write(Varint.framed(set.listener().handshake(peer).view()));
        outboundChanged(stream);
    }

    private void outboundChanged(YamuxStream stream) {
        if (state == State.CLOSED) {
            return;
        }
        if (!isOutboundAccepted) {
            Optional<Bytes> answer = read(outboundReader, stream);
            if (answer.isPresent()) {
                isOutboundAccepted = true;
                judge(answer.get());
            }
        } else if (!stream.unread().isEmpty()) {
            // Nothing flows back after the handshake.
            fail();
            return;
        }
        if (state != State.CLOSED && stream.remote() != YamuxStream.Remote.OPEN) {
            close();
        } else {
            outbox.ifPresent(Outbox::pump);
        }
    }

    void inboundNegotiated(YamuxStream stream) {
        if (state == State.CLOSED) {
            stream.reset();
            return;
        }
        inbound = Optional.of(stream);
        stream.listen(_ -> inboundChanged(stream));
        inboundChanged(stream);
    }

    private void inboundChanged(YamuxStream stream) {
        if (state == State.CLOSED) {
            return;
        }
        if (!isInboundAccepted) {
            Optional<Bytes> read = read(inboundHandshake, stream);
            if (read.isPresent() && judge(read.get())) {
                isInboundAccepted = true;
                stream.write(Varint.framed(set.listener().handshake(peer).view()));
                openReverse();
                openIfWhole();
            }
        }
        if (state == State.CLOSED) {
            return;
        }
        if (inbox.isPresent()) {
            inbox.get().pump();
        } else if (stream.remote() != YamuxStream.Remote.OPEN) {
            close();
        }
    }

    /** Others wait for it only some seconds. */
    private void openReverse() {
        if (!isOutboundAsked) {
            isOutboundAsked = true;
            set.openOutbound(this);
        }
    }

    private Optional<Bytes> read(FrameReader reader, YamuxStream stream) {
        try {
            Optional<byte[]> message = reader.next(stream.unread());
            stream.credit();
            return message.map(Bytes::wrap);
        } catch (FrameException e) {
            malformed(e);
            return Optional.empty();
        }
    }

    /** Whether the peer may have its link. The first handshake counts: both streams carry the same. */
    private boolean judge(Bytes received) {
        if (state == State.CLOSED) {
            return false;
        }
        if (handshake.isEmpty()) {
            switch (set.listener().judge(peer, received, direction)) {
                case NotificationListener.Verdict.Refuse(var change) -> {
                    set.gate().report(peer, change);
                    end(Gate.End.REFUSED);
                    return false;
                }
                case NotificationListener.Verdict.Accept(var slots) -> {
                    if (!set.gate().admit(peer, slots, direction)) {
                        end(Gate.End.REFUSED);
                        return false;
                    }
                    handshake = Optional.of(received);
                }
            }
        }
        openIfWhole();
        return state != State.CLOSED;
    }

    private void openIfWhole() {
        if (state != State.OPENING || !isOutboundAccepted || !isInboundAccepted) {
            return;
        }
        state = State.OPEN;
        timer.cancel();
        Bytes received = handshake.orElseThrow();
        outbox = Optional.of(new Outbox(outbound.orElseThrow()));
        set.hasOpened(this, () -> set.listener().opened(peer, received, direction));
        inbox = Optional.of(new Inbox(this, inbound.orElseThrow(), set.protocol()));
        inbox.get().pump();
    }

    LinkSet set() {
        return set;
    }

    /** May be called by any thread once it is open. */
    Sent send(Bytes message) {
        Outbox box = outbox.orElseThrow();
        if (!box.reserve(message)) {
            set.loop().execute(this::close);
            return Sent.TOO_SLOW;
        }
        set.loop().execute(() -> box.add(message));
        return Sent.QUEUED;
    }

    /** Something went wrong on the way. */
    void fail() {
        end(state == State.OPEN ? Gate.End.WAS_OPEN : Gate.End.FAILED);
    }

    /** The peer wrote what is no frame of this protocol. */
    void malformed(FrameException why) {
        set.gate().report(peer, ReputationChange.malformed(why.getMessage()));
        fail();
    }

    void close() {
        fail();
    }

    private void end(Gate.End end) {
        if (state == State.CLOSED) {
            return;
        }
        boolean wasOpen = state == State.OPEN;
        state = State.CLOSED;
        timer.cancel();
        inbox.ifPresent(Inbox::end);
        if (wasOpen) {
            outbound.ifPresent(YamuxStream::close);
            // The peer is asked to end its direction by the end of the stream; what it sends until then is nobody's.
            inbound.ifPresent(YamuxStream::reset);
            set.told().execute(() -> set.listener().closed(peer));
        } else {
            outbound.ifPresent(YamuxStream::reset);
            inbound.ifPresent(YamuxStream::reset);
        }
        set.hasEnded(this, end);
    }
}
