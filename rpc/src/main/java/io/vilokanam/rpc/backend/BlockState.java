package io.vilokanam.rpc.backend;

import java.util.List;
import java.util.Optional;

import io.vilokanam.scale.Bytes;

/**
 * The storage after a block. {@code child} is empty for the main trie, else the whole storage key of the child trie's root,
 * {@code :child_storage:default:} in front. A child trie that does not exist reads as empty.
 */
public interface BlockState {

    Optional<Bytes> get(Optional<Bytes> child, Bytes key);

    /**
     * Keys with a prefix, ascending in byte order.
     *
     * @param after only keys strictly greater than this one
     * @param max at most so many
     */
    List<Bytes> keys(Optional<Bytes> child, Bytes prefix, Optional<Bytes> after, int max);

    /** The trie nodes that prove what the main trie says about the keys, each once. */
    List<Bytes> proof(List<Bytes> keys);

    /** The trie nodes, of the main trie too, that prove what a child trie says about the keys, each once. */
    List<Bytes> childProof(Bytes child, List<Bytes> keys);

    /**
     * The hash of the trie node at a key or, if none is there, of the nearest below it. For a node that stands inside its
     * parent, because it is shorter than a hash, a stock node gives no bytes at all, and so does this. Empty where no key has
     * this prefix.
     */
    Optional<Bytes> closestDescendantMerkleValue(Optional<Bytes> child, Bytes key);
}
