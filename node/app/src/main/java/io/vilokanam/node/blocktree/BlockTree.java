package io.vilokanam.node.blocktree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;

/**
 * The finalised block and all blocks built on it that are not final yet. The best block is the end of the longest chain; of
 * several as long, the one that was there first (sc-consensus, {@code LongestChain}; sc-client-db takes a new block as best
 * only where its number is higher). Owned by one thread.
 */
public final class BlockTree {

    /** More blocks than this above the finalised one are refused: finality stands still and memory is finite. */
    public static final int BLOCKS_MAX = 1 << 20;

    private static final class Entry {
        private final BlockRef block;
        private Entry parent;
        private final List<Entry> children = new ArrayList<>(1);

        private Entry(BlockRef block, Entry parent) {
            this.block = block;
            this.parent = parent;
        }
    }

    /**
     * What finality did.
     *
     * @param finalised the blocks that became final, oldest first, the asked one last
     * @param pruned the blocks that lost, children before their parents
     * @param best the best block, which is another one where the former lost
     */
    public record Finality(List<BlockRef> finalised, List<BlockRef> pruned, BlockRef best) {
        public Finality {
            finalised = List.copyOf(finalised);
            pruned = List.copyOf(pruned);
        }
    }

    private final Map<Hash, Entry> entries = new LinkedHashMap<>();
    /** Those without children, in the order of {@link #entries}. */
    private final Set<Entry> leaves = new LinkedHashSet<>();
    private Entry root;
    private Entry best;

    /** A tree of the finalised block alone. */
    public BlockTree(BlockRef finalised) {
        root = new Entry(finalised, null);
        best = root;
        entries.put(finalised.hash(), root);
        leaves.add(root);
    }

    public BlockRef finalised() {
        return root.block;
    }

    public BlockRef best() {
        return best.block;
    }

    public boolean contains(Hash block) {
        return entries.containsKey(block);
    }

    public Optional<BlockRef> find(Hash block) {
        return Optional.ofNullable(entries.get(block)).map(entry -> entry.block);
    }

    /** Whether there is room for another block. */
    public boolean isFull() {
        return entries.size() >= BLOCKS_MAX;
    }

    /**
     * Adds a block to its parent.
     *
     * @return the way from the former best block to this one where it is the best now; empty otherwise
     * @throws IllegalStateException if the parent is unknown or the block is there already: the caller has looked before
     */
    public Optional<TreeRoute> insert(BlockRef block, Hash parent) {
        Entry above = entries.get(parent);
        if (above == null || entries.containsKey(block.hash())) {
            throw new IllegalStateException("block " + block + " is known, or its parent " + parent + " is not");
        }
        Entry entry = new Entry(block, above);
        above.children.add(entry);
        entries.put(block.hash(), entry);
        leaves.remove(above);
        leaves.add(entry);
        if (block.number() <= best.block.number()) {
            return Optional.empty();
        }
        TreeRoute route = route(best, entry);
        best = entry;
        return Optional.of(route);
    }

    /**
     * Makes a block final, and all between it and the last final one. What is not built on it is thrown out; where that is
     * the best block, the longest chain on the final one takes its place.
     *
     * @throws IllegalStateException if the block is not in the tree
     */
    public Finality finalise(Hash block) {
        Entry target = entries.get(block);
        if (target == null) {
            throw new IllegalStateException("block " + block + " is not above the finalised one");
        }
        Deque<BlockRef> newlyFinal = new ArrayDeque<>();
        List<BlockRef> pruned = new ArrayList<>();
        for (Entry entry = target; entry != root; entry = entry.parent) {
            newlyFinal.addFirst(entry.block);
            for (Entry sibling : entry.parent.children) {
                if (sibling != entry) {
                    prune(sibling, pruned);
                }
            }
        }
        for (Entry entry = target.parent; entry != null; entry = entry.parent) {
            entries.remove(entry.block.hash());
        }
        target.parent = null;
        root = target;
        if (!entries.containsKey(best.block.hash())) {
            best = longest();
        }
        return new Finality(new ArrayList<>(newlyFinal), pruned, best.block);
    }

    private void prune(Entry top, List<BlockRef> pruned) {
        Deque<Entry> open = new ArrayDeque<>(List.of(top));
        List<BlockRef> downwards = new ArrayList<>();
        while (!open.isEmpty()) {
            Entry entry = open.pop();
            entries.remove(entry.block.hash());
            leaves.remove(entry);
            downwards.add(entry.block);
            entry.children.forEach(open::push);
        }
        pruned.addAll(downwards.reversed());
    }

    /** Insertion order decides between chains of one length: {@code entries} keeps it. */
    private Entry longest() {
        Entry longest = root;
        for (Entry entry : entries.values()) {
            if (entry.block.number() > longest.block.number()) {
                longest = entry;
            }
        }
        return longest;
    }

    /** The way from one block of the tree to another; empty where one of them is not in it. */
    public Optional<TreeRoute> route(Hash from, Hash to) {
        Entry start = entries.get(from);
        Entry end = entries.get(to);
        return start == null || end == null ? Optional.empty() : Optional.of(route(start, end));
    }

    private static TreeRoute route(Entry from, Entry to) {
        List<BlockRef> retracted = new ArrayList<>();
        Deque<BlockRef> enacted = new ArrayDeque<>();
        Entry left = from;
        Entry right = to;
        while (left != right) {
            if (left.block.number() >= right.block.number()) {
                retracted.add(left.block);
                left = left.parent;
            } else {
                enacted.addFirst(right.block);
                right = right.parent;
            }
        }
        return new TreeRoute(retracted, left.block, new ArrayList<>(enacted));
    }

    /** Whether {@code block} is {@code ancestor} or built on it; false where one of them is not in the tree. */
    public boolean isDescendant(Hash block, Hash ancestor) {
        Entry above = entries.get(ancestor);
        Entry entry = entries.get(block);
        if (above == null) {
            return false;
        }
        while (entry != null && entry.block.number() > above.block.number()) {
            entry = entry.parent;
        }
        return entry == above;
    }

    /** The ancestor of a block at a height, or the block itself. */
    public Optional<BlockRef> ancestorAt(Hash block, long number) {
        Entry entry = entries.get(block);
        while (entry != null && entry.block.number() > number) {
            entry = entry.parent;
        }
        return entry == null || entry.block.number() != number ? Optional.empty() : Optional.of(entry.block);
    }

    /** The longest chain's end among the descendants of a block, the block itself included. */
    public Optional<BlockRef> bestDescendant(Hash ancestor) {
        if (!contains(ancestor)) {
            return Optional.empty();
        }
        if (isDescendant(best.block.hash(), ancestor)) {
            return Optional.of(best.block);
        }
        BlockRef longest = entries.get(ancestor).block;
        for (Entry entry : entries.values()) {
            if (entry.block.number() > longest.number() && isDescendant(entry.block.hash(), ancestor)) {
                longest = entry.block;
            }
        }
        return Optional.of(longest);
    }

    public List<BlockRef> children(Hash block) {
        Entry entry = entries.get(block);
        return entry == null ? List.of() : entry.children.stream().map(child -> child.block).toList();
    }

    /** The blocks without children, the longest chain's first, the older first where they are as long. */
    public List<BlockRef> leaves() {
        return leaves.stream().map(entry -> entry.block)
                .sorted(Comparator.comparingLong(BlockRef::number).reversed()).toList();
    }

    /** All blocks above the finalised one, parents before their children. */
    public List<BlockRef> unfinalised() {
        return entries.values().stream().filter(entry -> entry != root).map(entry -> entry.block)
                .sorted(Comparator.comparingLong(BlockRef::number)).toList();
    }
}
