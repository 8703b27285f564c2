package io.vilokanam.node.network.peerset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;

class PeerStoreTest {

    private static final PeerId ONE = PeerId.ofEd25519(new byte[32]);

    private final PeerStore store = new PeerStore();

    @Test
    void theBanThresholdIsThatOfTheReference() {
        assertEquals(-1_524_713_356, PeerStore.BANNED_BELOW);
    }

    @Test
    void aFatalChangeBansForSomethingOverAMinute() {
        assertTrue(store.report(ONE, ReputationChange.fatal("genesis"), 0));
        assertFalse(store.report(ONE, ReputationChange.fatal("again"), 0));
        assertTrue(store.isBanned(ONE, 60_000));
        assertFalse(store.isBanned(ONE, 75_000));
    }

    @Test
    void reputationDriftsBackToZero() {
        store.report(ONE, new ReputationChange(-4_096, "bad announcement"), 0);
        assertEquals(-4_076, store.reputation(ONE, 1_000));
        assertEquals(0, store.reputation(ONE, 3_600_000));
        store.report(ONE, new ReputationChange(100, "useful"), 3_600_000);
        assertEquals(99, store.reputation(ONE, 3_601_999));
    }

    @Test
    void changesStopAtTheEndsOfTheScale() {
        for (int i = 0; i < 3; i++) {
            store.report(ONE, new ReputationChange(Integer.MAX_VALUE, "good"), 0);
        }
        assertEquals(Integer.MAX_VALUE, store.reputation(ONE, 0));
    }

    @Test
    void theNewestAddressesAreKeptAndUselessOnesComeLast() throws AddressException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            addresses.add(Multiaddr.parse("/ip4/1.2.3.4/tcp/" + i));
        }
        store.learn(ONE, addresses, 0);
        assertEquals(PeerStore.ADDRESSES_MAX, store.addresses(ONE).size());
        assertEquals("/ip4/1.2.3.4/tcp/19", store.addresses(ONE).getFirst().toString());
        store.failed(ONE, Multiaddr.parse("/ip4/1.2.3.4/tcp/19"));
        assertEquals("/ip4/1.2.3.4/tcp/19", store.addresses(ONE).getLast().toString());
    }

    @Test
    void addressesOfOthersAndThoseThatCannotBeDialledAreNotLearnt() throws AddressException {
        PeerId other = peer(7);
        store.learn(ONE,
                List.of(Multiaddr.parse("/ip4/1.2.3.4/tcp/1").withPeer(other), Multiaddr.parse("/ip4/1.2.3.4/udp/1")),
                0);
        assertEquals(List.of(), store.addresses(ONE));
        assertEquals(List.of(), store.reachable());
    }

    @Test
    void notMorePeersAreKnownThanThereIsRoomForAndTheBannedStay() {
        store.report(ONE, ReputationChange.fatal("genesis"), 0);
        for (int i = 1; i <= PeerStore.PEERS_MAX + 50; i++) {
            store.report(peer(i), new ReputationChange(1, "seen"), i);
        }
        assertEquals(PeerStore.PEERS_MAX, store.size());
        assertTrue(store.isBanned(ONE, 1_000));
    }

    static PeerId peer(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) (number >> 8);
        key[1] = (byte) number;
        key[2] = 1;
        return PeerId.ofEd25519(key);
    }
}
