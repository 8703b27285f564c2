package io.vilokanam.frame.pallet;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;

/** Runs a piece of work so that what it wrote is taken back where it fails ({@code with_storage_layer}). */
public final class StorageLayer {

    /** Work that writes to storage and may fail. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws DispatchException;
    }

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

    public static <T> T of(Externalities ext, Work<T> work) throws DispatchException {
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
}
