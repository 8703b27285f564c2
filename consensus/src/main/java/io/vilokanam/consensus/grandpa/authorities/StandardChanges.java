package io.vilokanam.consensus.grandpa.authorities;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.vilokanam.consensus.Ancestry;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;

/**
 * The scheduled changes that wait for finality, on all branches: a forest in which each change stands under the one
 * that was announced before it on its branch. Same rules as the {@code fork-tree} of stock nodes, kept flat: parents
 * stand in front of their children.
 *
 * @param bestFinalized the height up to which the forest was finalised
 */
record StandardChanges(List<Entry> entries, Optional<Long> bestFinalized) {

    static final StandardChanges NONE = new StandardChanges(List.of(), Optional.empty());

    /** A change and the announcing block of the change before it on the same branch; a root has none. */
    record Entry(PendingChange change, Optional<Hash> parent) {

        BlockRef block() {
            return change.signalledAt();
        }

        boolean isRoot() {
            return parent.isEmpty();
        }

        boolean isAt(Hash block, Ancestry chain) {
            return chain.isEqualOrDescendant(block().hash(), block);
        }
    }

    StandardChanges {
        entries = List.copyOf(entries);
    }

    /** The forest with one more change, under the latest change of its branch. */
    StandardChanges plus(PendingChange change, Ancestry chain) throws SetChangeException {
        BlockRef block = change.signalledAt();
        requireAboveFinalized(block);
        if (entries.stream().anyMatch(entry -> entry.block().hash().equals(block.hash()))) {
            throw new SetChangeException(SetChangeException.Rule.DUPLICATE,
                    "block " + block + " has announced a change");
        }
        Optional<Hash> parent = entries.stream()
                .filter(entry -> entry.block().number() < block.number() && entry.isAt(block.hash(), chain))
                .max(Comparator.comparingLong(entry -> entry.block().number())).map(entry -> entry.block().hash());
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(change, parent));
        return new StandardChanges(more, bestFinalized);
    }

    private void requireAboveFinalized(BlockRef block) throws SetChangeException {
        if (bestFinalized.isPresent() && block.number() <= bestFinalized.get()) {
            throw new SetChangeException(SetChangeException.Rule.BEHIND_FINALIZED,
                    "block " + block + " is not above the finalised #" + bestFinalized.get());
        }
    }

    /** The forest without what blocks above a height announced; children stand higher than their parents. */
    StandardChanges upTo(long height) {
        return new StandardChanges(entries.stream().filter(entry -> entry.block().number() <= height).toList(),
                bestFinalized);
    }

    List<PendingChange> roots() {
        return entries.stream().filter(Entry::isRoot).map(Entry::change).toList();
    }

    List<PendingChange> all() {
        return entries.stream().map(Entry::change).toList();
    }

    /**
     * Whether the finality of {@code block} enacts a change: empty where none takes effect at just this height, else
     * whether it is the next one of its branch.
     */
    Optional<Boolean> enactedAt(BlockRef block, Ancestry chain) throws SetChangeException {
        requireAboveFinalized(block);
        for (Entry entry : entries) {
            if (entry.change().effectiveNumber() == block.number() && entry.isAt(block.hash(), chain)) {
                requireNoChildUpTo(entry, block, chain);
                return Optional.of(entry.isRoot());
            }
        }
        return Optional.empty();
    }

    private void requireNoChildUpTo(Entry entry, BlockRef block, Ancestry chain) throws SetChangeException {
        for (Entry child : entries) {
            if (child.parent().filter(entry.block().hash()::equals).isPresent()
                    && child.block().number() <= block.number() && child.isAt(block.hash(), chain)) {
                throw new SetChangeException(SetChangeException.Rule.UNFINALIZED_CHANGE,
                        "finalising " + block + " would enact the change of " + entry.block()
                                + " and pass over that of " + child.block());
            }
        }
    }

    /** What finality did: the forest that is left, the change that took effect, and whether anything changed at all. */
    record Finalized(StandardChanges left, Optional<PendingChange> enacted, boolean isChanged) {}

    Finalized finalizing(BlockRef block, Ancestry chain) throws SetChangeException {
        requireAboveFinalized(block);
        Optional<Entry> enacted = Optional.empty();
        for (Entry entry : entries) {
            if (enacted.isEmpty() && entry.isRoot() && entry.change().effectiveNumber() <= block.number()
                    && entry.isAt(block.hash(), chain)) {
                requireNoChildUpTo(entry, block, chain);
                enacted = Optional.of(entry);
            }
        }
        List<Entry> behind = enacted.map(this::below).orElse(entries);
        List<Entry> left = withRoots(behind, root -> concerns(root.block(), block, chain));
        boolean changed = enacted.isPresent() || left.size() != entries.size();
        return new Finalized(new StandardChanges(left, Optional.of(block.number())), enacted.map(Entry::change),
                changed);
    }

    /** A change still matters where its block stands on the finalised block's branch, above or below it. */
    private static boolean concerns(BlockRef change, BlockRef finalized, Ancestry chain) {
        if (change.number() > finalized.number()) {
            return chain.isEqualOrDescendant(finalized.hash(), change.hash());
        }
        return chain.isEqualOrDescendant(change.hash(), finalized.hash());
    }

    /** The changes announced behind this one; the nearest become roots. */
    private List<Entry> below(Entry top) {
        Set<Hash> kept = new HashSet<>();
        List<Entry> below = new ArrayList<>();
        for (Entry entry : entries) {
            boolean isChild = entry.parent().filter(top.block().hash()::equals).isPresent();
            if (isChild || entry.parent().filter(kept::contains).isPresent()) {
                kept.add(entry.block().hash());
                below.add(isChild ? new Entry(entry.change(), Optional.empty()) : entry);
            }
        }
        return below;
    }

    private static List<Entry> withRoots(List<Entry> entries, Predicate<Entry> keep) {
        Set<Hash> kept = new HashSet<>();
        List<Entry> left = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.isRoot() ? keep.test(entry) : kept.contains(entry.parent().get())) {
                kept.add(entry.block().hash());
                left.add(entry);
            }
        }
        return left;
    }

    /** The forest without the changes announced behind {@code block} on its branch: the chain went back to it. */
    StandardChanges reverted(BlockRef block, Ancestry chain) {
        List<Entry> left = entries.stream().filter(entry -> entry.block().number() <= block.number()
                || !chain.isEqualOrDescendant(block.hash(), entry.block().hash())).toList();
        return new StandardChanges(left, bestFinalized);
    }
}
