package io.vilokanam.scale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vilokanam.testkit.Vectors;

/** Vector family {@code scale}: every group, both ways. */
class ScaleVectorsTest {

    private static final String WEIGHT_API = "TransactionPaymentApi_query_weight_to_fee";
    private static final String KEYS_API = "SessionKeys_decode_session_keys";
    private static final String CALL_API = "TransactionPaymentCallApi_query_call_info";

    @TestFactory
    Stream<DynamicNode> codecsAgreeWithTheVectors() {
        return Vectors.family("scale")
                .tests(Map.ofEntries(Map.entry("compact", ScaleVectorsTest::compact),
                        Map.entry("fixed_int", ScaleVectorsTest::value), Map.entry("bool", ScaleVectorsTest::value),
                        Map.entry("option", ScaleVectorsTest::value), Map.entry("result", ScaleVectorsTest::value),
                        Map.entry("bytes", ScaleVectorsTest::value), Map.entry("string", ScaleVectorsTest::value),
                        Map.entry("vec", ScaleVectorsTest::value), Map.entry("array", ScaleVectorsTest::value),
                        Map.entry("tuple", ScaleVectorsTest::value), Map.entry("struct", ScaleVectorsTest::value),
                        Map.entry("enum", ScaleVectorsTest::value),
                        Map.entry("enum_explicit_index", ScaleVectorsTest::value),
                        Map.entry("nested", ScaleVectorsTest::value), Map.entry("btree", ScaleVectorsTest::value),
                        Map.entry("bitvec_u8_lsb0", ScaleVectorsTest::bits),
                        Map.entry("option_bool", ScaleVectorsTest::optionBool),
                        Map.entry("malformed", ScaleVectorsTest::malformed),
                        Map.entry("rust_codec", ScaleVectorsTest::rustCodec)));
    }

    private static void value(JsonNode vector) throws ScaleException {
        roundTrips(DescribedCodec.of(vector.get("type")), vector.get("value"), Vectors.bytes(vector.get("scale")));
    }

    private static void optionBool(JsonNode vector) throws ScaleException {
        roundTrips(DescribedCodec.of(vector.get("kind")), vector.get("value"), Vectors.bytes(vector.get("scale")));
    }

    private static void roundTrips(Codec<JsonNode> codec, JsonNode value, byte[] scale) throws ScaleException {
        assertArrayEquals(scale, codec.encode(value));
        JsonNode decoded = codec.decodeAll(scale);
        // scale-ts gives Some(None) the bytes of None (option/0032), so a decoded None stands for both.
        if (!(decoded.isNull() && value.path("some").isNull())) {
            assertEquals(value, decoded);
        }
    }

    private static void compact(JsonNode vector) throws ScaleException {
        BigInteger value = new BigInteger(vector.get("value").asText());
        byte[] scale = Vectors.bytes(vector.get("scale"));
        ScaleInput in = new ScaleInput(scale);
        assertArrayEquals(scale, new ScaleOutput().compact(value).toByteArray());
        assertEquals(value, in.compactBig());
        in.expectEnd();
        narrow(Codecs.COMPACT_U32, 32, value, value.longValue(), scale);
        narrow(Codecs.COMPACT_U64, 64, value, value.longValue(), scale);
        narrow(Integers.COMPACT_U16, 16, value, value.intValue(), scale);
        if (value.bitLength() <= 128) {
            narrow(Codecs.COMPACT_U128, 128, value, U128.of(value), scale);
        } else {
            assertThrows(ScaleException.class, () -> Codecs.COMPACT_U128.decodeAll(scale));
        }
    }

    private static <T> void narrow(Codec<T> codec, int bits, BigInteger value, T narrowed, byte[] scale)
            throws ScaleException {
        if (value.bitLength() <= bits) {
            assertArrayEquals(scale, codec.encode(narrowed));
            assertEquals(narrowed, codec.decodeAll(scale));
        } else {
            assertThrows(ScaleException.class, () -> codec.decodeAll(scale));
        }
    }

    private static void bits(JsonNode vector) throws ScaleException {
        String text = vector.get("bits").asText();
        BitSet set = new BitSet();
        for (int i = 0; i < text.length(); i++) {
            set.set(i, text.charAt(i) == '1');
        }
        BitVec value = new BitVec(text.length(), set);
        byte[] scale = Vectors.bytes(vector.get("scale"));
        assertArrayEquals(scale, BitVec.CODEC.encode(value));
        assertEquals(value, BitVec.CODEC.decodeAll(scale));
    }

    private static void malformed(JsonNode vector) {
        Codec<JsonNode> codec = DescribedCodec.of(vector.get("type"));
        assertThrows(ScaleException.class, () -> codec.decodeAll(Vectors.bytes(vector.get("input"))),
                vector.get("why").asText());
    }

    /** The reference decoded the whole argument of a runtime API, so that is what is decoded here, with that API's type. */
    private static void rustCodec(JsonNode vector) {
        Codec<JsonNode> codec = switch (vector.get("via").asText()) {
            case WEIGHT_API -> DescribedCodec.ofText("(Compact<u64>,Compact<u64>)");
            case KEYS_API -> DescribedCodec.ofText("Bytes");
            case CALL_API -> DescribedCodec.of(json(CALL_ARGUMENTS));
            default -> throw new IllegalArgumentException("no argument type for " + vector.get("via"));
        };
        byte[] arguments = Vectors.bytes(vector.get("args"));
        if (vector.get("accepted").asBoolean()) {
            assertDoesNotThrow(() -> codec.decodeAll(arguments));
        } else {
            assertThrows(ScaleException.class, () -> codec.decodeAll(arguments));
        }
    }

    /** The calls of that runtime that the vectors use, and the length behind them. */
    private static final String CALL_ARGUMENTS = """
            {"tuple": [{"enum": {
              "System": [0, {"enum": {"remark": [0, "Bytes"]}}],
              "Balances": [4, {"enum": {
                "transfer_allow_death": [0, {"tuple": [{"enum": {"Id": [0, "[u8;32]"]}}, "Compact<u128>"]}],
                "transfer_keep_alive": [3, {"tuple": [{"enum": {"Id": [0, "[u8;32]"]}}, "Compact<u128>"]}],
                "transfer_all": [4, {"tuple": [{"enum": {"Id": [0, "[u8;32]"]}}, "bool"]}]}}]}}, "u32"]}""";

    private static JsonNode json(String text) {
        return assertDoesNotThrow(() -> new ObjectMapper().readTree(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Result<u8,bool> | 0102", "Result<u8,bool> | 0200", "enum{A=0,B=1(u32)} | 02",
            "enum{A=3(Vec<u8>),B=7((u8,bool))} | 070102", "BTreeSet<u16> | 080100", "[Option<u8>;2] | 0002",
            "Compact<u16> | 02000400", "Vec<Compact<u32>> | 0801"})
    void furtherDescribedTypesRefuseMalformedBytes(String type, String bytes) {
        assertThrows(ScaleException.class,
                () -> DescribedCodec.ofText(type).decodeAll(Bytes.fromHex(bytes).toArray()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Result<u8,bool> | 0101", "enum{A=0,B=1(u32)} | 00",
            "enum{A=3(Vec<u8>),B=7((u8,bool))} | 070101", "BTreeSet<u16> | 0801000200", "[Option<u8>;2] | 000102",
            "BTreeMap<str,BTreeSet<u8>> | 0804610004620401"})
    void furtherDescribedTypesReadBack(String type, String bytes) throws ScaleException {
        Codec<JsonNode> codec = DescribedCodec.ofText(type);
        byte[] scale = Bytes.fromHex(bytes).toArray();
        assertArrayEquals(scale, codec.encode(codec.decodeAll(scale)));
    }

    @Test
    void anOptionOfAnOptionTellsSomeNoneFromNone() throws ScaleException {
        Codec<Optional<Optional<Integer>>> codec = Codecs.option(Codecs.option(Codecs.U8));
        assertArrayEquals(new byte[]{1, 0}, codec.encode(Optional.of(Optional.empty())));
        assertEquals(Optional.of(Optional.empty()), codec.decodeAll(new byte[]{1, 0}));
        assertEquals(Optional.empty(), codec.decodeAll(new byte[]{0}));
    }
}
