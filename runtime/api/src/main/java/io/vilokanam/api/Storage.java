package io.vilokanam.api;

import java.util.Optional;

/**
 * The chain's state as a runtime sees it: keys and values are bytes, reads see all earlier writes of the same call
 * (Polkadot specification, {@code ext_storage}). Arrays handed over are not written to afterwards by either side.
 */
public interface Storage {

    Optional<byte[]> get(byte[] key);

    boolean exists(byte[] key);

    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /**
     * Appends one SCALE-encoded element to the {@code Vec} under {@code key}: its compact count grows by one. What is no
     * such vector is replaced by one of this element alone, as {@code ext_storage_append} does.
     */
    void append(byte[] key, byte[] element);

    /** The first key behind {@code key} in unsigned byte order that has a value. */
    Optional<byte[]> nextKey(byte[] key);

    /**
     * Deletes keys that begin with {@code prefix}: all that were written since the block began, and at most {@code limit}
     * of those that stood in the state before ({@code -1}: no limit).
     */
    Cleared clearPrefix(byte[] prefix, long limit);

    /**
     * How far a deletion by prefix came.
     *
     * @param backend deleted keys that stood in the state before
     * @param unique all deleted keys
     * @param loops keys of the state that were visited
     * @param remain whether keys are left because of the limit
     */
    record Cleared(int backend, int unique, int loops, boolean remain) {}

    /** The state root with all writes so far, under the runtime's state version; child roots are put in first. */
    byte[] root();

    /** Opens a layer: what is written from now on can be taken back as one. */
    void startTransaction();

    /** Keeps what was written since the layer was opened. */
    void commitTransaction();

    /** Takes back what was written since the layer was opened. */
    void rollbackTransaction();
}
