package io.vilokanam.node.authoring;

/** No block could be built on a parent. The message says what the runtime did not take. */
public final class ProposalException extends Exception {

    private static final long serialVersionUID = 1;

    public ProposalException(String message) {
        super(message);
    }
}
