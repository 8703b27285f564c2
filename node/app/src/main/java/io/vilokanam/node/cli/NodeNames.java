package io.vilokanam.node.cli;

import java.util.random.RandomGenerator;

/** Names for nodes that nobody named. */
final class NodeNames {

    private static final String[] FIRST = {"quiet", "bright", "early", "gentle", "swift", "amber", "lucky", "steady",
            "curious",
            "golden", "silver", "merry", "patient", "brave", "calm", "clever"};
    private static final String[] SECOND = {"lantern", "river", "falcon", "harbour", "meadow", "comet", "willow",
            "ember",
            "anchor", "canyon", "orchid", "signal", "voyage", "thunder", "garden", "summit"};
    private static final int NUMBERS = 10_000;

    private NodeNames() {}

    /** Two words and a number. */
    static String random(RandomGenerator random) {
        return FIRST[random.nextInt(FIRST.length)] + "-" + SECOND[random.nextInt(SECOND.length)] + "-"
                + (1000 + random.nextInt(NUMBERS - 1000));
    }
}
