package io.vilokanam.consensus.grandpa.authorities;

/**
 * A block announces or enacts a change of the authority set against the rules: it cannot be imported, or not finalised
 * yet. Carries no stack trace.
 */
public final class SetChangeException extends Exception {

    private static final long serialVersionUID = 1;

    /** Which rule is broken. */
    public enum Rule {
        /** The next set is empty or has an authority without weight. */
        INVALID_AUTHORITIES,
        /** The block has announced a change before. */
        DUPLICATE,
        /** A forced change is pending on this branch already. */
        SEVERAL_FORCED_CHANGES,
        /** A scheduled change must be enacted before this forced one. */
        FORCED_CHANGE_TOO_EARLY,
        /** Finalising this block would pass over a second change: the changes of a branch are finalised one by one. */
        UNFINALIZED_CHANGE,
        /** The block is not above the last finalised one. */
        BEHIND_FINALIZED
    }

    private final Rule rule;

    SetChangeException(Rule rule, String message) {
        super(message, null, false, false);
        this.rule = rule;
    }

    public Rule rule() {
        return rule;
    }
}
