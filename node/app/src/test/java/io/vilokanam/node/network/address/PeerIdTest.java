package io.vilokanam.node.network.address;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

class PeerIdTest {

    /** Secrets with the ids that libp2p derives from them; the last one is of the libp2p spec. */
    private static final Map<String, String> IDS = Map.of(
            "0000000000000000000000000000000000000000000000000000000000000001",
            "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp",
            "0000000000000000000000000000000000000000000000000000000000000002",
            "12D3KooWHdiAxVd8uMQR1hGWXccidmfCwLqcMpGwR6QcTP6QRMuD",
            "7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d",
            "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq");

    @Test
    void idsAreThoseThatLibp2pDerives() throws AddressException {
        for (Map.Entry<String, String> entry : IDS.entrySet()) {
            byte[] key = Ed25519KeyPair.fromSeed(Bytes.fromHex(entry.getKey()).toArray()).publicKey();
            PeerId id = PeerId.ofEd25519(key);
            assertEquals(entry.getValue(), id.toString());
            assertEquals(id, PeerId.parse(entry.getValue()));
            assertArrayEquals(key, id.ed25519Key().orElseThrow());
        }
    }

    @Test
    void idsOfOtherKeysAreKeptWithoutBeingUnderstood() throws AddressException {
        byte[] hashed = new byte[34];
        hashed[0] = 0x12;
        hashed[1] = 32;
        PeerId id = PeerId.ofBytes(hashed);
        assertEquals(Optional.empty(), id.ed25519Key());
        assertEquals(id, PeerId.parse(id.toString()));
    }

    @Test
    void whatIsNoMultihashOfAKeyIsRefused() {
        for (String wrong : new String[]{"", "0001", "0024aa", "1220", "1320" + "00".repeat(32),
                "002b" + "00".repeat(43)}) {
            assertThrows(AddressException.class, () -> PeerId.ofBytes(Bytes.fromHex(wrong).toArray()), wrong);
        }
        assertThrows(AddressException.class, () -> PeerId.parse("12D3KooW0"));
        assertThrows(AddressException.class, () -> PeerId.parse("1".repeat(65)));
    }

    @SeededTest(runs = 200)
    void anyBytesGiveAnIdOrARefusal(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        try {
            assertEquals(Bytes.wrap(bytes), PeerId.ofBytes(bytes).multihash());
        } catch (AddressException e) {
            assertEquals(AddressException.class, e.getClass());
        }
    }
}
