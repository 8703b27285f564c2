package io.vilokanam.node.network.peerset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener.Slots;
import io.vilokanam.node.network.address.PeerId;

/**
 * Which peers have a slot, and which are to get one. Reserved peers need none. A function of what it is told and of its random
 * generator; time is in milliseconds.
 */
public final class PeerSet {

    /** How long a peer is left alone after a failure at first; twice as long after each further one. */
    static final long BACK_OFF_MILLIS = 5_000;
    static final long BACK_OFF_MILLIS_MAX = 60_000;
    static final int BACK_OFFS_MAX = 4_096;

    /**
     * @param outbound peers that this node seeks
     * @param inbound full nodes and authorities that may come by themselves
     * @param inboundLight light clients that may come by themselves
     * @param isReservedOnly whether nobody else may be a peer
     */
    public record Config(int outbound, int inbound, int inboundLight, boolean isReservedOnly) {

        /** What stock nodes do when nothing else is said. */
        public static final Config DEFAULT = new Config(8, 32, 500, false);
    }

    private enum Kind {
        OUTBOUND, INBOUND, LIGHT, RESERVED
    }

    private record BackOff(int failures, long until) {}

    private final Config config;
    private final PeerStore store;
    private final RandomGenerator random;
    private final Map<PeerId, Kind> slots = new TreeMap<>();
    private final Map<PeerId, BackOff> backOffs = new TreeMap<>();
    private final Set<PeerId> reserved = new TreeSet<>();

    public PeerSet(Config config, PeerStore store, RandomGenerator random) {
        this.config = config;
        this.store = store;
        this.random = random;
    }

    public Set<PeerId> reserved() {
        return Set.copyOf(reserved);
    }

    public boolean isReserved(PeerId peer) {
        return reserved.contains(peer);
    }

    public void reserve(PeerId peer) {
        reserved.add(peer);
        slots.computeIfPresent(peer, (_, _) -> Kind.RESERVED);
        backOffs.remove(peer);
    }

    /** Whether the peer has to go, since it has no slot of its own. */
    public boolean unreserve(PeerId peer) {
        reserved.remove(peer);
        if (slots.get(peer) != Kind.RESERVED) {
            return false;
        }
        if (config.isReservedOnly() || count(Kind.OUTBOUND) >= config.outbound()) {
            return true;
        }
        slots.put(peer, Kind.OUTBOUND);
        return false;
    }

    /** Peers to open a link to, each of which has its slot from now on until {@link #free}. */
    public List<PeerId> allocate(long now) {
        List<PeerId> chosen = new ArrayList<>();
        for (PeerId peer : reserved) {
            if (!slots.containsKey(peer) && mayTry(peer, now)) {
                slots.put(peer, Kind.RESERVED);
                chosen.add(peer);
            }
        }
        int free = config.isReservedOnly() ? 0 : config.outbound() - count(Kind.OUTBOUND);
        if (free > 0) {
            List<PeerId> candidates = new ArrayList<>(store.reachable().stream()
                    .filter(peer -> !slots.containsKey(peer) && mayTry(peer, now) && store.reputation(peer, now) >= 0)
                    .toList());
            for (; free > 0 && !candidates.isEmpty(); free--) {
                PeerId peer = candidates.remove(random.nextInt(candidates.size()));
                slots.put(peer, Kind.OUTBOUND);
                chosen.add(peer);
            }
        }
        return chosen;
    }

    private boolean mayTry(PeerId peer, long now) {
        BackOff backOff = backOffs.get(peer);
        return (backOff == null || backOff.until() <= now) && !store.isBanned(peer, now);
    }

    /** Whether a peer that came by itself may try, as far as is known before its handshake. */
    public boolean isWelcome(PeerId peer, long now) {
        return isReserved(peer) || !config.isReservedOnly() && !store.isBanned(peer, now);
    }

    /** Whether a peer may have its link; it has its slot from now on until {@link #free}. */
    public boolean admit(PeerId peer, Slots kind, Direction direction, long now) {
        if (slots.containsKey(peer)) {
            return true;
        }
        if (!isWelcome(peer, now)) {
            return false;
        }
        Kind slot = isReserved(peer) ? Kind.RESERVED
                : direction == Direction.OUTBOUND ? Kind.OUTBOUND : kind == Slots.LIGHT ? Kind.LIGHT : Kind.INBOUND;
        if (count(slot) >= limit(slot)) {
            return false;
        }
        slots.put(peer, slot);
        return true;
    }

    private int limit(Kind kind) {
        return switch (kind) {
            case OUTBOUND -> config.outbound();
            case INBOUND -> config.inbound();
            case LIGHT -> config.inboundLight();
            case RESERVED -> Integer.MAX_VALUE;
        };
    }

    private int count(Kind kind) {
        return (int) slots.values().stream().filter(kind::equals).count();
    }

    /** The link works, so earlier failures are forgotten. */
    public void opened(PeerId peer) {
        backOffs.remove(peer);
    }

    /** The peer's link is over, or came to nothing: its slot is free, and it is left alone for a while. */
    public void free(PeerId peer, long now) {
        slots.remove(peer);
        backOffs.values().removeIf(backOff -> backOff.until() + BACK_OFF_MILLIS_MAX < now);
        int failures = backOffs.containsKey(peer) ? backOffs.get(peer).failures() + 1 : 0;
        if (backOffs.size() < BACK_OFFS_MAX) {
            long wait = Math.min(BACK_OFF_MILLIS << Math.min(failures, 8), BACK_OFF_MILLIS_MAX);
            backOffs.put(peer, new BackOff(failures, now + wait + random.nextLong(wait / 5)));
        }
    }

    public boolean hasSlot(PeerId peer) {
        return slots.containsKey(peer);
    }
}
