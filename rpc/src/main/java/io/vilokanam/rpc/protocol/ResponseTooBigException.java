package io.vilokanam.rpc.protocol;

import java.io.IOException;

/** An answer outgrew its limit while it was written. */
final class ResponseTooBigException extends IOException {

    private static final long serialVersionUID = 1;

    ResponseTooBigException(int maxBytes) {
        super("answer of more than " + maxBytes + " bytes");
    }
}
