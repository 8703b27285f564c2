package io.vilokanam.runtime.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Bytes where an API takes any: genesis configurations, right and wrong, preset names, session keys, nothing. */
final class RandomConfigs {

    private static final String ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
    private static final String BOB = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

    /** Each part in forms that are right, forms that are wrong, and forms of which one wonders. */
    private static final List<List<String>> PARTS = List.of(
            List.of("\"system\":{}", "\"system\":{\"a\":1}", "\"system\":null", "\"system\":[]"),
            List.of("\"aura\":{\"authorities\":[]}", "\"aura\":{\"authorities\":[\"" + ALICE + "\"]}",
                    "\"aura\":{\"authorities\":[\"" + ALICE.replace('G', 'H') + "\"]}", "\"aura\":{}", "\"aura\":[[]]"),
            List.of("\"grandpa\":{\"authorities\":[]}", "\"grandpa\":{\"authorities\":[[\"" + BOB + "\",1]]}",
                    "\"grandpa\":{\"authorities\":[[\"" + BOB + "\",\"1\"]]}",
                    "\"grandpa\":{\"authorities\":[[\"" + BOB + "\",18446744073709551616]]}",
                    "\"grandpa\":{\"authorities\":[[\"" + BOB + "\",-1]]}",
                    "\"grandpa\":{\"authorities\":[[\"" + BOB + "\"]]}"),
            List.of("\"balances\":{\"balances\":[[\"" + ALICE + "\",1000000000000],[\"" + BOB
                    + "\",1152921504606846976]],"
                    + "\"devAccounts\":null}", "\"balances\":{\"balances\":[],\"devAccounts\":null}",
                    "\"balances\":{\"balances\":[]}",
                    "\"balances\":{\"balances\":[],\"devAccounts\":[2,1000000000,null]}",
                    "\"balances\":{\"balances\":[],\"devAccounts\":[3,1000000001,\"//Sender//{}\"]}",
                    "\"balances\":{\"balances\":[[\"" + ALICE
                            + "\",1000000000]],\"devAccounts\":[1,2000000000,\"//Alice{}\"]}",
                    "\"balances\":{\"balances\":[],\"devAccounts\":[2,1000000000,\"//{}///pass\"]}",
                    "\"balances\":{\"balances\":[],\"devAccounts\":[2,999999999,null]}",
                    "\"balances\":{\"balances\":[],\"devAccounts\":[0,1000000000,null]}",
                    "\"balances\":{\"balances\":[],\"devAccounts\":[1,1000000000,\"//x\"]}",
                    "\"balances\":{\"balances\":[],\"devAccounts\":[1,1000000000,\"no {}\"]}",
                    "\"balances\":{\"balances\":[],\"devAccounts\":[1,1000000000]}",
                    "\"balances\":{\"balances\":[],\"devAccounts\":5}",
                    "\"balances\":{\"balances\":[[\"" + ALICE + "\",999999999]],\"devAccounts\":null}",
                    "\"balances\":{\"balances\":[[\"" + ALICE
                            + "\",340282366920938463463374607431768211455]],\"devAccounts\":null}",
                    "\"balances\":{\"balances\":[[\"" + ALICE
                            + "\",340282366920938463463374607431768211456]],\"devAccounts\":null}",
                    "\"balances\":{\"balances\":[[\"" + ALICE + "\",1e12]],\"devAccounts\":null}",
                    "\"balances\":{\"balances\":[[\"" + ALICE + "\",1000000000000.0]],\"devAccounts\":null}",
                    "\"balances\":{\"balances\":[[\"" + ALICE + "\",\"1000000000000\"]],\"devAccounts\":null}",
                    "\"balances\":{\"balances\":[[\"" + ALICE + "\",1000000000000],[\"" + ALICE + "\",1000000000000]],"
                            + "\"devAccounts\":null}"),
            List.of("\"transactionPayment\":{\"multiplier\":\"1000000000000000000\"}",
                    "\"transactionPayment\":{\"multiplier\":1000000000000000000}",
                    "\"transactionPayment\":{\"multiplier\":\"x\"}", "\"transactionPayment\":{\"multiplier\":\"+5\"}"),
            List.of("\"sudo\":{\"key\":\"" + ALICE + "\"}", "\"sudo\":{\"key\":null}", "\"sudo\":{}",
                    "\"sudo\":{\"key\":5}"));

    private RandomConfigs() {}

    static byte[] next(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> bytes(random, random.nextInt(80));
            case 1 -> new byte[0];
            default -> configuration(random).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Parts all there, in order and right, mostly. */
    private static String configuration(SplittableRandom random) {
        StringBuilder json = new StringBuilder("{");
        int missing = random.nextInt(20);
        for (int i = 0; i < PARTS.size(); i++) {
            List<String> forms = PARTS.get(i);
            if (i != missing) {
                json.append(json.length() > 1 ? "," : "")
                        .append(forms.get(random.nextInt(6) == 0 ? random.nextInt(forms.size()) : random.nextInt(2)));
            }
        }
        return switch (random.nextInt(16)) {
            case 0 -> json.append(",}").toString();
            case 1 -> json.append(",\"other\":{}}").toString();
            case 2 -> json.append("} x").toString();
            case 3 -> json.append(",\"sudo\":{\"key\":null}}").toString();
            case 4 -> " \n" + json + " }\t";
            default -> json.append('}').toString();
        };
    }

    /** Configurations of which one part at a time takes each of its forms. */
    static List<String> all() {
        List<String> all = new ArrayList<>();
        for (int part = 0; part < PARTS.size(); part++) {
            for (String form : PARTS.get(part)) {
                List<String> parts = new ArrayList<>();
                PARTS.forEach(forms -> parts.add(forms.getFirst()));
                parts.set(part, form);
                all.add("{" + String.join(",", parts) + "}");
            }
        }
        return all;
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
