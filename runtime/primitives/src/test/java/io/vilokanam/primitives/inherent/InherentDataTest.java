package io.vilokanam.primitives.inherent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

class InherentDataTest {

    private static final InherentData DATA = InherentData.EMPTY.with(InherentData.TIMESTAMP, Codecs.U64, 7L)
            .with(InherentData.AURA_SLOT, Codecs.U64, 3L);

    @Test
    void entriesStandInTheOrderOfTheirIdentifiers() throws ScaleException {
        byte[] expected = Bytes.fromHex("0x08" + "61757261736c6f74" + "200300000000000000" + "74696d7374617030"
                + "200700000000000000").toArray();
        assertArrayEquals(expected, InherentData.CODEC.encode(DATA));
        assertEquals(DATA, InherentData.CODEC.decodeAll(expected));
    }

    @Test
    void valuesAreReadByIdentifier() throws ScaleException {
        assertEquals(Optional.of(7L), DATA.get(InherentData.TIMESTAMP, Codecs.U64));
        assertEquals(Optional.of(3L), DATA.u64(InherentData.AURA_SLOT));
        assertEquals(Optional.empty(), DATA.u64(Bytes.ascii("testinh0")));
        assertEquals(Optional.empty(), InherentData.EMPTY.get(InherentData.TIMESTAMP, Codecs.U64));
        assertEquals(Optional.empty(), DATA.with(InherentData.TIMESTAMP, Codecs.U32, 1L).u64(InherentData.TIMESTAMP));
    }

    @Test
    void aFatalErrorStandsAlone() {
        CheckInherentsResult result = CheckInherentsResult.OKAY.withError(InherentData.AURA_SLOT, Codecs.U8, 1)
                .withFatalError(InherentData.TIMESTAMP, Codecs.U8, 0).withError(InherentData.AURA_SLOT, Codecs.U8, 2);
        assertEquals(
                new CheckInherentsResult(false, true, InherentData.EMPTY.with(InherentData.TIMESTAMP, Codecs.U8, 0)),
                result);
        assertArrayEquals(Bytes.fromHex("0x00010474696d73746170300400").toArray(),
                CheckInherentsResult.CODEC.encode(result));
        assertArrayEquals(new byte[]{1, 0, 0}, CheckInherentsResult.CODEC.encode(CheckInherentsResult.OKAY));
    }
}
