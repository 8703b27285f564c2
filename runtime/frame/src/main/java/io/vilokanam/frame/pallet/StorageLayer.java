package io.vilokanam.frame.pallet;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.TransactionalError;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.scale.Codecs;

/** Runs a piece of work so that what it wrote is taken back where it fails ({@code with_storage_layer}). */
public final class StorageLayer {

    /** Work that writes to storage and may fail. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws DispatchException;
    }

    /** How many layers may be open within each other: FRAME's {@code TRANSACTIONAL_LIMIT}. */
    static final int LAYERS_MAX = 255;

    private static final byte[] LEVEL = WellKnownKeys.TRANSACTION_LEVEL.view();

    private StorageLayer() {}

    /** As {@link #of}, for work whose failure is an ordinary outcome: says whether it succeeded. */
    public static boolean attempt(Externalities ext, Work<?> work) {
        try {
            of(ext, work);
            return true;
        } catch (DispatchException takenBack) {
            return false;
        }
    }

    /** @throws DispatchException as the work, or {@code LimitReached} where too many layers are open already */
    public static <T> T of(Externalities ext, Work<T> work) throws DispatchException {
        long open = openLayers(ext);
        if (open >= LAYERS_MAX) {
            throw new DispatchException(new DispatchError.Transactional(TransactionalError.LIMIT_REACHED));
        }
        ext.put(LEVEL, Codecs.U32.encode(open + 1));
        try {
            return within(ext, work);
        } finally {
            noteOpenLayers(ext, open);
        }
    }

    private static <T> T within(Externalities ext, Work<T> work) throws DispatchException {
        ext.startTransaction();
        try {
            T result = work.run();
            ext.commitTransaction();
            return result;
        } catch (DispatchException failure) {
            ext.rollbackTransaction();
            throw failure;
        }
    }

    /** The count stands in storage, as in the reference: blocks agree on it, and a runtime has no other memory. */
    private static long openLayers(Externalities ext) {
        return ext.get(LEVEL).map(StorageLayer::readCount).orElse(0L);
    }

    private static long readCount(byte[] value) {
        long count = 0;
        for (int i = value.length - 1; i >= 0; i--) {
            count = count << 8 | value[i] & 255;
        }
        return count;
    }

    private static void noteOpenLayers(Externalities ext, long open) {
        if (open == 0) {
            ext.delete(LEVEL);
        } else {
            ext.put(LEVEL, Codecs.U32.encode(open));
        }
    }
}
