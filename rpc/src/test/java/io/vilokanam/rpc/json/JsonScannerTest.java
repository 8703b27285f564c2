package io.vilokanam.rpc.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.SeededTest;

class JsonScannerTest {

    private static final ObjectMapper JACKSON = new ObjectMapper(new JsonFactory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final String[] PIECES = {"{", "}", "[", "]", ",", ":", "\"a\"", "\"\\u00e9\\n\"", "\"b", "1", "-0",
            "0.5", "1e3",
            "1.", "01", "+1", "true", "false", "null", "nul", " ", "\n", "\"\\x\"", "\u0001", "\"\u00e9\""};

    private static boolean isJson(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var scanner = new JsonScanner(bytes);
        try {
            scanner.requireUtf8();
            scanner.requireEnd(scanner.value(0));
            return true;
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    private static boolean isJsonToJackson(String text) {
        try {
            return !JACKSON.readTree(text.getBytes(StandardCharsets.UTF_8)).isMissingNode();
        } catch (MismatchedInputException e) {
            // A name given twice, which the grammar allows; or a trailing token, which it does not.
            return e.getMessage().startsWith("Duplicate field");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void knowsTheGrammar() {
        for (String text : new String[]{"{}", "[]", " [ ] ", "{\"a\":[1,{\"b\":null}],\"c\":\"\\\"\"}", "-1.5E+10", "0",
                "\"\""}) {
            assertEquals(true, isJson(text), text);
        }
        for (String text : new String[]{"", "{", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "[1 2]", "01", "1.", "-",
                "tru", "\"",
                "\"\\u12g4\"", "\"\n\"", "{}}", "]", "[}", "{]"}) {
            assertEquals(false, isJson(text), text);
        }
    }

    @SeededTest(runs = 20)
    void agreesWithJacksonOnRandomTexts(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 2000; i++) {
            var text = new StringBuilder();
            int pieces = random.nextInt(1, 9);
            for (int j = 0; j < pieces; j++) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            assertEquals(isJsonToJackson(text.toString()), isJson(text.toString()), text.toString());
        }
    }
}
