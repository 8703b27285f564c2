package io.vilokanam.node.network.peerset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.node.network.address.PeerId;

final class PeersFileTest {

    @TempDir
    private Path folder;

    private static PeerId peer(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return PeerId.ofEd25519(key);
    }

    @Test
    void aStoreGoesOnWhereItStood() throws Exception {
        PeerStore before = new PeerStore();
        before.learn(peer(1), List.of(Multiaddr.parse("/ip4/1.2.3.4/tcp/5"), Multiaddr.parse("/dns/a.b/tcp/443/wss")),
                0);
        before.report(peer(2), ReputationChange.fatal("banned"), 0);
        before.report(peer(3), new ReputationChange(-100, "of no account"), 0);
        Path file = folder.resolve("network").resolve("peers");
        PeersFile.write(file, before.remembered(0));

        PeerStore after = new PeerStore();
        after.remember(PeersFile.read(file), 1_000_000);
        assertEquals(before.addresses(peer(1)), after.addresses(peer(1)));
        assertTrue(after.isBanned(peer(2), 1_000_000));
        assertEquals(0, after.reputation(peer(3), 1_000_000), "neither banned nor reachable");
    }

    @Test
    void whatIsKnownAlreadyCountsMore() throws Exception {
        PeerStore store = new PeerStore();
        store.learn(peer(1), List.of(Multiaddr.parse("/ip4/1.2.3.4/tcp/5")), 0);
        store.remember(List.of(new KnownPeer(peer(1), -5, List.of(Multiaddr.parse("/ip4/9.9.9.9/tcp/9")))), 0);
        assertEquals(List.of(Multiaddr.parse("/ip4/1.2.3.4/tcp/5")), store.addresses(peer(1)));
        assertEquals(0, store.reputation(peer(1), 0));
    }

    @Test
    void linesWithoutSenseArePassedOver() throws Exception {
        Path file = folder.resolve("peers");
        Files.writeString(file, "nonsense\n\n7\n0 not-an-id /ip4/1.2.3.4/tcp/5\n12 " + peer(4)
                + " /ip4/1.2.3.4/tcp/5\n99999999999999999999 " + peer(5) + "\n-9999999999 " + peer(6) + "\n");
        assertEquals(List.of(new KnownPeer(peer(4), 12, List.of(Multiaddr.parse("/ip4/1.2.3.4/tcp/5"))),
                new KnownPeer(peer(6), Integer.MIN_VALUE, List.of())), PeersFile.read(file));
        assertEquals(List.of(), PeersFile.read(folder.resolve("none")));
    }

    @Test
    void aFileBeyondTheLimitIsNotRead() throws Exception {
        Path file = folder.resolve("peers");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(PeersFile.BYTES_MAX + 1);
        }
        assertThrows(IOException.class, () -> PeersFile.read(file));
    }
}
