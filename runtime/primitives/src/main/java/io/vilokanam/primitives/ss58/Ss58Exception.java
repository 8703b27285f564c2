package io.vilokanam.primitives.ss58;

/** A text that is not an SS58 address of the kind that was expected; the message says what is wrong with it. */
public final class Ss58Exception extends Exception {

    private static final long serialVersionUID = 1;

    /** What is wrong, as sp-core has it ({@code PublicError}). */
    public enum Kind {
        BAD_BASE58("BadBase58"), BAD_LENGTH("BadLength"), UNKNOWN_FORMAT("UnknownSs58AddressFormat"), INVALID_CHECKSUM(
                "InvalidChecksum"), INVALID_PREFIX("InvalidPrefix"), FORMAT_NOT_ALLOWED("FormatNotAllowed");

        private final String rustName;

        Kind(String rustName) {
            this.rustName = rustName;
        }

        public String rustName() {
            return rustName;
        }
    }

    private final transient Kind kind;

    Ss58Exception(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
