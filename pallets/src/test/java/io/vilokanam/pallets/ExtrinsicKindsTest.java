package io.vilokanam.pallets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vilokanam.frame.extrinsic.ExtrinsicFormat;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic.Preamble;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.UnknownTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.SeededTest;
import io.vilokanam.testkit.Vectors;

/** The kinds of extrinsics and what becomes of them in the pool; answers were compared with the stock runtime's. */
class ExtrinsicKindsTest {

    private static final String EXTENSIONS = "00000000";
    private static final String REMARK = "000004aa";

    private final EightPallets runtime = new EightPallets().atBlockOne();
    private final ExtrinsicFormat format = runtime.executive.format();

    private static byte[] wire(String hex) {
        return new ScaleOutput().bytes(Bytes.fromHex(hex).view()).toByteArray();
    }

    private Object validity(String hex) throws ScaleException {
        return runtime.executive.validate(runtime.ext, TransactionSource.EXTERNAL, format.decodeAll(wire(hex)),
                Hash.ZERO);
    }

    private static Object invalid(InvalidTransaction reason) {
        return Result.err(TransactionValidityError.of(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "01", "05", "ff"})
    void generalTransactionsOfAnyVersionDecodeButNobodyAuthorisesThem(String version) throws ScaleException {
        assertEquals(invalid(new InvalidTransaction.UnknownOrigin()), validity("45" + version + EXTENSIONS + REMARK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "05"})
    void bareCallsThatNobodyValidatesAreRefused(String version) throws ScaleException {
        assertEquals(invalid(new InvalidTransaction.Call()), validity(version + REMARK));
        assertEquals(Result.err(new TransactionValidityError.Unknown(new UnknownTransaction.NoUnsignedValidator())),
                validity(version + "0600" + REMARK));
        assertEquals(invalid(new InvalidTransaction.MandatoryDispatch()), validity(version + "01000b508ee70ea201"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "06", "44", "85", "c4", "c5", "00", "ff"})
    void noOtherFirstByteIsAnExtrinsic(String first) {
        assertThrows(ScaleException.class, () -> format.decodeAll(wire(first + EXTENSIONS + REMARK)));
    }

    @Test
    void lengthAndContentMustAgree() {
        assertThrows(ScaleException.class, () -> format.decodeAll(wire("05" + REMARK + "00")),
                "a byte too many inside");
        assertThrows(ScaleException.class, () -> format.decodeAll(wire("05" + "000004")), "a byte too few");
        byte[] behind = new ScaleOutput().raw(wire("05" + REMARK)).u8(0).toByteArray();
        assertThrows(ScaleException.class, () -> format.decodeAll(behind), "a byte too many behind");
    }

    @Test
    void recordedExtrinsicsKeepTheirBytes() throws ScaleException {
        int signed = 0;
        for (JsonNode block : Refchain.json("dev-chain.json").get("blocks")) {
            for (JsonNode hex : block.get("extrinsics")) {
                byte[] wire = Vectors.bytes(hex);
                UncheckedExtrinsic extrinsic = format.decodeAll(wire);
                assertArrayEquals(wire, extrinsic.encoded());
                if (extrinsic.preamble() instanceof Preamble.Signed) {
                    signed++;
                } else {
                    assertArrayEquals(wire, format.encodeBare(extrinsic.call()), "an inherent, as authors make it");
                }
            }
        }
        assertEquals(523, signed);
    }

    /** Foreign bytes are read or refused, whatever is in them. */
    @SeededTest(runs = 200)
    void damagedExtrinsicsAreReadOrRefused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        JsonNode blocks = Refchain.json("dev-chain.json").get("blocks");
        JsonNode extrinsics = blocks.get(random.nextInt(30)).get("extrinsics");
        byte[] wire = Vectors.bytes(extrinsics.get(random.nextInt(extrinsics.size())));
        for (int i = 0; i < 20; i++) {
            byte[] damaged = Arrays.copyOf(wire, random.nextInt(4) == 0 ? random.nextInt(wire.length) : wire.length);
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertArrayEquals(damaged, format.decodeAll(damaged).encoded());
            } catch (ScaleException refused) {
                assertEquals(ScaleException.class, refused.getClass());
            }
        }
    }
}
