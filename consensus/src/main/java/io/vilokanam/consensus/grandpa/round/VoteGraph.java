package io.vilokanam.consensus.grandpa.round;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.vilokanam.consensus.Ancestry;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;

/**
 * The blocks that were voted for in a round and all between them and the round's base, each with the votes for it and
 * its descendants. Answers GHOST: follow the heavy child as long as there is one.
 *
 * <p>Same answers as {@code finality_grandpa::vote_graph}, which stores only the voted blocks; here every block on the
 * way is a node, so that each question is a plain walk up or down.
 */
final class VoteGraph {

    /** A block with the voters, by position, that prevoted and precommitted for it or a descendant. */
    static final class Node {
        private final BlockRef block;
        private final Node parent;
        private final List<Node> children = new ArrayList<>();
        private final BitSet prevotes = new BitSet();
        private final BitSet precommits = new BitSet();

        private Node(BlockRef block, Node parent) {
            this.block = block;
            this.parent = parent;
        }

        BitSet votes(Phase phase) {
            return phase == Phase.PREVOTE ? prevotes : precommits;
        }
    }

    private final Node base;
    private final Map<Hash, Node> nodes = new HashMap<>();

    VoteGraph(BlockRef base) {
        this.base = new Node(base, null);
        nodes.put(base.hash(), this.base);
    }

    BlockRef base() {
        return base.block;
    }

    /** Whether {@link #insert} of this block would succeed. */
    boolean reaches(Hash block, Ancestry chain) {
        return nodes.containsKey(block) || chain.isEqualOrDescendant(base.block.hash(), block);
    }

    /** Counts a vote for a block and its ancestors; false where the block does not descend from the base. */
    boolean insert(Hash block, int voter, Phase phase, Ancestry chain) {
        Node node = nodes.get(block);
        if (node == null) {
            Optional<List<Hash>> between = chain.ancestry(base.block.hash(), block);
            if (between.isEmpty()) {
                return false;
            }
            node = append(block, between.get());
        }
        // A node's votes are a superset of its descendants' votes: where the bit stands already, it stands all the way
        // down.
        while (node != null && !node.votes(phase).get(voter)) {
            node.votes(phase).set(voter);
            node = node.parent;
        }
        return true;
    }

    private Node append(Hash block, List<Hash> between) {
        int known = 0;
        while (known < between.size() && !nodes.containsKey(between.get(known))) {
            known++;
        }
        Node at = known < between.size() ? nodes.get(between.get(known)) : base;
        for (int i = known - 1; i >= 0; i--) {
            at = child(at, between.get(i));
        }
        return child(at, block);
    }

    private Node child(Node parent, Hash hash) {
        Node child = new Node(new BlockRef(hash, parent.block.number() + 1), parent);
        parent.children.add(child);
        nodes.put(hash, child);
        return child;
    }

    /**
     * The highest block from {@code block} down to the base that is heavy; empty where the block is not in the graph.
     */
    Optional<BlockRef> highestAncestor(BlockRef block, Predicate<Node> heavy) {
        for (Node node = nodes.get(block.hash()); node != null; node = node.parent) {
            if (heavy.test(node)) {
                return Optional.of(node.block);
            }
        }
        return Optional.empty();
    }

    /**
     * The GHOST from {@code start} upwards (from the base where it is empty): the last block of the chain of heavy
     * children. Empty where the start itself is not heavy.
     */
    Optional<BlockRef> ghost(Optional<BlockRef> start, Predicate<Node> heavy) {
        Node at = start.map(block -> nodes.get(block.hash())).orElse(base);
        if (!heavy.test(at)) {
            return Optional.empty();
        }
        Optional<Node> next = Optional.of(at);
        while (next.isPresent()) {
            at = next.get();
            next = at.children.stream().filter(heavy).findFirst();
        }
        return Optional.of(at.block);
    }
}
