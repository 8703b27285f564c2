package io.vilokanam.node.network.libp2p.kademlia;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.address.Varint;
import io.vilokanam.node.network.libp2p.connection.Connection;
import io.vilokanam.node.network.libp2p.connection.Loop;
import io.vilokanam.node.network.libp2p.connection.Opening;
import io.vilokanam.node.network.libp2p.swarm.StreamProtocol;
import io.vilokanam.node.network.libp2p.swarm.Swarm;
import io.vilokanam.node.network.libp2p.swarm.SwarmObserver;
import io.vilokanam.node.network.libp2p.wire.FrameException;
import io.vilokanam.node.network.libp2p.wire.FrameReader;
import io.vilokanam.node.network.libp2p.yamux.YamuxStream;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.scale.Bytes;

/**
 * Finds peers as Substrate does on a chain of its own: asks a few of those that are connected for the neighbours of random ids, more
 * and more rarely, and answers the same. Records and providers are answered as if there were none.
 */
public final class KademliaService implements StreamProtocol, SwarmObserver {

    private static final int MESSAGE_BYTES_MAX = 70 << 10;
    private static final int CLOSER = 20;
    private static final int ASKED_AT_A_TIME = 3;
    private static final Duration STREAM_MAX = Duration.ofSeconds(15);
    private static final Duration FIRST_WALK = Duration.ofSeconds(1);
    private static final Duration WALK_MAX = Duration.ofSeconds(60);

    /** Where peers that are found go, and where those that are told of come from. */
    public interface Book {
        void learn(PeerId peer, Collection<Multiaddr> addresses);

        /** Peers of which an address is known that may be told to others. */
        List<PeerId> reachable();

        List<Multiaddr> addresses(PeerId peer);
    }

    private final ProtocolNames names;
    private final Swarm swarm;
    private final Loop loop;
    private final RandomGenerator random;
    private final Book book;
    private final Set<PeerId> speakers = new TreeSet<>();
    private Duration untilWalk = FIRST_WALK;
    private long walks;

    public KademliaService(ProtocolNames names, Swarm swarm, Loop loop, RandomGenerator random, Book book) {
        this.names = names;
        this.swarm = swarm;
        this.loop = loop;
        this.random = random;
        this.book = book;
    }

    /** Begins to seek. */
    public void start() {
        loop.after(untilWalk, this::walk);
    }

    /** A connected peer speaks these protocols. */
    public void identified(PeerId peer, List<String> protocols) {
        if (protocols.stream().anyMatch(names.all()::contains)) {
            speakers.add(peer);
        }
    }

    @Override
    public void disconnected(PeerId peer) {
        speakers.remove(peer);
    }

    /** How often random keys were looked for. */
    public long walks() {
        return walks;
    }

    /** How many peers can be asked, by the logarithm of their distance to this node. */
    public Map<Integer, Integer> known(PeerId self) {
        Map<Integer, Integer> known = new TreeMap<>();
        speakers.forEach(peer -> known.merge(Distance.logarithm(self, peer), 1, Integer::sum));
        return known;
    }

    private void walk() {
        walks++;
        byte[] key = new byte[32];
        random.nextBytes(key);
        PeerId target = PeerId.ofEd25519(key);
        Distance.nearest(target.multihash(), speakers, ASKED_AT_A_TIME).forEach(peer -> ask(peer, target));
        if (!speakers.isEmpty()) {
            untilWalk = untilWalk.multipliedBy(2).compareTo(WALK_MAX) > 0 ? WALK_MAX : untilWalk.multipliedBy(2);
        }
        loop.after(untilWalk, this::walk);
    }

    private void ask(PeerId peer, PeerId target) {
        swarm.open(peer, names.all(), opening -> {
            if (opening instanceof Opening.Open(var stream, _)) {
                KademliaMessage question = new KademliaMessage(KademliaMessage.FIND_NODE, target.multihash(),
                        List.of());
                stream.write(Varint.framed(question.encode()));
                stream.close();
                readOne(peer, stream, answer -> {
                    answer.closer().forEach(found -> book.learn(found.id(), found.addresses()));
                    stream.reset();
                });
            }
        });
    }

    @Override
    public List<String> names() {
        return names.all();
    }

    @Override
    public void accepted(Connection connection, YamuxStream stream) {
        readOne(connection.peer(), stream, question -> {
            answer(connection.peer(), question).ifPresent(answer -> stream.write(Varint.framed(answer.encode())));
            stream.close();
        });
    }

    /** What is done with a message, and how a stream without one is ended. */
    @FunctionalInterface
    private interface Use {
        void of(KademliaMessage message);
    }

    private void readOne(PeerId peer, YamuxStream stream, Use use) {
        FrameReader reader = new FrameReader(MESSAGE_BYTES_MAX);
        Loop.Timer timer = loop.after(STREAM_MAX, stream::reset);
        YamuxStream.Listener listener = new YamuxStream.Listener() {
            private boolean isRead;

            @Override
            public void changed(YamuxStream changed) {
                try {
                    Optional<byte[]> message = isRead ? Optional.empty() : reader.next(stream.unread());
                    stream.credit();
                    if (message.isPresent()) {
                        isRead = true;
                        use.of(KademliaMessage.decode(message.get()));
                    }
                    if (stream.remote() != YamuxStream.Remote.OPEN
                            && (isRead && stream.unsentBytes() == 0 || !isRead)) {
                        timer.cancel();
                        if (!isRead) {
                            stream.reset();
                        }
                    }
                } catch (FrameException | ProtobufException e) {
                    swarm.blame(peer, ReputationChange.malformed(e.getMessage()));
                    timer.cancel();
                    isRead = true;
                    stream.reset();
                }
            }
        };
        stream.listen(listener);
        listener.changed(stream);
    }

    Optional<KademliaMessage> answer(PeerId peer, KademliaMessage question) {
        return switch (question.type()) {
            case KademliaMessage.FIND_NODE, KademliaMessage.GET_VALUE, KademliaMessage.GET_PROVIDERS -> {
                List<PeerId> known = new ArrayList<>(book.reachable());
                known.remove(peer);
                List<KademliaMessage.Peer> closer = Distance.nearest(question.key(), known, CLOSER).stream()
                        .map(near -> new KademliaMessage.Peer(near, book.addresses(near), swarm.isConnected(near)))
                        .toList();
                Bytes key = question.type() == KademliaMessage.GET_VALUE ? question.key() : Bytes.EMPTY;
                yield Optional.of(new KademliaMessage(question.type(), key, closer));
            }
            case KademliaMessage.PING, KademliaMessage.PUT_VALUE -> Optional.of(question);
            default -> Optional.empty();
        };
    }
}
