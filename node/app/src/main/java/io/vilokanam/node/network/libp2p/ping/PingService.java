package io.vilokanam.node.network.libp2p.ping;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.Loop;
import io.vilokanam.node.network.libp2p.connection.Opening;
import io.vilokanam.node.network.libp2p.swarm.StreamProtocol;
import io.vilokanam.node.network.libp2p.swarm.SwarmObserver;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;

/** {@code /ipfs/ping/1.0.0}: sends 32 bytes now and then and expects them back; sends back what others send (libp2p spec, ping). */
public final class PingService implements StreamProtocol, SwarmObserver {

    private static final List<String> NAMES = List.of("/ipfs/ping/1.0.0");
    private static final int SIZE = 32;
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final int FAILURES_MAX = 3;
    /** What a peer may have sent without taking what is sent back. */
    private static final int UNSENT_MAX = 1024;

    private final Loop loop;
    private final RandomGenerator random;

    public PingService(Loop loop, RandomGenerator random) {
        this.loop = loop;
        this.random = random;
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public void accepted(Connection connection, YamuxStream stream) {
        stream.listen(PingService::echo);
        echo(stream);
    }

    private static void echo(YamuxStream stream) {
        while (stream.unread().size() >= SIZE && stream.unsentBytes() < UNSENT_MAX) {
            stream.write(stream.unread().take(SIZE));
        }
        stream.credit();
        if (stream.remote() == YamuxStream.Remote.FINISHED && stream.unread().size() < SIZE) {
            stream.close();
        }
    }

    @Override
    public void opened(Connection connection) {
        new Pinger(connection).open();
    }

    /** Pings one connection as long as it is open. */
    private final class Pinger {

        private final Connection connection;
        private Optional<YamuxStream> stream = Optional.empty();
        private byte[] awaited = {};
        private Loop.Timer timer = () -> {};
        private int failures;

        Pinger(Connection connection) {
            this.connection = connection;
        }

        void open() {
            if (connection.isOpen()) {
                connection.open(NAMES, this::opened);
            }
        }

        private void opened(Opening opening) {
            if (opening instanceof Opening.Open(var open, _)) {
                stream = Optional.of(open);
                open.listen(_ -> changed(open));
                send(open);
            } else if (!(opening instanceof Opening.NotSupported)) {
                fail();
            }
        }

        private void send(YamuxStream open) {
            awaited = new byte[SIZE];
            random.nextBytes(awaited);
            open.write(awaited);
            timer = loop.after(ANSWER_MAX, this::fail);
        }

        private void changed(YamuxStream open) {
            if (stream.isEmpty()) {
                return;
            }
            if (awaited.length > 0 && open.unread().size() >= SIZE) {
                boolean isRight = Arrays.equals(awaited, open.unread().take(SIZE));
                open.credit();
                awaited = new byte[0];
                timer.cancel();
                if (isRight) {
                    failures = 0;
                    timer = loop.after(INTERVAL, this::again);
                } else {
                    fail();
                }
            } else if (open.remote() != YamuxStream.Remote.OPEN) {
                // Older litep2p ends the stream after one ping: that is no failure if nothing is awaited.
                if (awaited.length > 0) {
                    fail();
                } else {
                    open.reset();
                    stream = Optional.empty();
                }
            }
        }

        private void again() {
            if (stream.isPresent() && connection.isOpen()) {
                send(stream.get());
            } else {
                open();
            }
        }

        private void fail() {
            timer.cancel();
            awaited = new byte[0];
            Optional<YamuxStream> failed = stream;
            stream = Optional.empty();
            failed.ifPresent(YamuxStream::reset);
            if (!connection.isOpen()) {
                return;
            }
            if (++failures == FAILURES_MAX) {
                connection.close("no answer to " + FAILURES_MAX + " pings");
            } else {
                timer = loop.after(INTERVAL, this::again);
            }
        }
    }
}
