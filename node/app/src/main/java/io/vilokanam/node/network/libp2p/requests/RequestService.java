package io.vilokanam.node.network.libp2p.requests;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestProtocol;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.address.Varint;
import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.Loop;
import io.vilokanam.node.network.libp2p.connection.Opening;
import io.vilokanam.node.network.libp2p.swarm.StreamProtocol;
import io.vilokanam.node.network.libp2p.swarm.Swarm;
import io.vilokanam.node.network.libp2p.wire.FrameException;
import io.vilokanam.node.network.libp2p.wire.FrameReader;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.scale.Bytes;

/**
 * One request-response protocol, both ways: a stream a request, which carries a length and the request, then a length and the
 * response (Substrate's request-responses). Belongs to the loop's thread but for what says otherwise.
 */
public final class RequestService implements StreamProtocol, RequestSender {

    /** Requests of this node to one peer that are under way. */
    static final int ASKED_OF_PEER_MAX = 16;
    /** Requests of one peer that are being read, wait, are worked on or whose response is being written. */
    static final int OF_PEER_MAX = 4;
    /** The same over all peers, beyond those that are worked on. */
    static final int WAITING_MAX = 20;

    private final RequestProtocol protocol;
    private final RequestHandler handler;
    private final Swarm swarm;
    private final Loop loop;
    private final Executor told;
    private final Executor workers;
    private final Map<PeerId, Integer> asked = new TreeMap<>();
    private final Map<PeerId, Integer> serving = new TreeMap<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int served;
    private int working;

    /**
     * @param told the protocol's thread
     * @param workers where the handler works
     */
    public RequestService(RequestProtocol protocol, RequestHandler handler, Swarm swarm, Loop loop, Executor told,
            Executor workers) {
        this.protocol = protocol;
        this.handler = handler;
        this.swarm = swarm;
        this.loop = loop;
        this.told = told;
        this.workers = workers;
    }

    @Override
    public List<String> names() {
        return protocol.names().all();
    }

    /** May be called by any thread. */
    @Override
    public void send(PeerId peer, Bytes request, Consumer<RequestOutcome> receiver) {
        loop.execute(() -> ask(peer, request, receiver));
    }

    private void ask(PeerId peer, Bytes request, Consumer<RequestOutcome> receiver) {
        Optional<Connection> connection = swarm.connection(peer);
        if (connection.isEmpty()) {
            tell(receiver, RequestOutcome.Failure.NOT_CONNECTED);
        } else if (request.size() > protocol.requestBytesMax() || asked.getOrDefault(peer, 0) >= ASKED_OF_PEER_MAX) {
            tell(receiver, RequestOutcome.Failure.NOT_SENT);
        } else {
            asked.merge(peer, 1, Integer::sum);
            Asking asking = new Asking(connection.get(), request, receiver);
            asking.timer = loop.after(protocol.timeout(), () -> asking.end(RequestOutcome.Failure.TIMEOUT));
            connection.get().open(protocol.names().all(), asking::opened);
        }
    }

    private void tell(Consumer<RequestOutcome> receiver, RequestOutcome.Failure failure) {
        told.execute(() -> receiver.accept(new RequestOutcome.Failed(failure)));
    }

    /** One more or less of a peer; none of it is kept where it comes to nothing. */
    private static void less(Map<PeerId, Integer> counts, PeerId peer) {
        counts.computeIfPresent(peer, (_, count) -> count == 1 ? null : count - 1);
    }

    /** A request of this node. */
    private final class Asking {

        private final Connection connection;
        private final Bytes request;
        private final Consumer<RequestOutcome> receiver;
        private final FrameReader reader = new FrameReader(protocol.responseBytesMax());
        private Loop.Timer timer = () -> {};
        private Optional<YamuxStream> stream = Optional.empty();
        private boolean isOver;

        Asking(Connection connection, Bytes request, Consumer<RequestOutcome> receiver) {
            this.connection = connection;
            this.request = request;
            this.receiver = receiver;
        }

        void opened(Opening opening) {
            switch (opening) {
                case Opening.Open(var open, _) -> ask(open);
                case Opening.NotSupported() -> end(RequestOutcome.Failure.NOT_SUPPORTED);
                case Opening.Failed() -> end(lostOr(RequestOutcome.Failure.REFUSED));
            }
        }

        private void ask(YamuxStream open) {
            if (isOver) {
                open.reset();
                return;
            }
            stream = Optional.of(open);
            open.listen(_ -> read(open));
            open.write(Varint.framed(request.view()));
            open.close();
            read(open);
        }

        private void read(YamuxStream open) {
            if (isOver) {
                return;
            }
            try {
                Optional<byte[]> response = reader.next(open.unread());
                open.credit();
                if (response.isPresent()) {
                    end(new RequestOutcome.Answered(Bytes.wrap(response.get())));
                } else if (open.remote() != YamuxStream.Remote.OPEN) {
                    end(lostOr(RequestOutcome.Failure.REFUSED));
                }
            } catch (FrameException e) {
                end(RequestOutcome.Failure.MALFORMED);
            }
        }

        private RequestOutcome.Failure lostOr(RequestOutcome.Failure failure) {
            return connection.isOpen() ? failure : RequestOutcome.Failure.CONNECTION_LOST;
        }

        void end(RequestOutcome.Failure failure) {
            end(new RequestOutcome.Failed(failure));
        }

        private void end(RequestOutcome outcome) {
            if (!isOver) {
                isOver = true;
                timer.cancel();
                less(asked, connection.peer());
                if (outcome instanceof RequestOutcome.Failed) {
                    stream.ifPresent(YamuxStream::reset);
                }
                told.execute(() -> receiver.accept(outcome));
            }
        }
    }

    @Override
    public void accepted(Connection connection, YamuxStream stream) {
        PeerId peer = connection.peer();
        if (serving.getOrDefault(peer, 0) >= OF_PEER_MAX || served >= protocol.handledMax() + WAITING_MAX) {
            stream.reset();
            return;
        }
        serving.merge(peer, 1, Integer::sum);
        served++;
        Serving one = new Serving(peer, stream);
        one.timer = loop.after(protocol.timeout(), one::giveUp);
        stream.listen(_ -> one.changed());
        one.changed();
    }

    private void workOnNext() {
        while (working < protocol.handledMax() && !waiting.isEmpty()) {
            working++;
            workers.execute(waiting.remove());
        }
    }

    /** A request of a peer. */
    private final class Serving {

        private final PeerId peer;
        private final YamuxStream stream;
        private final FrameReader reader = new FrameReader(protocol.requestBytesMax());
        private Loop.Timer timer = () -> {};
        private boolean isRead;
        private boolean isAnswered;
        private boolean isOver;

        Serving(PeerId peer, YamuxStream stream) {
            this.peer = peer;
            this.stream = stream;
        }

        void changed() {
            if (isOver) {
                return;
            }
            if (stream.remote() == YamuxStream.Remote.RESET || isAnswered && stream.unsentBytes() == 0) {
                end();
            } else if (!isRead) {
                read();
            }
        }

        private void read() {
            try {
                Optional<byte[]> request = reader.next(stream.unread());
                stream.credit();
                if (request.isPresent()) {
                    isRead = true;
                    Bytes content = Bytes.wrap(request.get());
                    waiting.add(() -> work(content));
                    workOnNext();
                } else if (stream.remote() != YamuxStream.Remote.OPEN) {
                    giveUp();
                }
            } catch (FrameException e) {
                swarm.blame(peer, ReputationChange.malformed(e.getMessage()));
                giveUp();
            }
        }

        /** On a worker. */
        private void work(Bytes request) {
            Optional<Bytes> response = Optional.empty();
            try {
                response = handler.answer(peer, request);
            } finally {
                Optional<Bytes> made = response;
                loop.execute(() -> answer(made));
            }
        }

        private void answer(Optional<Bytes> response) {
            working--;
            workOnNext();
            if (isOver) {
                return;
            }
            if (response.isEmpty() || response.get().size() > protocol.responseBytesMax()) {
                giveUp();
                return;
            }
            byte[] content = response.get().view();
            byte[] length = new byte[Varint.size(content.length)];
            Varint.write(length, 0, content.length);
            timer.cancel();
            timer = loop.after(protocol.timeout(), this::giveUp);
            stream.write(length);
            stream.write(content);
            stream.close();
            isAnswered = true;
            changed();
        }

        void giveUp() {
            if (!isOver) {
                end();
                stream.reset();
            }
        }

        private void end() {
            isOver = true;
            timer.cancel();
            less(serving, peer);
            served--;
        }
    }

    /** How many requests of peers there are, by state. For tests. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        counts.put("served", served);
        counts.put("working", working);
        counts.put("waiting", waiting.size());
        counts.put("asked", asked.size());
        return counts;
    }
}
