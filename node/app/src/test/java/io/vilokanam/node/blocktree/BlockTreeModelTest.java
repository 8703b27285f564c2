package io.vilokanam.node.blocktree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;
import io.vilokanam.testkit.SeededTest;

/** Random trees against a list of blocks that is searched from end to end. */
final class BlockTreeModelTest {

    private static final int STEPS = 60;

    private final Map<Hash, Hash> parents = new HashMap<>();
    private final List<BlockRef> known = new ArrayList<>();
    private BlockRef finalised;
    private BlockRef best;

    private BlockRef random(SplittableRandom random) {
        return known.get(random.nextInt(known.size()));
    }

    private List<BlockRef> path(BlockRef block) {
        List<BlockRef> path = new ArrayList<>();
        for (Hash at = block.hash(); at != null; at = parents.get(at)) {
            Hash wanted = at;
            known.stream().filter(other -> other.hash().equals(wanted)).forEach(path::add);
        }
        return path.reversed();
    }

    private boolean isBelow(BlockRef ancestor, BlockRef block) {
        return path(block).contains(ancestor);
    }

    private void insert(BlockTree tree, SplittableRandom random) {
        BlockRef parent = random(random);
        byte[] hash = new byte[Hash.SIZE];
        random.nextBytes(hash);
        BlockRef block = new BlockRef(Hash.wrap(hash), parent.number() + 1);
        List<BlockRef> before = path(best);
        Optional<TreeRoute> route = tree.insert(block, parent.hash());
        parents.put(block.hash(), parent.hash());
        known.add(block);
        assertEquals(block.number() > best.number(), route.isPresent());
        if (route.isPresent()) {
            best = block;
            List<BlockRef> after = path(best);
            List<BlockRef> left = new ArrayList<>(before);
            left.removeAll(after);
            List<BlockRef> entered = new ArrayList<>(after);
            entered.removeAll(before);
            assertEquals(left.reversed(), route.get().retracted());
            assertEquals(entered, route.get().enacted());
        }
    }

    private void finalise(BlockTree tree, SplittableRandom random) {
        BlockRef target = random(random);
        List<BlockRef> newlyFinal = path(target);
        Set<BlockRef> lost = new HashSet<>();
        known.stream().filter(block -> !isBelow(target, block) && !newlyFinal.contains(block)).forEach(lost::add);
        BlockTree.Finality finality = tree.finalise(target.hash());
        newlyFinal.remove(finalised);
        assertEquals(newlyFinal, finality.finalised());
        assertEquals(lost, new HashSet<>(finality.pruned()));
        known.removeIf(block -> !isBelow(target, block));
        finalised = target;
        parents.remove(target.hash());
        if (!known.contains(best)) {
            best = known.stream().reduce(target, (a, b) -> b.number() > a.number() ? b : a);
        }
        assertEquals(best, finality.best());
    }

    @SeededTest(runs = 100)
    void agreesWithASearchThroughAllBlocks(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        finalised = new BlockRef(Hash.ZERO, 0);
        best = finalised;
        known.add(finalised);
        BlockTree tree = new BlockTree(finalised);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(12) == 0) {
                finalise(tree, random);
            } else {
                insert(tree, random);
            }
            assertEquals(finalised, tree.finalised());
            assertEquals(best, tree.best());
            BlockRef one = random(random);
            BlockRef other = random(random);
            assertEquals(isBelow(other, one), tree.isDescendant(one.hash(), other.hash()));
        }
    }
}
