package io.vilokanam.api;

import java.util.Optional;

/**
 * Default child tries ({@code ext_default_child_storage}): states within the state, each named by a key without the
 * {@code :child_storage:default:} prefix, whose root stands under the prefixed key in the parent.
 */
public interface ChildStorage {

    Optional<byte[]> childGet(byte[] child, byte[] key);

    void childPut(byte[] child, byte[] key, byte[] value);

    void childDelete(byte[] child, byte[] key);

    Optional<byte[]> childNextKey(byte[] child, byte[] key);

    Storage.Cleared childClearPrefix(byte[] child, byte[] prefix, long limit);

    /** Deletes the whole child trie, at most {@code limit} keys of the state before ({@code -1}: no limit). */
    Storage.Cleared childKill(byte[] child, long limit);

    byte[] childRoot(byte[] child);
}
