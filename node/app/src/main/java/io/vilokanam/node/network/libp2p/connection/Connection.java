package io.vilokanam.node.network.libp2p.connection;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.multistream.DialerNegotiation;
import io.vilokanam.node.network.libp2p.multistream.ListenerNegotiation;
import io.vilokanam.node.network.libp2p.multistream.Negotiation;
import io.vilokanam.node.network.libp2p.multistream.NegotiationException;
import io.vilokanam.node.network.libp2p.noise.NoiseException;
import io.vilokanam.node.network.libp2p.noise.NoiseFrames;
import io.vilokanam.node.network.libp2p.noise.NoiseTransport;
import io.vilokanam.node.network.libp2p.noise.SecureHandshake;
import io.vilokanam.node.network.libp2p.wire.ByteQueue;
import io.vilokanam.node.network.libp2p.yamux.YamuxException;
import io.vilokanam.node.network.libp2p.yamux.YamuxLimits;
import io.vilokanam.node.network.libp2p.yamux.YamuxSession;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;

/**
 * A connection to a peer, from its first byte on: agrees on Noise, shakes hands, agrees on yamux, then carries streams. Belongs to
 * its loop's thread.
 */
public final class Connection {

    /** How long it may take until streams can be opened. */
    public static final Duration SETUP_MAX = Duration.ofSeconds(10);

    /** How long both sides may take to agree on the protocol of a stream. */
    public static final Duration NEGOTIATION_MAX = Duration.ofSeconds(10);

    private static final String NOISE = "/noise";
    private static final String YAMUX = "/yamux/1.0.0";
    private static final int NOISE_PLAIN_MIN = 1;

    /**
     * What connections of a node have in common.
     *
     * @param identity who this node is
     */
    public record Setup(Ed25519KeyPair identity, RandomGenerator random, Loop loop, YamuxLimits limits) {}

    /**
     * What is known of a connection from the beginning.
     *
     * @param address where the other end is
     * @param expected who it has to be, where that is known
     */
    public record Origin(Direction direction, Multiaddr address, Optional<PeerId> expected) {}

    private enum Stage {
        /** Agreeing on {@code /noise}. */
        SECURITY,
        /** Noise's three messages. */
        HANDSHAKE,
        /** Agreeing on {@code /yamux/1.0.0}, under Noise already. */
        MULTIPLEXER,
        /** Streams. */
        OPEN,
        /** Closed, or about to be. */
        OVER
    }

    private final Setup setup;
    private final Origin origin;
    private final Wire wire;
    private final ConnectionListener listener;
    private final boolean isDialer;
    private final ByteQueue sealed = new ByteQueue();
    private final ByteQueue plain = new ByteQueue();
    private final SecureHandshake handshake;
    private final Loop.Timer setupTimer;
    private final PeerId self;
    private Negotiation negotiation;
    private Stage stage = Stage.SECURITY;
    private Optional<NoiseTransport> noise = Optional.empty();
    private Optional<PeerId> peer = Optional.empty();
    private final YamuxSession session;

    public Connection(Setup setup, Origin origin, Wire wire, ConnectionListener listener) {
        this.setup = setup;
        this.origin = origin;
        this.wire = wire;
        this.listener = listener;
        this.isDialer = origin.direction() == Direction.OUTBOUND;
        this.self = PeerId.ofEd25519(setup.identity().publicKey());
        this.handshake = new SecureHandshake(isDialer, setup.identity(), setup.random());
        this.session = new YamuxSession(isDialer, setup.limits(), new SealedWire(), this::accept);
        this.negotiation = negotiate(NOISE);
        this.setupTimer = setup.loop().after(SETUP_MAX,
                () -> close("no streams within " + SETUP_MAX.toSeconds() + " s"));
    }

    /** To be called once, when bytes can be written. */
    public void start() {
        wire.write(negotiation.greeting());
    }

    private Negotiation negotiate(String name) {
        return isDialer ? new DialerNegotiation(List.of(name)) : new ListenerNegotiation(name::equals);
    }

    public Origin origin() {
        return origin;
    }

    /** Who is at the other end; only once it is open. */
    public PeerId peer() {
        return peer.orElseThrow();
    }

    /** The same, where it is known already. */
    public Optional<PeerId> knownPeer() {
        return peer;
    }

    public boolean isOpen() {
        return stage == Stage.OPEN;
    }

    public int streamCount() {
        return session.streamCount();
    }

    /** Bytes have arrived. */
    public void received(byte[] bytes) {
        if (stage == Stage.OVER) {
            return;
        }
        sealed.add(bytes, 0, bytes.length);
        try {
            advance();
        } catch (YamuxException e) {
            listener.broke(this);
            close(e.getMessage());
        } catch (NegotiationException | NoiseException e) {
            // What is not sealed well may come from somebody on the way.
            close(e.getMessage());
        }
    }

    private void advance() throws NegotiationException, NoiseException, YamuxException {
        if (stage == Stage.SECURITY && isAgreed(sealed, wire::write)) {
            stage = Stage.HANDSHAKE;
            handshake.start(wire::write);
        }
        if (stage == Stage.HANDSHAKE) {
            Optional<SecureHandshake.Secured> secured = handshake.advance(sealed, wire::write);
            if (secured.isPresent()) {
                secure(secured.get());
            }
        }
        if (noise.isPresent()) {
            unseal(noise.get());
        }
        if (stage == Stage.MULTIPLEXER && isAgreed(plain, this::writeSealed)) {
            stage = Stage.OPEN;
            setupTimer.cancel();
            listener.opened(this);
        }
        if (stage == Stage.OPEN) {
            session.receive(plain);
            if (session.hasLeft()) {
                close("the other side goes away");
            }
        }
    }

    private boolean isAgreed(ByteQueue in, Consumer<byte[]> out) throws NegotiationException {
        Optional<Negotiation.Result> result = negotiation.advance(in, out);
        if (result.isEmpty()) {
            return false;
        }
        return switch (result.get()) {
            case Negotiation.Result.Agreed _ -> true;
            case Negotiation.Result.Refused() -> {
                close(stage == Stage.SECURITY ? "no Noise" : "no yamux");
                yield false;
            }
        };
    }

    private void secure(SecureHandshake.Secured secured) {
        peer = Optional.of(secured.peer());
        if (secured.peer().equals(self)) {
            close("the other end is this node itself");
        } else if (origin.expected().isPresent() && !origin.expected().equals(peer)) {
            close("the other end is " + secured.peer() + ": expected " + origin.expected().get());
        } else {
            noise = Optional.of(secured.transport());
            stage = Stage.MULTIPLEXER;
            negotiation = negotiate(YAMUX);
            writeSealed(negotiation.greeting());
        }
    }

    private void unseal(NoiseTransport transport) throws NoiseException {
        Optional<byte[]> message = NoiseFrames.read(sealed);
        while (message.isPresent()) {
            byte[] opened = transport.receiver().open(message.get());
            plain.add(opened, 0, opened.length);
            message = NoiseFrames.read(sealed);
        }
    }

    private void writeSealed(byte[] bytes) {
        // An empty message would make litep2p fail the connection.
        for (int from = 0; from + NOISE_PLAIN_MIN <= bytes.length; from += NoiseFrames.PLAIN_MAX) {
            int length = Math.min(NoiseFrames.PLAIN_MAX, bytes.length - from);
            wire.write(NoiseFrames.frame(noise.orElseThrow().sender().seal(bytes, from, length)));
        }
    }

    /** What yamux writes goes through Noise. */
    private final class SealedWire implements YamuxSession.Wire {

        @Override
        public void write(byte[] frame) {
            if (stage != Stage.OVER) {
                writeSealed(frame);
            }
        }

        @Override
        public boolean isWritable() {
            return wire.isWritable();
        }

        @Override
        public long pendingBytes() {
            return wire.pendingBytes();
        }
    }

    /** The wire takes more again. */
    public void writable() {
        if (stage == Stage.OPEN) {
            session.flush();
        }
    }

    private void accept(YamuxStream stream) {
        negotiate(stream, new ListenerNegotiation(listener::isSpoken), opening -> {
            if (opening instanceof Opening.Open(var open, var protocol)) {
                listener.accepted(this, open, protocol);
            }
        });
    }

    /** Opens a stream of a protocol by the first of its names that the other side knows. */
    public void open(List<String> names, Consumer<Opening> receiver) {
        Optional<YamuxStream> stream = stage == Stage.OPEN ? session.open() : Optional.empty();
        if (stream.isEmpty()) {
            receiver.accept(new Opening.Failed());
            return;
        }
        DialerNegotiation dialer = new DialerNegotiation(names);
        stream.get().write(dialer.greeting());
        negotiate(stream.get(), dialer, receiver);
    }

    private void negotiate(YamuxStream stream, Negotiation names, Consumer<Opening> receiver) {
        new StreamNegotiation(stream, names, receiver).begin(setup.loop());
    }

    /** Closes it from this side. */
    public void close(String reason) {
        if (stage == Stage.OPEN) {
            session.goAway();
        }
        end(reason);
        wire.close();
    }

    /** The wire is gone. */
    public void lost(String reason) {
        end(reason);
    }

    private void end(String reason) {
        if (stage != Stage.OVER) {
            stage = Stage.OVER;
            setupTimer.cancel();
            session.end();
            listener.ended(this, reason);
        }
    }

    @Override
    public String toString() {
        return Arrays.asList(origin.direction(), origin.address(), peer.map(PeerId::toString).orElse("unknown"))
                .toString();
    }
}
