package io.vilokanam.rpc.method;

/**
 * A parameter that is not what its type asks for. The message is worded as serde does; {@code isLocated} says whether serde
 * would add the place in the text.
 */
public final class InvalidValueException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean isLocated;

    private InvalidValueException(String message, boolean isLocated) {
        super(message, null, false, false);
        this.isLocated = isLocated;
    }

    /** To which the place in the text is added. */
    public static InvalidValueException located(String message) {
        return new InvalidValueException(message, true);
    }

    public static InvalidValueException plain(String message) {
        return new InvalidValueException(message, false);
    }

    boolean isLocated() {
        return isLocated;
    }
}
