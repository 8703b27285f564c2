package io.vilokanam.rpc.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class RawParamsTest {

    private static RawParams params(String text) {
        return new RawParams(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
    }

    @Test
    void anEmptyListIsNoParameter() {
        assertTrue(RawParams.NONE.isEmpty());
        assertTrue(params("[]").isEmpty());
        assertTrue(params("[ \n\t]").isEmpty());
        assertFalse(params("[null]").isEmpty());
        assertFalse(params("{}").isEmpty());
    }
}
