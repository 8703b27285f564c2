package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.vilokanam.primitives.Hash;
import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.testkit.StockJudge;

/**
 * A referendum that schedules a batch, made by a proxy, that pays from the treasury into a vesting schedule: told by itself
 * from genesis, in both runtimes. Needs the stock node ({@code REFCHAIN_NODE}).
 */
class GovernedPaymentTest {

    private static final String SPEC = "full/dev.raw.json";
    private static final int BLOCKS = 62;
    private static final Set<String> OF_BOTH = Set.of("event Referenda.Confirmed", "event Treasury.AssetSpendApproved",
            "event Scheduler.Dispatched", "event Proxy.ProxyExecuted", "event Treasury.Paid",
            "event Vesting.VestingUpdated",
            "event Treasury.SpendProcessed", "event ConvictionVoting.Voted");

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(110);

    @Test
    void oneReferendumPaysAndLetsAProxyClaim() throws Exception {
        assertEquals(Set.of(), missingOf(world -> GovernedPayments.tell(world, true)));
    }

    @Test
    void aReferendumOfTheDelegateClaimsWhatRootPays() throws Exception {
        assertEquals(Set.of(), missingOf(world -> GovernedPayments.tell(world, false)));
    }

    /** The events that the story should have led to and has not. */
    private Set<String> missingOf(Consumer<World> story) throws Exception {
        Coverage coverage = new Coverage(runtime.pallets().runtime(), List.of());
        try (StockJudge judge = StockJudge.atGenesisOf(SPEC)) {
            TwoRuntimes both = new TwoRuntimes(runtime, judge, SPEC, Compared.all());
            List<Hash> hashes = new ArrayList<>(List.of(RecordedGenesis.hash(SPEC)));
            RandomExtrinsics extrinsics = new RandomExtrinsics(new SplittableRandom(1), runtime, hashes);
            for (int number = 1; number <= BLOCKS; number++) {
                both.beginBlock(hashes.getLast(), number, RandomChain.FIRST_SLOT + number);
                extrinsics.at(both.ours(), number);
                World world = extrinsics.calls().world();
                if (number == 1) {
                    story.accept(world);
                }
                world.goOn();
                for (Optional<World.Act> act = world.nextAct(); act.isPresent(); act = world.nextAct()) {
                    both.take(Step.apply(extrinsics.of(act.get())));
                }
                hashes.add(both.endBlock());
                Optional<byte[]> events = both.ours().get(TwoRuntimes.EVENTS.view());
                if (events.isPresent()) {
                    coverage.events(events.get());
                }
            }
        }
        Set<String> missing = new TreeSet<>(OF_BOTH);
        missing.retainAll(coverage.missing());
        return missing;
    }
}
