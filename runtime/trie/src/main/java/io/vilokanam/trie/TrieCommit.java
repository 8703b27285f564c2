package io.vilokanam.trie;

/** Finds what of a trie was not written yet, and gives it its addresses. */
final class TrieCommit {

    private final RowSink sink;
    private final NodeWriter writer = new NodeWriter();

    TrieCommit(RowSink sink) {
        this.sink = sink;
    }

    /** A root node has a row even if it is shorter than its hash. */
    void commit(Node root) {
        below(root);
        write(root);
    }

    /** Everything below a node; children come before their parents. */
    private void below(Node node) {
        if (node instanceof Branch branch) {
            for (Node child : branch.children) {
                if (child.address() == Node.NOT_WRITTEN) {
                    below(child);
                    if (child.merkleLength() == Node.HASH_LENGTH) {
                        write(child);
                    } else {
                        child.address(Node.WITHIN_PARENT);
                    }
                }
            }
        }
    }

    private void write(Node node) {
        writer.clear();
        writer.row(node);
        node.address(sink.add(writer.copy()));
    }
}
