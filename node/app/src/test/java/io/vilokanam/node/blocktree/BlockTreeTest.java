package io.vilokanam.node.blocktree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

final class BlockTreeTest {

    private final BlockTree tree = new BlockTree(block("0", 0));

    private static BlockRef block(String name, long number) {
        return new BlockRef(Hash.wrap(Blake2b.hash256(Bytes.ascii(name).view())), number);
    }

    private static Hash hash(String name) {
        return block(name, 0).hash();
    }

    private Optional<TreeRoute> insert(String name, long number, String parent) {
        return tree.insert(block(name, number), hash(parent));
    }

    @Test
    void followsTheLongestChain() {
        TreeRoute first = insert("a1", 1, "0").orElseThrow();
        assertEquals(List.of(block("a1", 1)), first.enacted());
        assertFalse(first.isReorganisation());
        insert("a2", 2, "a1");
        assertEquals(block("a2", 2), tree.best());
    }

    @Test
    void keepsTheBlockThatCameFirstWhenChainsAreAsLong() {
        insert("a1", 1, "0");
        assertTrue(insert("b1", 1, "0").isEmpty());
        assertEquals(block("a1", 1), tree.best());
        assertEquals(List.of(block("a1", 1), block("b1", 1)), tree.leaves());
    }

    @Test
    void reorganisesToALongerFork() {
        insert("a1", 1, "0");
        insert("a2", 2, "a1");
        insert("b1", 1, "0");
        insert("b2", 2, "b1");
        TreeRoute route = insert("b3", 3, "b2").orElseThrow();
        assertEquals(List.of(block("a2", 2), block("a1", 1)), route.retracted());
        assertEquals(block("0", 0), route.common());
        assertEquals(List.of(block("b1", 1), block("b2", 2), block("b3", 3)), route.enacted());
    }

    @Test
    void refusesABlockWithoutItsParent() {
        assertThrows(IllegalStateException.class, () -> insert("a2", 2, "a1"));
    }

    @Test
    void finalisesAllBlocksUpToTheAskedOneAndPrunesForks() {
        insert("a1", 1, "0");
        insert("a2", 2, "a1");
        insert("a3", 3, "a2");
        insert("b1", 1, "0");
        insert("b2", 2, "b1");
        insert("c3", 3, "a2");
        BlockTree.Finality finality = tree.finalise(hash("a2"));
        assertEquals(List.of(block("a1", 1), block("a2", 2)), finality.finalised());
        assertEquals(List.of(block("b2", 2), block("b1", 1)), finality.pruned());
        assertEquals(block("a3", 3), finality.best());
        assertEquals(List.of(block("a3", 3), block("c3", 3)), tree.unfinalised());
        assertEquals(List.of(block("a3", 3), block("c3", 3)), tree.leaves());
        assertFalse(tree.contains(hash("a1")));
        assertTrue(insert("a4", 4, "a3").isPresent());
    }

    @Test
    void movesTheBestBlockWhereFinalityChoseTheShorterFork() {
        insert("a1", 1, "0");
        insert("a2", 2, "a1");
        insert("b1", 1, "0");
        BlockTree.Finality finality = tree.finalise(hash("b1"));
        assertEquals(block("b1", 1), finality.best());
        assertEquals(List.of(block("a2", 2), block("a1", 1)), finality.pruned());
        assertEquals(List.of(block("b1", 1)), tree.leaves());
    }

    @Test
    void knowsAncestors() {
        insert("a1", 1, "0");
        insert("a2", 2, "a1");
        insert("b1", 1, "0");
        assertTrue(tree.isDescendant(hash("a2"), hash("a1")));
        assertTrue(tree.isDescendant(hash("a1"), hash("a1")));
        assertFalse(tree.isDescendant(hash("a2"), hash("b1")));
        assertEquals(Optional.of(block("a1", 1)), tree.ancestorAt(hash("a2"), 1));
        assertEquals(Optional.of(block("b1", 1)), tree.bestDescendant(hash("b1")));
        assertEquals(Optional.of(block("a2", 2)), tree.bestDescendant(hash("0")));
    }
}
