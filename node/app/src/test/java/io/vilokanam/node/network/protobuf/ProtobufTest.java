package io.vilokanam.node.network.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

class ProtobufTest {

    /** A block request as stock nodes send it: header and body and justification from #1 upwards, 64 blocks. */
    @Test
    void aBlockRequestHasTheBytesOfTheReference() {
        byte[] bytes = new ProtobufWriter().varint(1, 0x13000000L).bytes(3, Bytes.fromHex("01000000")).varint(5, 0)
                .varint(6, 64)
                .flag(7, true).toArray();
        assertEquals("0x0880808098011a040100000030403801", Bytes.hex(bytes));
    }

    @Test
    void fieldsComeBackInOrderAndUnknownOnesAreSkipped() throws ProtobufException {
        byte[] bytes = new ProtobufWriter().varint(1, 5).text(2, "skipped")
                .message(3, new ProtobufWriter().flag(1, true))
                .element(9, Bytes.EMPTY).toArray();
        ProtobufReader reader = new ProtobufReader(bytes);
        assertTrue(reader.next());
        assertEquals(5, reader.varint());
        assertTrue(reader.next());
        assertTrue(reader.next());
        assertEquals(3, reader.field());
        ProtobufReader inner = reader.message();
        assertTrue(inner.next());
        assertTrue(inner.flag());
        assertFalse(inner.next());
        assertTrue(reader.next());
        assertEquals(Bytes.EMPTY, reader.bytes());
        assertFalse(reader.next());
    }

    @Test
    void whatIsCutOffOrOfAnotherTypeIsRefused() {
        for (String wrong : new String[]{"08", "0880", "0a05aa", "00", "0b", "0d000000", "0900000000",
                "0affffffffffffffffff01",
                "08ffffffffffffffffffff01"}) {
            assertThrows(ProtobufException.class, () -> {
                ProtobufReader reader = new ProtobufReader(Bytes.fromHex(wrong).toArray());
                while (reader.next()) {
                    assertTrue(reader.field() > 0);
                }
            }, wrong);
        }
        assertThrows(ProtobufException.class, () -> {
            ProtobufReader reader = new ProtobufReader(new byte[]{8, 1});
            assertTrue(reader.next());
            reader.bytes();
        });
    }

    @SeededTest(runs = 300)
    void anyBytesEndInAMessageOrARefusal(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        ProtobufReader reader = new ProtobufReader(bytes);
        int fields = 0;
        try {
            while (reader.next()) {
                fields++;
            }
        } catch (ProtobufException e) {
            assertFalse(e.getMessage().isEmpty());
        }
        assertTrue(fields <= bytes.length);
    }
}
