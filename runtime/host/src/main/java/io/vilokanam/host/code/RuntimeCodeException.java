package io.vilokanam.host.code;

/** The bytes under {@code :code} are no runtime. The message says where they are wrong. */
public final class RuntimeCodeException extends Exception {

    private static final long serialVersionUID = 1L;

    RuntimeCodeException(String message) {
        super(message);
    }

    RuntimeCodeException(String message, Exception cause) {
        super(message, cause);
    }
}
