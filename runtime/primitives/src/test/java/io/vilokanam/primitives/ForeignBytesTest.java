package io.vilokanam.primitives;

import org.junit.jupiter.api.Test;

import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.primitives.inherent.InherentData;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Fuzz;

/** Headers, blocks and inherent data from strangers: a value or a {@link ScaleException}, nothing else. */
class ForeignBytesTest {

    @Test
    void headers() {
        Fuzz.decoder("header").declares(ScaleException.class, Header.CODEC::decodeAll);
    }

    @Test
    void blocks() {
        Fuzz.decoder("signed-block").declares(ScaleException.class, SignedBlock.CODEC::decodeAll);
    }

    @Test
    void inherentData() {
        Fuzz.decoder("inherent-data").declares(ScaleException.class, InherentData.CODEC::decodeAll);
    }
}
