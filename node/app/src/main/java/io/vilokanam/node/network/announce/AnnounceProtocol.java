package io.vilokanam.node.network.announce;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.TokenBucket;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/**
 * The protocol {@code block-announces/1}, by which peers know one another: who is there, what their best blocks are, and which
 * blocks are new. Its peers are the node's peers.
 */
public final class AnnounceProtocol implements NotificationListener {

    /** So many announced blocks are remembered of each peer ({@code MAX_KNOWN_BLOCKS}). */
    private static final int KNOWN_BLOCKS_MAX = 1024;

    /** Announcements of one peer in a second, in the long run: more than any chain has blocks. */
    private static final int ANNOUNCED_A_SECOND = 32;
    private static final int ANNOUNCED_AT_ONCE = 512;

    private static final int HANDSHAKE_BYTES_MAX = 1024;

    static final ReputationChange GENESIS_MISMATCH = ReputationChange.fatal("Genesis mismatch");
    static final ReputationChange BAD_HANDSHAKE = new ReputationChange(-(1 << 12), "Bad block announces handshake");
    static final ReputationChange BAD_ANNOUNCEMENT = ReputationChange.malformed("Bad block announcement");
    static final ReputationChange TOO_MANY = new ReputationChange(-(1 << 21), "Too many block announcements");

    /** A peer as it told us. */
    public record Peer(Roles roles, BlockRef best) {}

    private final Chain chain;
    private final Roles ownRoles;
    private final BooleanSupplier isMajorSyncing;
    private final LongSupplier nowMillis;
    private final AnnounceListener listener;
    private final Map<PeerId, Peer> peers = new ConcurrentHashMap<>();
    private final Map<PeerId, Map<Hash, Boolean>> known = new ConcurrentHashMap<>();
    /** On the protocol's thread alone. */
    private final Map<PeerId, TokenBucket> allowances = new TreeMap<>();
    private Network network;
    private NotificationSender sender;

    public AnnounceProtocol(Chain chain, Roles ownRoles, BooleanSupplier isMajorSyncing, LongSupplier nowMillis,
            AnnounceListener listener) {
        this.chain = chain;
        this.ownRoles = ownRoles;
        this.isMajorSyncing = isMajorSyncing;
        this.nowMillis = nowMillis;
        this.listener = listener;
    }

    /** Before the network starts. */
    public void register(Network to, ProtocolNames names) {
        network = to;
        sender = to.register(NotificationProtocol.leading(names, HANDSHAKE_BYTES_MAX, BlockAnnounce.BYTES_MAX), this);
    }

    /** The peers of this moment. */
    public Map<PeerId, Peer> peers() {
        return new TreeMap<>(peers);
    }

    public Optional<Peer> peer(PeerId id) {
        return Optional.ofNullable(peers.get(id));
    }

    @Override
    public Bytes handshake(PeerId peer) {
        return new AnnounceHandshake(ownRoles, chain.best(), chain.genesis()).encode();
    }

    @Override
    public Verdict judge(PeerId peer, Bytes handshake, Direction direction) {
        try {
            AnnounceHandshake said = AnnounceHandshake.decode(handshake);
            if (!said.genesis().equals(chain.genesis())) {
                return new Verdict.Refuse(GENESIS_MISMATCH);
            }
            return new Verdict.Accept(said.roles() == Roles.LIGHT ? Slots.LIGHT : Slots.FULL);
        } catch (ScaleException malformed) {
            return new Verdict.Refuse(BAD_HANDSHAKE);
        }
    }

    @Override
    public void opened(PeerId peer, Bytes handshake, Direction direction) {
        try {
            AnnounceHandshake said = AnnounceHandshake.decode(handshake);
            peers.put(peer, new Peer(said.roles(), said.best()));
            known.put(peer, new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Hash, Boolean> eldest) {
                    return size() > KNOWN_BLOCKS_MAX;
                }
            });
            allowances.put(peer, new TokenBucket(ANNOUNCED_A_SECOND, ANNOUNCED_AT_ONCE));
            listener.connected(peer, said.roles(), said.best());
        } catch (ScaleException e) {
            throw new IllegalStateException("the handshake was judged before: " + e.getMessage(), e);
        }
    }

    @Override
    public void received(PeerId peer, Bytes message) {
        TokenBucket allowance = allowances.get(peer);
        if (!allowance.take(TimeUnit.MILLISECONDS.toMicros(nowMillis.getAsLong()))) {
            network.report(peer, TOO_MANY);
            return;
        }
        BlockAnnounce announce;
        try {
            announce = BlockAnnounce.decode(message);
        } catch (ScaleException malformed) {
            network.report(peer, BAD_ANNOUNCEMENT);
            network.disconnect(peer, malformed.getMessage());
            return;
        }
        BlockRef block = BlockRef.of(announce.header());
        knows(peer, block.hash());
        if (announce.isBest()) {
            peers.computeIfPresent(peer, (_, former) -> new Peer(former.roles(), block));
        }
        listener.announced(peer, announce.header(), announce.isBest());
    }

    @Override
    public void closed(PeerId peer) {
        peers.remove(peer);
        known.remove(peer);
        allowances.remove(peer);
        listener.disconnected(peer);
    }

    /** Notes that the peer has the block; false where that was known before. */
    private boolean knows(PeerId peer, Hash block) {
        Map<Hash, Boolean> blocks = known.get(peer);
        if (blocks == null) {
            return false;
        }
        synchronized (blocks) {
            return blocks.put(block, true) == null;
        }
    }

    /** Whether peers are to hear of it: of new best blocks at the tip. */
    public boolean isNews(ChainEvent event) {
        return event instanceof ChainEvent.Imported imported && imported.route().isPresent()
                && (imported.origin() == BlockOrigin.OWN || !isMajorSyncing.getAsBoolean());
    }

    /** Tells peers of what {@linkplain #isNews is news}; to be called on a thread that may wait. */
    public void onEvent(ChainEvent event) {
        if (event instanceof ChainEvent.Imported imported) {
            announce(imported.header(), true);
        }
    }

    /** Tells all peers that do not know of it of a block. */
    public void announce(Header header, boolean isBest) {
        Hash hash = BlockRef.hashOf(header);
        Bytes message = new BlockAnnounce(header, isBest).encode();
        for (PeerId peer : sender.peers()) {
            if (knows(peer, hash)) {
                sender.send(peer, message);
            }
        }
    }
}
