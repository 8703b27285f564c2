package io.vilokanam.frame.genesis;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** A JSON value (RFC 8259) as genesis configurations use it: numbers are whole. Objects keep the order of their members. */
public sealed interface Json {

    record Text(String value) implements Json {}

    record Number(BigInteger value) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    record Array(List<Json> items) implements Json {}

    record Object(Map<String, Json> members) implements Json {}

    /** A text that is no JSON, or JSON of another shape than expected. */
    final class JsonException extends Exception {
        private static final long serialVersionUID = 1;

        public JsonException(String message) {
            super(message, null, false, false);
        }
    }
}
