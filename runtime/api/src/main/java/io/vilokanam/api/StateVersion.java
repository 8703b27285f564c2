package io.vilokanam.api;

/** How values stand in the state trie: V0 within the node, V1 by hash from 33 bytes on. */
public enum StateVersion {
    V0, V1
}
