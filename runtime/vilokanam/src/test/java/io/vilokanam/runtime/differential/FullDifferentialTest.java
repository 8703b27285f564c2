package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.StockJudge;

/**
 * As {@link DifferentialTest}, for composition 110 from the genesis in {@code full/}. Needs the stock node
 * ({@code REFCHAIN_NODE}).
 *
 * <p>To plug pallets in: write a {@link CallSource} that makes random calls and tells stories of them, and add it to
 * {@link CallSources}. It takes part as soon as the composition has its pallets.
 *
 * <p>While the composition lacks pallets, or with {@code -Dvilokanam.differential.pallets=System,Balances,Proxy}, only the
 * results and events of extrinsics are compared, and what is stored by the pallets that are there (or named); all else is
 * taken over from the stock runtime after each block, so no difference hides the next. With {@code none} instead of names
 * nothing but results and events.
 *
 * <p>{@code -Dvilokanam.differential.extrinsics=N} makes a run longer, {@code -Dvilokanam.differential.seed=N} lets it begin
 * with another seed, {@code -Dvilokanam.differential.blocks=N} makes each chain longer. A difference is printed with the
 * extrinsics that it needs; {@code not met} are the calls, events and errors that the run did not reach.
 */
class FullDifferentialTest {

    private static final long EXTRINSICS = Long.getLong("vilokanam.differential.extrinsics", 3_000);
    /** Longer than two terms of the council. */
    private static final int BLOCKS = Integer.getInteger("vilokanam.differential.blocks", 130);
    /** Sessions, spend periods and terms end later: what hooks of missing pallets do then cannot be told apart. */
    private static final int BLOCKS_OF_A_PART = Integer.getInteger("vilokanam.differential.blocks", 28);
    private static final long SEEDS_A_LINE = 5;
    private static final int PALLETS = 26;
    private static final int UPGRADED_BLOCKS = 62;

    @RegisterExtension
    static final OpenJudge JUDGE = new OpenJudge("full/dev.raw.json");

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(110);

    private Compared compared() {
        List<PalletSlot> slots = runtime.pallets().runtime().slots();
        String named = System.getProperty("vilokanam.differential.pallets", "");
        if (named.isEmpty() && slots.size() == PALLETS) {
            return Compared.all();
        }
        Set<String> names = named.isEmpty() ? new TreeSet<>(slots.stream().map(PalletSlot::name).toList())
                : named.equals("none") ? Set.of() : new TreeSet<>(Arrays.asList(named.split(",")));
        return Compared.only(runtime, names);
    }

    private Coverage coverage() {
        List<Map<String, List<String>>> unreachable = new ArrayList<>(List.of(Coverage.UNREACHABLE_IN_110));
        CallSources.of(runtime).forEach(source -> unreachable.add(source.unreachable()));
        return new Coverage(runtime.pallets().runtime(), unreachable);
    }

    /** A chain of 100 gets the code of 110: its first block, then two sessions and an election's day. */
    @Test
    void anUpgradeFrom100ComesToTheSame() throws Exception {
        VilokanamRuntime old = NativeRuntimes.ofVersion(100);
        TwoRuntimes both = new TwoRuntimes(old, JUDGE.get(), "dev.raw.json");
        byte[] code = RecordedGenesis.state("full/dev.raw.json").top().get(WellKnownKeys.CODE.view()).orElseThrow();
        RandomExtrinsics extrinsics = new RandomExtrinsics(new SplittableRandom(1), old,
                List.of(RecordedGenesis.hash("dev.raw.json")));
        Hash parent = RecordedGenesis.hash("dev.raw.json");
        for (int number = 1; number <= UPGRADED_BLOCKS; number++) {
            both.beginBlock(parent, number, RandomChain.FIRST_SLOT + number);
            if (number == 1) {
                extrinsics.at(both.ours(), number);
                World world = extrinsics.calls().world();
                RuntimeCall setCode = world.byRoot(world.call(old.pallets().system(),
                        new SystemCall.SetCodeWithoutChecks(Bytes.wrap(code))));
                assertTrue(both.take(Step.apply(extrinsics.proper(setCode))).isPresent());
                assertEquals(runtime.version().specVersion(), judgedBy().specVersion(), "the judge runs the new code");
            }
            parent = both.endBlock();
            both.switchTo(runtime);
        }
    }

    private static RuntimeVersion judgedBy() throws ScaleException {
        if (JUDGE.get().call("Core_version", new byte[0], false) instanceof StockJudge.Answer.Result(byte[] version)) {
            return RuntimeVersion.CODEC.decodeAll(version);
        }
        throw new AssertionError("the judge has no version");
    }

    @Test
    void randomBlocksComeToTheSameUnderTheStockRuntime() throws Exception {
        Compared compared = compared();
        Coverage coverage = coverage();
        RandomRun.of(EXTRINSICS, SEEDS_A_LINE, coverage, seed -> new RandomChain(seed, runtime, JUDGE.get(), coverage,
                "full/", compared, compared.isWhole() ? BLOCKS : BLOCKS_OF_A_PART));
    }
}
