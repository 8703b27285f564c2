package io.vilokanam.node.metrics;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.vilokanam.node.measure.Histogram;
import io.vilokanam.node.measure.Measures;
import io.vilokanam.node.network.ConnectedPeer;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.ListenException;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.NetworkCensus;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestHandler;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestProtocol;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.Traffic;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.scale.Bytes;

/** A network of which every protocol is counted and timed, under the names of stock nodes. */
public final class MeasuredNetwork implements Network {

    /** Bytes. */
    private static final double[] SIZES = Histogram.exponential(64, 4, 8);
    private static final double[] TIMES = Histogram.exponential(0.001, 2, 16);

    private final Network network;
    private final Measures.Family<Histogram> sizes;
    private final Measures.Family<LongAdder> opened;
    private final Measures.Family<LongAdder> closed;
    private final Measures.Family<Histogram> answered;
    private final Measures.Family<Histogram> asked;
    private final Measures.Family<LongAdder> refused;
    private final Measures.Family<LongAdder> failed;

    public MeasuredNetwork(Network network, Measures measures) {
        this.network = network;
        this.sizes = measures.histograms("substrate_sub_libp2p_notifications_sizes", SIZES, "direction", "protocol");
        this.opened = measures.counters("substrate_sub_libp2p_notifications_streams_opened_total", "protocol");
        this.closed = measures.counters("substrate_sub_libp2p_notifications_streams_closed_total", "protocol");
        this.answered = measures.histograms("substrate_sub_libp2p_requests_in_success_total", TIMES, "protocol");
        this.asked = measures.histograms("substrate_sub_libp2p_requests_out_success_total", TIMES, "protocol");
        this.refused = measures.counters("substrate_sub_libp2p_requests_in_failure_total", "protocol", "reason");
        this.failed = measures.counters("substrate_sub_libp2p_requests_out_failure_total", "protocol", "reason");
    }

    @Override
    public PeerId localPeer() {
        return network.localPeer();
    }

    /** Tells a listener on, and counts on the way. */
    private final class MeasuredListener implements NotificationListener {

        private final NotificationListener listener;
        private final String name;
        private final Histogram received;

        MeasuredListener(NotificationListener listener, String name) {
            this.listener = listener;
            this.name = name;
            this.received = sizes.of("in", name);
        }

        @Override
        public Bytes handshake(PeerId peer) {
            return listener.handshake(peer);
        }

        @Override
        public Verdict judge(PeerId peer, Bytes handshake, Direction direction) {
            return listener.judge(peer, handshake, direction);
        }

        @Override
        public void opened(PeerId peer, Bytes handshake, Direction direction) {
            opened.of(name).increment();
            listener.opened(peer, handshake, direction);
        }

        @Override
        public void received(PeerId peer, Bytes message) {
            received.record(message.size());
            listener.received(peer, message);
        }

        @Override
        public void closed(PeerId peer) {
            closed.of(name).increment();
            listener.closed(peer);
        }
    }

    @Override
    public NotificationSender register(NotificationProtocol protocol, NotificationListener listener) {
        String name = protocol.names().main();
        NotificationSender sender = network.register(protocol, new MeasuredListener(listener, name));
        Histogram sent = sizes.of("out", name);
        return new NotificationSender() {
            @Override
            public Sent send(PeerId peer, Bytes message) {
                Sent outcome = sender.send(peer, message);
                if (outcome == Sent.QUEUED) {
                    sent.record(message.size());
                }
                return outcome;
            }

            @Override
            public void close(PeerId peer) {
                sender.close(peer);
            }

            @Override
            public Set<PeerId> peers() {
                return sender.peers();
            }
        };
    }

    @Override
    public RequestSender register(RequestProtocol protocol, RequestHandler handler) {
        String name = protocol.names().main();
        RequestSender sender = network.register(protocol, (peer, request) -> {
            long begun = System.nanoTime();
            var answer = handler.answer(peer, request);
            if (answer.isPresent()) {
                answered.of(name).recordNanos(System.nanoTime() - begun);
            } else {
                refused.of(name, "busy-omitted").increment();
            }
            return answer;
        });
        return (peer, request, receiver) -> send(sender, name, peer, request, receiver);
    }

    private void send(RequestSender sender, String name, PeerId peer, Bytes request,
            Consumer<RequestOutcome> receiver) {
        long begun = System.nanoTime();
        sender.send(peer, request, outcome -> {
            switch (outcome) {
                case RequestOutcome.Answered _ -> asked.of(name).recordNanos(System.nanoTime() - begun);
                case RequestOutcome.Failed(var failure) -> failed.of(name, reason(failure)).increment();
            }
            receiver.accept(outcome);
        });
    }

    /** In the words of stock nodes. */
    private static String reason(RequestOutcome.Failure failure) {
        return switch (failure) {
            case NOT_CONNECTED -> "not-connected";
            case NOT_SUPPORTED -> "unsupported";
            case REFUSED -> "remote-closed";
            case MALFORMED -> "invalid-response";
            case TIMEOUT -> "timeout";
            case CONNECTION_LOST -> "connection-closed";
            case NOT_SENT -> "not-sent";
        };
    }

    @Override
    public void start() throws ListenException {
        network.start();
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return network.listenAddresses();
    }

    @Override
    public void learn(PeerId peer, Collection<Multiaddr> addresses) {
        network.learn(peer, addresses);
    }

    @Override
    public void reserve(PeerId peer, Collection<Multiaddr> addresses) {
        network.reserve(peer, addresses);
    }

    @Override
    public void unreserve(PeerId peer) {
        network.unreserve(peer);
    }

    @Override
    public Set<PeerId> reserved() {
        return network.reserved();
    }

    @Override
    public void disconnect(PeerId peer, String reason) {
        network.disconnect(peer, reason);
    }

    @Override
    public void report(PeerId peer, ReputationChange change) {
        network.report(peer, change);
    }

    @Override
    public List<ConnectedPeer> peers() {
        return network.peers();
    }

    @Override
    public Traffic traffic() {
        return network.traffic();
    }

    @Override
    public NetworkCensus census() {
        return network.census();
    }

    @Override
    public void close() {
        network.close();
    }
}
