package io.vilokanam.rpc.json;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

/** A JSON value that is written straight to the answer. */
@FunctionalInterface
public interface JsonValue {

    /** Writes exactly one value. */
    void write(JsonGenerator out) throws IOException;
}
