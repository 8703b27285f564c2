package io.vilokanam.runtime.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.ss58.Base58;
import io.vilokanam.testkit.Hex;

/** JSON that was right once: tokens and bytes of it are changed, doubled, cut out and mixed up. */
final class RandomJson {

    private static final List<String> WORDS = List.of("null", "true", "false", "nul", "tru", "falsy", "{", "}", "[",
            "]", ":",
            ",", "{}", "[]", "\"\"", "\"", "1", "0", "-1", "-0", "01", "1.", "1.5", "1e5", "1e", "-", "+1", "x", "\\",
            "\n",
            "\"a\":1,", ",\"a\":[{\"b\":[1,\"x\"]},null]", "\"system\":{},", "[[[[", "]]]]", "{\"a\":", "\u0001",
            "\"\u0001\"");
    private static final List<String> NUMBERS = List.of("4294967295", "4294967296", "18446744073709551615",
            "18446744073709551616", "-9223372036854775808", "-9223372036854775809",
            "340282366920938463463374607431768211455",
            "340282366920938463463374607431768211456", "1e308", "1e309", "1e-400", "0e99999999999", "1e99999999999",
            "1e-99999999999", "-1e-99999999999", "0.1", "123456789012345678901234567890.5", "1.7976931348623157e308",
            "1.7976931348623159e308", "5e-324", "2.5e-324", "0.00001", "0.000012345", "9007199254740993.5", "1e16",
            "1e15",
            "123456789012345680000", "1e-5", "1.0", "100.0", "0.30000000000000004");
    private static final List<String> ESCAPES = List.of("\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t",
            "\\u0041",
            "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\ud83dx", "\\ud83d\\n", "\\ud83d\\u0041", "\\u12",
            "\\uzzzz",
            "\\x", "\u0301", "\u00ad", "\u200b", "\u4e2d", "\ud83d\ude00", "\u0007", "'", "\u0000", "\\u0000", "\u007f",
            "\ue000");
    private static final byte[] CONTEXT = "SS58PRE".getBytes(StandardCharsets.UTF_8);

    private final SplittableRandom random;

    RandomJson(SplittableRandom random) {
        this.random = random;
    }

    /** A text that has something of {@code right}. */
    byte[] like(String right) {
        List<String> tokens = tokens(right);
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            change(tokens);
        }
        if (random.nextInt(3) == 0) {
            spread(tokens);
        }
        byte[] json = String.join("", tokens).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(json, random.nextInt(json.length + 1));
            case 1 -> {
                if (json.length > 0) {
                    json[random.nextInt(json.length)] = (byte) random.nextInt(256);
                }
                yield json;
            }
            default -> json;
        };
    }

    private static List<String> tokens(String json) {
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (at < json.length()) {
            int end = at + 1;
            char first = json.charAt(at);
            if (first == '"') {
                end = json.indexOf('"', end) + 1;
            } else if ("{}[]:,".indexOf(first) < 0) {
                while (end < json.length() && "{}[]:,\"".indexOf(json.charAt(end)) < 0) {
                    end++;
                }
            }
            tokens.add(json.substring(at, end));
            at = end;
        }
        return tokens;
    }

    private void change(List<String> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(11)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> tokens.add(at, oneOf(WORDS));
            case 3 -> tokens.set(at, oneOf(WORDS));
            case 4 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
            case 5 -> tokens.set(someThat(tokens, at, false), number());
            case 6 -> tokens.set(at, number());
            case 7 -> {
                int text = someThat(tokens, at, true);
                tokens.set(text, inside(tokens.get(text), oneOf(ESCAPES)));
            }
            case 8 -> tokens.set(someThat(tokens, at, true), "\"" + address() + "\"");
            case 9 -> doubleSpan(tokens, at);
            default -> {
                int end = Math.min(tokens.size(), at + 1 + random.nextInt(6));
                tokens.subList(at, end).clear();
            }
        }
    }

    /** A token of a kind at or behind a place. */
    private static int someThat(List<String> tokens, int from, boolean isText) {
        for (int i = from; i < tokens.size(); i++) {
            char first = tokens.get(i).isEmpty() ? ' ' : tokens.get(i).charAt(0);
            if (isText ? first == '"' : first >= '0' && first <= '9') {
                return i;
            }
        }
        return from;
    }

    private void doubleSpan(List<String> tokens, int at) {
        List<String> span = List.copyOf(tokens.subList(at, Math.min(tokens.size(), at + 1 + random.nextInt(8))));
        for (int times = random.nextInt(12) == 0 ? 40 : 1; times > 0; times--) {
            tokens.addAll(at, span);
        }
    }

    private String inside(String text, String part) {
        int at = 1 + random.nextInt(Math.max(1, text.length() - 1));
        return at > text.length() ? part : text.substring(0, at) + part + text.substring(at);
    }

    /** One of any length and shape. */
    String number() {
        if (random.nextBoolean()) {
            return oneOf(NUMBERS);
        }
        StringBuilder number = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        digits(number, 1 + random.nextInt(random.nextInt(4) == 0 ? 45 : 5));
        if (random.nextBoolean()) {
            number.append('.');
            digits(number, random.nextInt(random.nextInt(3) == 0 ? 25 : 5));
        }
        if (random.nextInt(3) == 0) {
            number.append(random.nextBoolean() ? 'e' : 'E').append(oneOf(List.of("", "+", "-")));
            digits(number, random.nextInt(random.nextInt(8) == 0 ? 12 : 4));
        }
        return number.toString();
    }

    private void digits(StringBuilder number, int count) {
        for (int i = 0; i < count; i++) {
            number.append(random.nextInt(10));
        }
    }

    /** Of any network, or of none; of the wrong length, or with a wrong checksum; or of other characters. */
    private String address() {
        int prefix = random.nextBoolean() ? random.nextInt(64) : random.nextInt(16_384);
        byte[] front = prefix < 64 ? new byte[]{(byte) prefix}
                : new byte[]{(byte) ((prefix & 0xfc) >> 2 | 0x40), (byte) (prefix >> 8 | (prefix & 3) << 6)};
        if (random.nextInt(10) == 0) {
            front[0] |= (byte) 0x80;
        }
        byte[] body = new byte[random.nextInt(8) == 0 ? random.nextInt(70) : 32];
        random.nextBytes(body);
        String whole = Hex.encode(front) + Hex.encode(body).substring(2);
        byte[] hash = Blake2b.hash512(Hex.decode(Hex.encode(CONTEXT) + whole.substring(2)));
        if (random.nextInt(8) == 0) {
            hash[0]++;
        }
        String address = Base58.encode(Hex.decode(whole + Hex.encode(Arrays.copyOf(hash, 2)).substring(2)));
        return random.nextInt(10) > 0 ? address : address.replace(address.charAt(3), oneOf(List.of("0", "l", "-", "1"))
                .charAt(0));
    }

    private void spread(List<String> tokens) {
        for (int i = tokens.size(); i >= 0; i--) {
            if (random.nextInt(4) == 0) {
                tokens.add(i, oneOf(List.of(" ", "\n", "\r\n", "\t", "\n  ")));
            }
        }
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
