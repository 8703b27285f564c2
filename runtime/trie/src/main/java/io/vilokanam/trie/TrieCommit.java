package io.vilokanam.trie;

import io.vilokanam.crypto.hash.Blake2b;

/** Finds what a trie has and its store has not. */
final class TrieCommit {

    private final NodeSink sink;
    private final NodeWriter writer = new NodeWriter();

    TrieCommit(NodeSink sink) {
        this.sink = sink;
    }

    /** A root node is stored even if it is shorter than its hash. */
    void commit(Node root, byte[] hash) {
        below(root);
        write(root, hash);
        root.markPersisted();
    }

    /** Everything below a node and its value; children come before their parents. */
    private void below(Node node) {
        switch (node) {
            case Leaf leaf -> value(leaf.value, leaf.isHashed);
            case Branch branch -> {
                for (Node child : branch.children) {
                    if (!child.isPersisted()) {
                        below(child);
                        if (child.merkleLength() == Node.HASH_LENGTH) {
                            write(child, child.merkle());
                        }
                        child.markPersisted();
                    }
                }
                value(branch.value, branch.isHashed);
            }
            case StoredNode _ -> throw new IllegalStateException("a node that was not read is stored already");
        }
    }

    private void write(Node node, byte[] hash) {
        writer.clear();
        writer.node(node);
        sink.node(hash, writer.copy());
    }

    private void value(Object value, boolean isHashed) {
        if (isHashed && value instanceof byte[] bytes) {
            sink.value(Blake2b.hash256(bytes), bytes);
        }
    }
}
