package io.vilokanam.rpc.backend;

/** No proof of finality can be given; the message says why, e.g. {@code Block not yet finalized}. */
public final class FinalityProofException extends Exception {

    private static final long serialVersionUID = 1;

    public FinalityProofException(String message) {
        super(message, null, false, false);
    }
}
