package io.vilokanam.rpc.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;

/**
 * Buffers of JSON's readers and writers, shared by all threads: a call runs on a virtual thread of its own, so that what is kept
 * for each thread, as by default, would be made anew for each call.
 */
public final class SharedBuffers {

    /** So many sets are kept for later: about as many as calls run at one time. */
    private static final int KEPT_MAX = 256;

    private static final RecyclerPool<BufferRecycler> POOL = JsonRecyclerPools.newBoundedPool(KEPT_MAX);

    private SharedBuffers() {}

    /** A factory that uses them. */
    public static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder().recyclerPool(POOL);
    }
}
