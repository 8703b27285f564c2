package io.vilokanam.frame.genesis;

/** A text that is no JSON, or JSON of another shape than expected. */
public final class JsonException extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;
    private final boolean isPlaced;

    /** Something is wrong with a value; where it stands is found out by what reads around it. */
    public JsonException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
        this.isPlaced = false;
    }

    private JsonException(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.isPlaced = true;
    }

    /** @param line counted from one; the column is counted from zero, in bytes */
    static JsonException at(String reason, int line, int column) {
        return new JsonException(reason, reason + " at line " + line + " column " + column);
    }

    String reason() {
        return reason;
    }

    boolean isPlaced() {
        return isPlaced;
    }
}
