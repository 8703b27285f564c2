package io.vilokanam.trie;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.SeededTest;

class NodeViewTest {

    @ParameterizedTest
    @CsvSource({
            "0x, no bytes",
            "0x0000, surplus",
            "0x01, header 1",
            "0x0f, header 15",
            "0x41, partial key",
            "0x410a, length",
            "0x411a04ff, not padded",
            "0x410a08ff, value",
            "0x410a04ffff, surplus",
            "0x410a0500ff, written in 2 bytes",
            "0x410a020000, length",
            "0x410a02000000ff, written in 4 bytes",
            "0x410a03000000, above 2^30",
            "0x800000, without children",
            "0x8001, bitmap",
            "0x80010000, child of 0 bytes",
            "0x80010004, child",
            "0x21, partial key",
            "0x200011, value",
            "0x7fffffff, partial key length",
    })
    void refusesWhatNoTrieWrites(String encoded, String why) {
        byte[] bytes = Hex.decode(encoded);
        var refusal = assertThrows(TrieException.class, () -> NodeView.of(bytes, 0, bytes.length));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    @Test
    void refusesAChildThatIsLongerThanAHash() {
        byte[] bytes = new byte[3 + 1 + 33];
        bytes[0] = (byte) 0x80;
        bytes[1] = 1;
        bytes[3] = (byte) (33 << 2);
        var refusal = assertThrows(TrieException.class, () -> NodeView.of(bytes, 0, bytes.length));
        assertEquals("trie child of 33 bytes, expected 1 to 32", refusal.getMessage());
    }

    @Test
    void refusesAPartialKeyAboveTheLimit() {
        byte[] bytes = new byte[300];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[0] = 0x7f;
        assertThrows(TrieException.class, () -> NodeView.of(bytes, 0, bytes.length));
    }

    @SeededTest(runs = 300)
    void readsPartialKeysOfEveryLength(long seed) throws TrieException {
        var random = new Random(seed);
        byte[] key = new byte[random.nextInt(1, 700)];
        random.nextBytes(key);
        int start = random.nextInt(2);
        var writer = new NodeWriter();
        var leaf = new Leaf(key, start, new byte[]{7}, false);
        writer.node(leaf);
        var view = NodeView.of(writer.copy(), 0, writer.position());
        assertEquals(Nibbles.count(key) - start, view.partialNibbles);
        assertArrayEquals(key,
                Nibbles.join(key, 0, start == 0 ? -1 : Nibbles.at(key, 0), view.bytes, view.partialOffset,
                        view.partialNibbles));
    }

    /** Whatever the bytes are, they are a node or refused: nothing else comes out of it. */
    @SeededTest(runs = 300)
    void survivesBrokenNodes(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 4 && random.nextBoolean()) {
                bytes[0] = (byte) 0x80;
                bytes[1] = (byte) (1 << random.nextInt(8));
                bytes[2] = 0;
                bytes[3] = (byte) (Math.min(bytes.length - 4, 32) << 2);
            }
            byte[] root = Blake2b.hash256(bytes);
            var store = new MemoryStore();
            store.add(bytes);
            try {
                ReadProof.of(List.of(bytes)).read(root, new byte[]{0x12, 0x34});
                StateTrie.open(root, store).get(new byte[]{0x12, 0x34});
            } catch (TrieException | TrieStoreException refused) {
                assertTrue(refused.getMessage().length() > 10);
            }
        }
    }

    @Test
    void aStoreWithoutANodeIsReported() {
        byte[] root = new byte[32];
        var failure = assertThrows(TrieStoreException.class, () -> StateTrie.open(root, NodeStore.EMPTY));
        assertTrue(failure.getMessage().contains(Hex.encode(root)));
    }
}
