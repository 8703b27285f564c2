package io.vilokanam.offchain.worker;

import java.util.Arrays;

import io.vilokanam.scale.Bytes;

/** Where in the local store the runtime's workers keep their values. */
public final class WorkerStorage {

    /** What Substrate puts in front of the keys of persistent local storage ({@code sp_core::offchain::STORAGE_PREFIX}). */
    private static final Bytes PREFIX = Bytes.ascii("storage");

    private WorkerStorage() {}

    /** The key in the local store of a worker's own key. */
    public static Bytes key(Bytes key) {
        byte[] whole = Arrays.copyOf(PREFIX.view(), PREFIX.size() + key.size());
        System.arraycopy(key.view(), 0, whole, PREFIX.size(), key.size());
        return Bytes.wrap(whole);
    }
}
