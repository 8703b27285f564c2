package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.WholePreset;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;

/**
 * Configurations that are wrong in some way are refused in the words of the stock runtime, with its line and column. Needs the
 * stock node ({@code REFCHAIN_NODE}). {@code -Dvilokanam.differential.configurations=N} tries more,
 * {@code -Dvilokanam.differential.seed=N} others.
 */
class GenesisWordsTest {

    private static final int CONFIGURATIONS = Integer.getInteger("vilokanam.differential.configurations", 2_000);
    private static final long SEED = Long.getLong("vilokanam.differential.seed", 1);
    private static final int DIFFERENCES_MAX = 10;
    private static final int CHARACTERS_A_TEXT = 512;

    private static final String ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

    @RegisterExtension
    static final OpenJudge JUDGE = new OpenJudge("dev.raw.json");

    private final VilokanamRuntime reference = NativeRuntimes.ofVersion(100);
    private final VilokanamRuntime full = NativeRuntimes.ofVersion(110);

    @Test
    void ofTheEightPallets() throws Exception {
        refusedInTheSameWords(reference, "dev.raw.json");
    }

    @Test
    void ofTheFullRuntime() throws Exception {
        refusedInTheSameWords(full, "full/dev.raw.json");
    }

    private static void refusedInTheSameWords(VilokanamRuntime runtime, String spec) throws Exception {
        TwoRuntimes both = new TwoRuntimes(runtime, JUDGE.get(), spec);
        List<String> right = List.of(configuration(both, "development"), configuration(both, "local_testnet"));
        RandomJson json = new RandomJson(new SplittableRandom(SEED));
        Map<String, Integer> kinds = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < CONFIGURATIONS && differences.size() < DIFFERENCES_MAX; i++) {
            byte[] configuration = json.like(right.get(i % 2));
            try {
                both.take(build(configuration)).ifPresent(answer -> kinds.merge(kind(answer), 1, Integer::sum));
            } catch (TwoRuntimes.Difference difference) {
                differences.add(new String(configuration, StandardCharsets.UTF_8) + "\n" + difference.getMessage());
            }
        }
        System.out.println(spec + ", seed " + SEED + ": " + kinds);
        assertTrue(differences.isEmpty(), () -> String.join("\n\n", differences));
    }

    private static Step build(byte[] configuration) {
        return new Step("GenesisBuilder_build_state", new ScaleOutput().bytes(configuration).toByteArray(), false);
    }

    /** What was wrong, without what it was and where. */
    private static String kind(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        return answer[0] == 0 ? "taken"
                : text.substring(text.indexOf("blob: ") + 6).replaceAll("(?s)[`:(].*| at line.*|\\d+", "");
    }

    private static String configuration(TwoRuntimes both, String preset) throws Exception {
        return WholePreset.over(preset(both, Optional.empty()), preset(both, Optional.of(preset)));
    }

    private static String preset(TwoRuntimes both, Optional<String> name) throws Exception {
        byte[] answer = both
                .take(new Step("GenesisBuilder_get_preset", Codecs.option(Codecs.STRING).encode(name), false))
                .orElseThrow();
        Bytes preset = Codecs.option(Codecs.BYTES).decodeAll(answer).orElseThrow();
        return new String(preset.view(), StandardCharsets.UTF_8);
    }

    /** Numbers of all shapes where one of 64 bits, one of 128 and none should stand. */
    @Test
    void numbersAreRefusedAsByTheStockRuntime() throws Exception {
        TwoRuntimes both = new TwoRuntimes(reference, JUDGE.get(), "dev.raw.json");
        RandomJson json = new RandomJson(new SplittableRandom(SEED));
        List<String> places = List.of("{\"grandpa\":{\"authorities\":[[\"" + ALICE + "\",#]]}}",
                "{\"balances\":{\"balances\":[[\"" + ALICE + "\", #]]}}", "{\"balances\":{\"devAccounts\":[#,1,null]}}",
                "{\"aura\":#}");
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < CONFIGURATIONS; i++) {
            String text = places.get(i % places.size()).replace("#", json.number());
            try {
                both.take(build(text.getBytes(StandardCharsets.UTF_8)));
            } catch (TwoRuntimes.Difference difference) {
                differences.add(text + "\n" + difference.getMessage());
            }
        }
        assertEquals(List.of(), differences.stream().limit(DIFFERENCES_MAX).toList());
    }

    @Test
    void listsAreBoundedAndOtherKeysDoNotMatter() throws Exception {
        TwoRuntimes both = new TwoRuntimes(full, JUDGE.get(), "full/dev.raw.json");
        for (int members : List.of(21, 22, 32, 33, 40)) {
            String list = String.join(",", Collections.nCopies(members, "\"" + ALICE + "\""));
            both.take(
                    build(("{\"validatorMembership\":{\"members\":[" + list + "]}}").getBytes(StandardCharsets.UTF_8)));
            both.take(build(
                    ("{\"technicalMembership\":{\"members\":[" + list + "] }}").getBytes(StandardCharsets.UTF_8)));
        }
        RandomJson json = new RandomJson(new SplittableRandom(SEED));
        String ignored = "{\"session\":{\"keys\":[[\"" + ALICE + "\",\"" + ALICE + "\",{\"aura\":\"" + ALICE
                + "\",\"babe\":{\"a\":[null,true,false,-1.5e3,\"x\\n\",[[]],{},{\"b\":{\"c\":[]}}]},\"grandpa\":\""
                + ALICE
                + "\"}]]}}";
        for (int i = 0; i < CONFIGURATIONS; i++) {
            both.take(build(json.like(ignored)));
        }
        String deep = "{\"session\":{\"keys\":[[\"" + ALICE + "\",\"" + ALICE + "\",{\"babe\":" + "[".repeat(5_000)
                + "]".repeat(5_000) + "}]]}}";
        both.take(build(deep.getBytes(StandardCharsets.UTF_8)));
    }

    /** A text that stands where none should is quoted: each character as Rust quotes it. */
    @Test
    void everyCharacterIsQuotedAsByTheStockRuntime() throws Exception {
        TwoRuntimes both = new TwoRuntimes(reference, JUDGE.get(), "dev.raw.json");
        List<String> differences = new ArrayList<>();
        for (int first = ' '; first <= Character.MAX_CODE_POINT; first += CHARACTERS_A_TEXT) {
            StringBuilder text = new StringBuilder();
            for (int character = first; character < first + CHARACTERS_A_TEXT
                    && character <= Character.MAX_CODE_POINT; character++) {
                boolean isSurrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
                if (!isSurrogate && character != '"' && character != '\\') {
                    text.appendCodePoint(character);
                }
            }
            try {
                both.take(build(("{\"system\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8)));
            } catch (TwoRuntimes.Difference difference) {
                differences.add(Integer.toHexString(first) + ": " + difference.getMessage());
            }
        }
        assertEquals(List.of(), differences);
    }
}
