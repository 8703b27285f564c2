package io.vilokanam.scale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.SeededTest;

/** What foreign bytes may not do: make a decoder allocate, recurse or loop without end. */
class DecoderLimitsTest {

    private record Nested(List<Nested> inner) {
        static final Codec<Nested> CODEC = Codecs.lazy(Codecs.UNIT.type(),
                () -> Struct.struct(Nested::new, Struct.field(Codecs.vec(Nested.CODEC), Nested::inner)).tuple());
    }

    private static byte[] nested(int levels) {
        byte[] bytes = new byte[levels + 1];
        for (int i = 0; i < levels; i++) {
            bytes[i] = 4;
        }
        return bytes;
    }

    @Test
    void nestingIsLimited() throws ScaleException {
        int levels = ScaleInput.DEPTH_MAX / 2 - 1;
        assertArrayEquals(nested(levels), Nested.CODEC.encode(Nested.CODEC.decodeAll(nested(levels))));
        assertThrows(ScaleException.class, () -> Nested.CODEC.decodeAll(nested(levels + 1)));
    }

    @Test
    void elementsWithoutBytesAreLimited() {
        byte[] many = new ScaleOutput().compact(1L << 29).u8(0).toByteArray();
        assertThrows(ScaleException.class, () -> Codecs.vec(Codecs.UNIT).decode(new ScaleInput(many)));
    }

    @Test
    void bitVectorsCutSurplusBitsAndRefuseClaims() throws ScaleException {
        BitSet first = new BitSet();
        first.set(0);
        assertEquals(new BitVec(1, first), BitVec.CODEC.decodeAll(new byte[]{4, (byte) 0xff}));
        assertThrows(ScaleException.class,
                () -> BitVec.CODEC.decodeAll(new ScaleOutput().compact(0xffff_ffffL).u8(0).toByteArray()));
        assertThrows(IllegalArgumentException.class, () -> new BitVec(0, first));
    }

    @Test
    void mapsAreReadInAnyOrderAndWrittenInOrder() throws ScaleException {
        Codec<SortedMap<Integer, Boolean>> codec = Codecs.map(Codecs.U8, Codecs.BOOL);
        SortedMap<Integer, Boolean> map = codec.decodeAll(new byte[]{8, 2, 1, 1, 0});
        assertEquals(List.of(1, 2), List.copyOf(map.keySet()));
        assertArrayEquals(new byte[]{8, 1, 0, 2, 1}, codec.encode(map));
    }

    /** Whatever decodes from random bytes gives the same bytes again, and nothing but a ScaleException comes out. */
    @SeededTest(runs = 300)
    void whatDecodesEncodesToTheSameBytes(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(24)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt());
        }
        for (Codec<?> codec : List.of(Codecs.COMPACT_U32, Codecs.COMPACT_U64, Codecs.COMPACT_U128, Codecs.STRING,
                Codecs.BYTES, Codecs.vec(Codecs.option(Codecs.U16)), Codecs.option(Codecs.BOOL), Integers.I128,
                Integers.COMPACT_U8, Result.codec(Codecs.U8, Codecs.STRING), Codecs.array(3, Codecs.COMPACT_U32),
                Nested.CODEC)) {
            roundTrip(codec, bytes);
        }
    }

    private static <T> void roundTrip(Codec<T> codec, byte[] bytes) {
        ScaleInput in = new ScaleInput(bytes);
        T value;
        try {
            value = codec.decode(in);
        } catch (ScaleException e) {
            assertEquals(0, e.getStackTrace().length);
            return;
        }
        byte[] read = new byte[in.position()];
        System.arraycopy(bytes, 0, read, 0, read.length);
        assertArrayEquals(read, codec.encode(value));
    }
}
