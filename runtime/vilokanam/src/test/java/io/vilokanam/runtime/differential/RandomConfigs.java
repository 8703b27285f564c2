package io.vilokanam.runtime.differential;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Bytes where an API takes any: genesis configurations, right and wrong, preset names, session keys, nothing. */
final class RandomConfigs {

    private static final String ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
    private static final String BOB = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

    private static final List<String> PARTS = List.of("\"system\":{}", "\"aura\":{\"authorities\":[\"" + ALICE + "\"]}",
            "\"grandpa\":{\"authorities\":[[\"" + BOB + "\",1]]}",
            "\"balances\":{\"balances\":[[\"" + ALICE + "\",1000000000000],[\"" + BOB + "\",1152921504606846976]],"
                    + "\"devAccounts\":null}",
            "\"transactionPayment\":{\"multiplier\":\"1000000000000000000\"}", "\"sudo\":{\"key\":\"" + ALICE + "\"}");

    private RandomConfigs() {}

    static byte[] next(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> bytes(random, random.nextInt(80));
            case 1 -> new byte[0];
            default -> configuration(random).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Parts all there and in order, mostly. */
    private static String configuration(SplittableRandom random) {
        StringBuilder json = new StringBuilder("{");
        int missing = random.nextInt(12);
        for (int i = 0; i < PARTS.size(); i++) {
            if (i != missing) {
                json.append(json.length() > 1 ? "," : "").append(PARTS.get(i));
            }
        }
        return json.append('}').toString();
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
