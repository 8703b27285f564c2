package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.Hash;
import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/**
 * Random blocks and API calls through the stock runtime and through ours: results, headers, storage, roots and answers must be
 * the same. Needs the stock node ({@code REFCHAIN_NODE}). {@code -Dvilokanam.differential.extrinsics=N} makes a run longer,
 * {@code -Dvilokanam.differential.seed=N} lets it begin with another seed.
 */
class DifferentialTest {

    private static final long EXTRINSICS = Long.getLong("vilokanam.differential.extrinsics", 5_000);
    private static final long SEEDS_A_LINE = 20;
    /** The innermost call is no level of its own, so 256 levels hold 257 calls. */
    private static final int NESTED_CALLS_MAX = 257;

    @RegisterExtension
    static final OpenJudge JUDGE = new OpenJudge("dev.raw.json");

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(100);

    @Test
    void randomBlocksComeToTheSameUnderTheStockRuntime() throws Exception {
        Coverage coverage = new Coverage(runtime.pallets().runtime(), List.of(Coverage.UNREACHABLE_IN_100));
        RandomRun.of(EXTRINSICS, SEEDS_A_LINE, coverage,
                seed -> new RandomChain(seed, runtime, JUDGE.get(), coverage));
    }

    @Test
    void callsNestAsDeepAsInTheStockRuntime() throws Exception {
        TwoRuntimes both = new TwoRuntimes(runtime, JUDGE.get(), "dev.raw.json");
        Hash genesis = RecordedGenesis.hash("dev.raw.json");
        RandomExtrinsics extrinsics = new RandomExtrinsics(new SplittableRandom(1), runtime, List.of(genesis));
        both.take(new Step("Core_initialize_block", RandomChain.start(genesis, 1, RandomChain.FIRST_SLOT), true));
        for (int depth : new int[]{1, 2, 100, 128, 200, 251, 252, 253, 254, 255, 256, NESTED_CALLS_MAX}) {
            extrinsics.at(both.ours(), 1);
            Step step = Step.apply(extrinsics.proper(nested(depth)));
            assertArrayEquals(new byte[2], both.take(step).orElseThrow(), () -> depth + " calls");
        }
        extrinsics.at(both.ours(), 1);
        Step tooDeep = Step.apply(extrinsics.proper(nested(NESTED_CALLS_MAX + 1)));
        assertTrue(both.take(tooDeep).isEmpty());
        both.compareStates();
    }

    @Test
    void genesisConfigurationsAreTakenAndRefusedAsByTheStockRuntime() throws Exception {
        TwoRuntimes both = new TwoRuntimes(runtime, JUDGE.get(), "dev.raw.json");
        List<String> differences = new ArrayList<>();
        for (String configuration : RandomConfigs.all()) {
            byte[] json = configuration.getBytes(StandardCharsets.UTF_8);
            try {
                both.take(new Step("GenesisBuilder_build_state", new ScaleOutput().bytes(json).toByteArray(), false));
            } catch (TwoRuntimes.Difference difference) {
                differences
                        .add(configuration + difference.getMessage().substring(difference.getMessage().indexOf('\n')));
            }
        }
        assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
    }

    private RuntimeCall nested(int depth) {
        RuntimeScope calls = runtime.pallets().runtime();
        RuntimeCall call = calls.call(runtime.pallets().system(), new SystemCall.RemarkWithEvent(Bytes.EMPTY));
        for (int i = depth; i > 1; i--) {
            call = calls.call(runtime.pallets().utility(), i % 2 == 0 ? new Utility.Call.Batch(List.of(call))
                    : new Utility.Call.ForceBatch(List.of(call)));
        }
        return call;
    }
}
