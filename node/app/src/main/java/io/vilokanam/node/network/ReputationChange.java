package io.vilokanam.node.network;

/**
 * How a peer's reputation changes, on Substrate's scale: an {@code i32} that begins at 0, drifts back there, and bans below 71 % of
 * its minimum.
 *
 * @param reason for the log, in a few constant words
 */
public record ReputationChange(int value, String reason) {

    private static final int MALFORMED = -(1 << 26);

    /** For bytes that no honest program sends: two dozen of them in a short time ban. */
    public static ReputationChange malformed(String what) {
        return new ReputationChange(MALFORMED, what);
    }

    /** A change that bans at once. */
    public static ReputationChange fatal(String reason) {
        return new ReputationChange(Integer.MIN_VALUE, reason);
    }

    public boolean isFatal() {
        return value == Integer.MIN_VALUE;
    }
}
