package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.elections.Elections;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.primitives.Hash;
import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.StoredItems;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Hex;

/**
 * Elections at the limits and below, held by the stock runtime and by composition 110 over the same state: root writes who
 * runs and who votes ({@link RandomElection}), then comes the block in which the term ends. Every change of storage must be the
 * same. Needs the stock node ({@code REFCHAIN_NODE}).
 *
 * <p>{@code -Dvilokanam.elections.instances=N} holds more of them, {@code -Dvilokanam.elections.seed=N} begins with another
 * seed. A difference is printed with its seed.
 */
class ElectionsBesideStockTest {

    private static final String SPEC = "full/dev.raw.json";
    private static final int INSTANCES = Integer.getInteger("vilokanam.elections.instances", 20);
    private static final long FIRST_SEED = Long.getLong("vilokanam.elections.seed", 1);
    private static final int TERM = 60;
    private static final int MEMBERS = 21;
    private static final int RUNNERS_UP = 7;
    private static final int DIFFERENCES_MAX = 5;
    private static final Bytes ROUNDS = StoredItems.prefix("Elections", "ElectionRounds");

    /** What an election came to. */
    private enum Outcome {
        /** All seats were taken, and nobody more can come next. */
        FULL,
        /** Some seats were taken. */
        PARTLY, NOBODY,
        /** None was held: nobody ran, or too many voted. */
        NONE
    }

    @RegisterExtension
    static final OpenJudge JUDGE = new OpenJudge(SPEC);

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(110);
    private final Hash genesis = RecordedGenesis.hash(SPEC);
    private final Elections elections = runtime.pallets().townHall().orElseThrow().councils().elections();

    @Test
    void randomElectionsComeToTheSameUnderTheStockRuntime() throws Exception {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        List<String> differences = new ArrayList<>();
        int held = 0;
        for (; held < INSTANCES && differences.size() < DIFFERENCES_MAX; held++) {
            long seed = FIRST_SEED + held;
            try {
                outcomes.merge(hold(seed), 1, Integer::sum);
            } catch (TwoRuntimes.Difference difference) {
                differences.add("seed=" + seed + ": " + difference.getMessage());
            }
        }
        System.out.println("elections: seeds " + FIRST_SEED + " to " + (FIRST_SEED + held - 1) + ", " + outcomes + ", "
                + differences.size() + " differences");
        assertTrue(differences.isEmpty(), () -> String.join("\n\n", differences));
        if (FIRST_SEED == 1 && INSTANCES >= 20) {
            assertEquals(Outcome.values().length, outcomes.size(), outcomes::toString);
        }
    }

    private Outcome hold(long seed) throws Exception {
        TwoRuntimes both = new TwoRuntimes(runtime, JUDGE.get(), SPEC);
        RandomExtrinsics extrinsics = new RandomExtrinsics(new SplittableRandom(seed), runtime, List.of(genesis));
        begin(both, 1);
        extrinsics.at(both.ours(), 1);
        World world = extrinsics.calls().world();
        RuntimeCall state = world.byRoot(world.call(runtime.pallets().system(),
                new SystemCall.SetStorage(new RandomElection(seed, runtime).items())));
        assertEquals("0x0000", Hex.encode(both.take(Step.apply(extrinsics.proper(state))).orElseThrow()),
                () -> "seed=" + seed + ": root could not write the state");
        both.endBlock();
        begin(both, TERM);
        List<Integer> seats = List.of(elections.members(both.ours()).size(), elections.runnersUp(both.ours()).size());
        boolean isHeld = both.ours().exists(ROUNDS.toArray());
        both.endBlock();
        return isHeld ? outcome(seats.getFirst(), seats.getLast()) : Outcome.NONE;
    }

    private static Outcome outcome(int members, int runnersUp) {
        return members == 0 ? Outcome.NOBODY
                : members == MEMBERS && runnersUp == RUNNERS_UP ? Outcome.FULL : Outcome.PARTLY;
    }

    private void begin(TwoRuntimes both, long number) throws TwoRuntimes.Difference {
        both.beginBlock(genesis, number, RandomChain.FIRST_SLOT + number);
    }
}
