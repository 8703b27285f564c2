package io.vilokanam.node.network.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.Bytes;

class VarintTest {

    @Test
    void lowBitsComeFirst() {
        Map.of(0L, "0x00", 127L, "0x7f", 128L, "0x8001", 300L, "0xac02", 16384L, "0x808001").forEach((value, hex) -> {
            byte[] bytes = new byte[Varint.size(value)];
            assertEquals(bytes.length, Varint.write(bytes, 0, value));
            assertEquals(hex, Bytes.hex(bytes));
        });
    }
}
