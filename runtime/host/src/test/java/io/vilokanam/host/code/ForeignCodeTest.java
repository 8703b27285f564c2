package io.vilokanam.host.code;

import com.github.luben.zstd.Zstd;
import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.Fuzz;

/** Code from strangers: a blob or a {@link RuntimeCodeException}; what is packed unpacks to at most the limit. */
class ForeignCodeTest {

    private static final byte[] MARK = {0x52, (byte) 0xbc, 0x53, 0x76, 0x46, (byte) 0xdb, (byte) 0x8e, 0x05};

    @Test
    void codeBlobs() {
        byte[] module = Fuzz.corpus("code").getFirst();
        byte[] packed = Zstd.compress(module);
        byte[] marked = new byte[MARK.length + packed.length];
        System.arraycopy(MARK, 0, marked, 0, MARK.length);
        System.arraycopy(packed, 0, marked, MARK.length, packed.length);
        Fuzz.decoder("code").with(marked).allocatingAtMost(4L * RuntimeBlob.MODULE_MAX_BYTES)
                .declares(RuntimeCodeException.class, RuntimeBlob::of);
    }
}
