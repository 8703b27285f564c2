package io.vilokanam.node.network.peerset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.NotificationListener.Slots;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.testkit.SeededTest;

class PeerSetTest {

    private final PeerStore store = new PeerStore();
    private final PeerSet set = new PeerSet(new PeerSet.Config(2, 1, 1, false), store, new Random(1));

    @BeforeEach
    void know() throws AddressException {
        for (int i = 1; i <= 4; i++) {
            store.learn(peer(i), List.of(Multiaddr.parse("/ip4/1.2.3.4/tcp/" + i)), 0);
        }
    }

    @Test
    void outboundSlotsAreFilledFromThoseThatCanBeReached() {
        List<PeerId> chosen = set.allocate(0);
        assertEquals(2, chosen.size());
        assertEquals(List.of(), set.allocate(0));
        set.free(chosen.getFirst(), 0);
        List<PeerId> next = set.allocate(0);
        assertEquals(1, next.size());
        assertFalse(chosen.contains(next.getFirst()));
    }

    @Test
    void failuresAreWaitedFor() {
        PeerSet one = new PeerSet(new PeerSet.Config(9, 0, 0, false), store, new Random(1));
        one.allocate(0).forEach(peer -> one.free(peer, 0));
        assertEquals(List.of(), one.allocate(4_999));
        List<PeerId> again = one.allocate(6_000);
        assertEquals(4, again.size());
        again.forEach(peer -> one.free(peer, 6_000));
        assertEquals(List.of(), one.allocate(15_999));
        again = one.allocate(18_001);
        assertEquals(4, again.size());
        again.forEach(one::opened);
        again.forEach(peer -> one.free(peer, 20_000));
        assertEquals(4, one.allocate(26_000).size());
    }

    @Test
    void thoseWhoComeTakeTheSlotsOfTheirKind() {
        assertTrue(set.admit(peer(11), Slots.FULL, Direction.INBOUND, 0));
        assertFalse(set.admit(peer(12), Slots.FULL, Direction.INBOUND, 0));
        assertTrue(set.admit(peer(13), Slots.LIGHT, Direction.INBOUND, 0));
        assertFalse(set.admit(peer(14), Slots.LIGHT, Direction.INBOUND, 0));
        set.free(peer(11), 0);
        assertTrue(set.admit(peer(12), Slots.FULL, Direction.INBOUND, 0));
    }

    @Test
    void theReservedNeedNoSlotAndAreSoughtFirst() {
        set.reserve(peer(4));
        set.reserve(peer(20));
        assertTrue(set.admit(peer(11), Slots.FULL, Direction.INBOUND, 0));
        assertTrue(set.admit(peer(20), Slots.FULL, Direction.INBOUND, 0));
        List<PeerId> chosen = set.allocate(0);
        assertEquals(3, chosen.size());
        assertEquals(peer(4), chosen.getFirst());
        assertEquals(Set.of(peer(4), peer(20)), set.reserved());
        assertTrue(set.unreserve(peer(4)));
        assertFalse(set.unreserve(peer(99)));
    }

    @Test
    void reservedOnlyMeansNobodyElse() {
        PeerSet closed = new PeerSet(new PeerSet.Config(9, 9, 9, true), store, new Random(1));
        closed.reserve(peer(2));
        assertEquals(List.of(peer(2)), closed.allocate(0));
        assertFalse(closed.isWelcome(peer(3), 0));
        assertFalse(closed.admit(peer(3), Slots.FULL, Direction.INBOUND, 0));
    }

    @Test
    void theBannedAreNeitherSoughtNorLetIn() {
        for (int i = 1; i <= 4; i++) {
            store.report(peer(i), ReputationChange.fatal("bad"), 0);
        }
        assertEquals(List.of(), set.allocate(0));
        assertFalse(set.isWelcome(peer(1), 0));
        assertTrue(set.isWelcome(peer(1), 100_000));
        assertEquals(List.of(), set.allocate(100_000), "a bad reputation is no reason to seek somebody");
    }

    @SeededTest(runs = 50)
    void slotsNeverExceedTheirLimits(long seed) {
        Random random = new Random(seed);
        Set<PeerId> in = new TreeSet<>();
        PeerSet some = new PeerSet(new PeerSet.Config(2, 3, 1, false), store, random);
        long now = 0;
        for (int step = 0; step < 300; step++) {
            now += random.nextInt(3_000);
            PeerId peer = peer(random.nextInt(12));
            switch (random.nextInt(3)) {
                case 0 -> in.addAll(some.allocate(now));
                case 1 -> {
                    if (some.admit(peer, Slots.FULL, Direction.INBOUND, now)) {
                        in.add(peer);
                    }
                }
                default -> {
                    some.free(peer, now);
                    in.remove(peer);
                }
            }
            assertTrue(in.size() <= 5);
            in.forEach(has -> assertTrue(some.hasSlot(has)));
        }
    }

    private static PeerId peer(int number) {
        return PeerStoreTest.peer(number);
    }
}
