package io.vilokanam.node.storage;

/** The database cannot be read or written, or does not hold what it must: the node stops. */
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreFailure(String message) {
        super(message);
    }

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
