package io.vilokanam.rpc.backend;

/** The pool did not take a transaction. */
public final class PoolRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient PoolRefusal refusal;

    public PoolRefusedException(PoolRefusal refusal) {
        super(refusal.toString(), null, false, false);
        this.refusal = refusal;
    }

    public PoolRefusal refusal() {
        return refusal;
    }
}
