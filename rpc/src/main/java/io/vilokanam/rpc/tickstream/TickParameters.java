package io.vilokanam.rpc.tickstream;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.ss58.Ss58Exception;
import io.vilokanam.rpc.method.InvalidValueException;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.storage.HexText;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** How the parameters of the tick-stream methods are read. Every refusal names the field, what came and what is expected. */
final class TickParameters {

    /** One word among many. */
    record Word(long session, long ticks, Bytes word) {}

    /** How many words one call may bring. */
    static final int WORDS_MAX = 1_024;

    private static final int TEXT_SHOWN_MAX = 80;
    private static final int DECIMAL_DIGITS_MAX = 39;
    private static final int BYTES = 32;
    private static final int SIGNATURE = 64;
    private static final int CHALLENGE_MIN = 16;
    private static final int CHALLENGE_MAX = 256;
    private static final BigInteger U64_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger U32_MAX = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
    private static final Ss58 ADDRESSES = new Ss58(Blake2b::hash512);

    private TickParameters() {}

    static Parameter<Long> u64(String name) {
        return Parameter.required(name, value -> number(name, value.tree(), U64_MAX, "u64"));
    }

    static Parameter<Long> u32(String name) {
        return Parameter.required(name, value -> number(name, value.tree(), U32_MAX, "u32"));
    }

    static Parameter<Bytes> bytes32(String name) {
        return Parameter.required(name, value -> bytes(name, value.tree()));
    }

    /** What a media server made up, so that nobody can know it before. */
    static Parameter<Bytes> challenge(String name) {
        return Parameter.required(name, value -> bytes(name, value.tree(), CHALLENGE_MIN, CHALLENGE_MAX,
                CHALLENGE_MIN + " to " + CHALLENGE_MAX + " bytes in hex"));
    }

    static Parameter<Bytes> signature(String name) {
        return Parameter.required(name,
                value -> bytes(name, value.tree(), SIGNATURE, SIGNATURE, SIGNATURE + " bytes in hex"));
    }

    static Parameter<AccountId> account(String name) {
        return Parameter.required(name, value -> accountId(name, value.tree()));
    }

    static Parameter<U128> amount(String name) {
        return Parameter.required(name, value -> plancks(name, value.tree()));
    }

    static Parameter<List<Word>> words(String name) {
        ParameterType<List<Word>> type = reader -> {
            JsonNode value = reader.tree();
            if (!value.isArray() || value.size() > WORDS_MAX) {
                throw refused(name, value, "a list of at most " + WORDS_MAX + " objects {session, ticks, word}");
            }
            List<Word> words = new ArrayList<>(value.size());
            for (int i = 0; i < value.size(); i++) {
                words.add(word(name + "[" + i + "]", value.get(i)));
            }
            return List.copyOf(words);
        };
        return Parameter.required(name, type);
    }

    private static Word word(String name, JsonNode object) throws InvalidValueException {
        if (!object.isObject()) {
            throw refused(name, object, "an object {session, ticks, word}");
        }
        return new Word(number(name + ".session", object.path("session"), U64_MAX, "u64"),
                number(name + ".ticks", object.path("ticks"), U32_MAX, "u32"),
                bytes(name + ".word", object.path("word")));
    }

    /** A JSON number, or its decimal digits in a string, as numbers above 2^53 do not pass through every client. */
    private static long number(String name, JsonNode value, BigInteger max, String type) throws InvalidValueException {
        BigInteger number = integer(name, value, type);
        if (number.compareTo(max) > 0) {
            throw refused(name, value, type);
        }
        return number.longValue();
    }

    private static U128 plancks(String name, JsonNode value) throws InvalidValueException {
        String expected = "u128 plancks, as a decimal string";
        BigInteger number = integer(name, value, expected);
        if (number.bitLength() > 128) {
            throw refused(name, value, expected);
        }
        return U128.of(number);
    }

    private static BigInteger integer(String name, JsonNode value, String expected) throws InvalidValueException {
        if (value.isIntegralNumber() && value.bigIntegerValue().signum() >= 0) {
            return value.bigIntegerValue();
        }
        String text = value.isTextual() ? value.textValue() : "";
        boolean isDecimal = !text.isEmpty() && text.length() <= DECIMAL_DIGITS_MAX
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isDecimal) {
            throw refused(name, value, expected);
        }
        return new BigInteger(text);
    }

    private static Bytes bytes(String name, JsonNode value) throws InvalidValueException {
        String expected = "32 bytes, as 0x and 64 hex digits";
        if (!value.asText().startsWith("0x")) {
            throw refused(name, value, expected);
        }
        return bytes(name, value, BYTES, BYTES, expected);
    }

    private static Bytes bytes(String name, JsonNode value, int min, int max, String expected)
            throws InvalidValueException {
        Optional<Bytes> bytes = value.isTextual() ? HexText.read(value.textValue()) : Optional.empty();
        return bytes.filter(found -> found.size() >= min && found.size() <= max)
                .orElseThrow(() -> refused(name, value, expected));
    }

    private static AccountId accountId(String name, JsonNode value) throws InvalidValueException {
        if (!value.isTextual()) {
            throw refused(name, value, "an SS58 address, or 0x and 64 hex digits");
        }
        if (value.textValue().startsWith("0x")) {
            return new AccountId(bytes(name, value));
        }
        try {
            return ADDRESSES.decode(value.textValue()).account();
        } catch (Ss58Exception e) {
            throw new InvalidValueException(name + ": " + e.getMessage());
        }
    }

    private static InvalidValueException refused(String name, JsonNode value, String expected) {
        String got = value.isMissingNode() ? "nothing" : value.toString();
        String shown = got.length() <= TEXT_SHOWN_MAX ? got : got.substring(0, TEXT_SHOWN_MAX) + "...";
        return new InvalidValueException(name + ": got " + shown + ", expected " + expected);
    }
}
