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
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.pallets.elections.Elections;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.primitives.Hash;
import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
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
    private static final Bytes ROUNDS = new ScaleOutput()
            .raw(new HostHashing().twox128(Bytes.ascii("Elections").view()))
            .raw(new HostHashing().twox128(Bytes.ascii("ElectionRounds").view())).toBytes();

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
        RuntimeCall state = root(new SystemCall.SetStorage(new RandomElection(seed, runtime).items()));
        assertEquals("0x0000", Hex.encode(both.take(apply(extrinsics.proper(state))).orElseThrow()),
                () -> "seed=" + seed + ": root could not write the state");
        end(both);
        begin(both, TERM);
        List<Integer> seats = List.of(elections.members(both.ours()).size(), elections.runnersUp(both.ours()).size());
        boolean isHeld = both.ours().exists(ROUNDS.toArray());
        end(both);
        return isHeld ? outcome(seats.getFirst(), seats.getLast()) : Outcome.NONE;
    }

    private static Outcome outcome(int members, int runnersUp) {
        return members == 0 ? Outcome.NOBODY
                : members == MEMBERS && runnersUp == RUNNERS_UP ? Outcome.FULL : Outcome.PARTLY;
    }

    private void begin(TwoRuntimes both, long number) throws TwoRuntimes.Difference {
        long slot = RandomChain.FIRST_SLOT + number;
        assertTrue(both.take(new Step("Core_initialize_block", RandomChain.start(genesis, number, slot), true))
                .isPresent());
        both.take(apply(RandomQueries.timestamp(slot * RandomChain.SLOT_MILLIS)));
    }

    private static void end(TwoRuntimes both) throws TwoRuntimes.Difference {
        assertTrue(both.take(new Step("BlockBuilder_finalize_block", new byte[0], true)).isPresent());
        both.compareStates();
    }

    private static Step apply(byte[] extrinsic) {
        return new Step("BlockBuilder_apply_extrinsic", extrinsic, true);
    }

    private RuntimeCall root(SystemCall call) {
        var calls = runtime.pallets().runtime();
        return calls.call(runtime.pallets().sudo(),
                new Sudo.Call.AsRoot(calls.call(runtime.pallets().system(), call)));
    }
}
