package io.vilokanam.primitives.ss58;

import java.util.stream.IntStream;

/** The networks whose prefixes sp-core knows (ss58-registry as of stable2503). It reads addresses of no others. */
public final class Ss58Networks {

    /** Up to here all are known but the reserved ones. */
    private static final int FIRST_UNKNOWN = 59;
    private static final int[] KNOWN = {63, 65, 66, 67, 68, 69, 71, 72, 73, 77, 78, 81, 88, 89, 90, 92, 93, 98, 99, 100,
            101, 105, 110, 113, 117,
            126, 128, 129, 131, 136, 137, 172, 252, 255, 268, 420, 440, 666, 777, 789, 995, 1_110, 1_221, 1_222, 1_284,
            1_285, 1_328, 1_337, 1_516, 1_985, 2_007, 2_009, 2_021, 2_024, 2_032, 2_092, 2_106, 2_112, 2_199, 2_206,
            2_207, 2_254, 3_333, 4_450, 5_234, 5_845, 6_094, 7_007, 7_013, 7_306, 7_391, 8_866, 8_883, 8_886, 8_888,
            9_072, 9_807, 9_935, 10_041, 11_330, 11_331, 11_486, 11_820, 12_155, 12_191, 12_850, 13_116, 14_697,
            14_998};

    private Ss58Networks() {}

    /** Whether a prefix that is not reserved stands for a network. */
    public static boolean isKnown(int prefix) {
        return prefix < FIRST_UNKNOWN || IntStream.of(KNOWN).anyMatch(known -> known == prefix);
    }
}
