package io.vilokanam.node.finality;

/** Somebody else signs with the keys of this validator: it must not. */
public final class DoubleSignException extends Exception {

    private static final long serialVersionUID = 1;

    public DoubleSignException(String seen) {
        super("another node uses the keys of this validator: " + seen
                + ". Stop one of the two; this one does not sign. (--double-sign-guard off goes on all the same.)");
    }
}
