package io.vilokanam.node.offchain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.api.StateVersion;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.offchain.settler.BatchBudget;
import io.vilokanam.offchain.tickchain.RuntimeTickChain;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;

/** What a settler takes a batch to weigh is what the runtime of that chain charges for it. */
class BatchWeightTest {

    private static final Bytes WORD = Bytes.wrap(new byte[32]);

    private static Batch batch(SplittableRandom random) {
        List<Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            entries.add(new Entry(i, random.nextInt(1_000), WORD,
                    random.nextBoolean() ? Optional.of(WORD) : Optional.empty()));
        }
        return new Batch(PublicKey.wrap(new byte[32]), random.nextInt(), random.nextInt(1_000),
                random.nextInt(262_144), random.nextInt(200), entries);
    }

    @SeededTest(runs = 20)
    void theBudgetIsTheWeightThatEachRuntimeCharges(long seed) throws Exception {
        Batch batch = batch(new SplittableRandom(seed));
        List<Long> bases = new ArrayList<>();
        for (VilokanamRuntime runtime : VilokanamRuntime.all(new HostHashing())) {
            Optional<TickStream> pallet = runtime.pallets().tickStream();
            if (pallet.isPresent()) {
                HostExternalities ext = new HostExternalities(
                        new StorageOverlay(ChainState.empty(), StateVersion.V1), HostServices.onChain(
                                SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));
                BatchBudget budget = BatchBudget.of(new RuntimeTickChain(
                        (block, method, arguments, offchain) -> runtime.call(method, arguments, ext)), Hash.ZERO);
                TickStreamCall call = new TickStreamCall.SettleBatch(batch, Bytes.wrap(new byte[64]));
                assertEquals(pallet.get().weigh(call).refTime(), budget.weightOf(batch));
                bases.add(budget.base());
            }
        }
        assertEquals(2, bases.size());
        assertTrue(bases.getFirst() < bases.getLast(), "governance costs something");
    }
}
