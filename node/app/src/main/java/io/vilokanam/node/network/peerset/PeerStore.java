package io.vilokanam.node.network.peerset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;

/**
 * What is known of peers: where they are and what to think of them. Reputation is an {@code i32} that drifts towards zero by a 200th
 * each second, as in {@code sc-network}'s peer store. A function of what it is told; time is in milliseconds.
 */
public final class PeerStore {

    /** Below this a peer is banned: 71 % of the least reputation. */
    public static final int BANNED_BELOW = (int) (Integer.MIN_VALUE / 100L * 71);

    static final int PEERS_MAX = 4_096;
    static final int ADDRESSES_MAX = 10;
    private static final int DRIFT = 200;
    /** After so long there is nothing left of any reputation. */
    private static final long DRIFT_SECONDS_MAX = 10_000;
    private static final long FORGOTTEN_AFTER_MILLIS = 3_600_000;

    private static final class Known {
        final List<Multiaddr> addresses = new ArrayList<>();
        int reputation;
        long reputationAt;
        long usedAt;
    }

    private final Map<PeerId, Known> peers = new TreeMap<>();

    private Known known(PeerId peer, long now) {
        Known known = peers.get(peer);
        if (known == null) {
            makeRoom(now);
            known = new Known();
            known.reputationAt = now;
            peers.put(peer, known);
        }
        known.usedAt = now;
        drift(known, now);
        return known;
    }

    /** Forgets whom nobody spoke of for long, and if that is not enough who was not spoken of longest and is not banned. */
    private void makeRoom(long now) {
        if (peers.size() < PEERS_MAX) {
            return;
        }
        peers.values().removeIf(known -> now - known.usedAt > FORGOTTEN_AFTER_MILLIS);
        while (peers.size() >= PEERS_MAX) {
            peers.entrySet().stream()
                    .min(Comparator
                            .comparing((Map.Entry<PeerId, Known> entry) -> entry.getValue().reputation < BANNED_BELOW)
                            .thenComparingLong(entry -> entry.getValue().usedAt))
                    .ifPresent(oldest -> peers.remove(oldest.getKey()));
        }
    }

    private static void drift(Known known, long now) {
        long seconds = (now - known.reputationAt) / 1_000;
        known.reputationAt += seconds * 1_000;
        if (seconds > DRIFT_SECONDS_MAX) {
            known.reputation = 0;
        }
        for (long i = 0; i < seconds && known.reputation != 0; i++) {
            int step = known.reputation / DRIFT;
            known.reputation -= step == 0 ? Integer.signum(known.reputation) : step;
        }
    }

    /** Adds addresses, newest first, of which the oldest fall out. */
    public void learn(PeerId peer, Collection<Multiaddr> addresses, long now) {
        Known known = known(peer, now);
        for (Multiaddr address : addresses) {
            Multiaddr plain = address.withoutPeer();
            if (plain.endpoint().isPresent() && (address.peer().isEmpty() || address.peer().get().equals(peer))) {
                known.addresses.remove(plain);
                known.addresses.addFirst(plain);
                if (known.addresses.size() > ADDRESSES_MAX) {
                    known.addresses.removeLast();
                }
            }
        }
    }

    /** An address was of no use: it is tried after the others from now on. */
    public void failed(PeerId peer, Multiaddr address) {
        Known known = peers.get(peer);
        if (known != null && known.addresses.remove(address.withoutPeer())) {
            known.addresses.addLast(address.withoutPeer());
        }
    }

    public List<Multiaddr> addresses(PeerId peer) {
        return Optional.ofNullable(peers.get(peer)).map(known -> List.copyOf(known.addresses)).orElse(List.of());
    }

    /** Whether the peer is banned by this change and was not before. */
    public boolean report(PeerId peer, ReputationChange change, long now) {
        Known known = known(peer, now);
        boolean wasBanned = known.reputation < BANNED_BELOW;
        long sum = change.isFatal() ? Integer.MIN_VALUE : (long) known.reputation + change.value();
        known.reputation = Math.clamp(sum, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return !wasBanned && known.reputation < BANNED_BELOW;
    }

    public int reputation(PeerId peer, long now) {
        Known known = peers.get(peer);
        if (known == null) {
            return 0;
        }
        drift(known, now);
        return known.reputation;
    }

    public boolean isBanned(PeerId peer, long now) {
        return reputation(peer, now) < BANNED_BELOW;
    }

    /** All peers of which an address is known, sorted by id. */
    public List<PeerId> reachable() {
        return peers.entrySet().stream().filter(entry -> !entry.getValue().addresses.isEmpty()).map(Map.Entry::getKey)
                .toList();
    }

    /** All that is worth remembering: peers with an address, and those that are banned. */
    public List<KnownPeer> remembered(long now) {
        List<KnownPeer> all = new ArrayList<>();
        peers.forEach((peer, known) -> {
            drift(known, now);
            if (!known.addresses.isEmpty() || known.reputation < BANNED_BELOW) {
                all.add(new KnownPeer(peer, known.reputation, known.addresses));
            }
        });
        return all;
    }

    /** What was remembered when this node ran last; what is known already counts more. */
    public void remember(List<KnownPeer> all, long now) {
        for (KnownPeer one : all) {
            if (!peers.containsKey(one.peer()) && peers.size() < PEERS_MAX) {
                Known known = known(one.peer(), now);
                known.reputation = one.reputation();
                one.addresses().stream().filter(address -> address.endpoint().isPresent()).limit(ADDRESSES_MAX)
                        .forEach(known.addresses::add);
            }
        }
    }

    /** How many peers are banned. */
    public int banned(long now) {
        int banned = 0;
        for (Known known : peers.values()) {
            drift(known, now);
            banned += known.reputation < BANNED_BELOW ? 1 : 0;
        }
        return banned;
    }

    public int size() {
        return peers.size();
    }
}
