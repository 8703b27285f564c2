package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.pallets.collective.CollectiveOrigin;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.testkit.Hex;

/**
 * Who may make which call: each call of composition 110 is made by both collectives with all kinds of majorities, by a single
 * member and by nobody, and must be let through or refused as by the stock runtime. Needs the stock node
 * ({@code REFCHAIN_NODE}).
 */
class OriginsBesideStockTest {

    private static final String SPEC = "full/dev.raw.json";
    private static final int COUNCIL = 17;
    private static final int TECHNICAL_COMMITTEE = 18;
    private static final int MEMBERS_MAX = 13;
    private static final int ARGUMENTS_MAX = 4_096;
    private static final int CALLS = 130;

    @RegisterExtension
    static final OpenJudge JUDGE = new OpenJudge(SPEC);

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(110);
    private final Pallets pallets = runtime.pallets();
    private final RuntimeScope calls = pallets.runtime();
    private final Hash genesis = RecordedGenesis.hash(SPEC);

    @Test
    void bodiesMayMakeTheCallsThatTheyMayMakeInTheStockRuntime() throws Exception {
        List<String> differences = new ArrayList<>();
        List<RuntimeCall> all = everyCall();
        for (RuntimeCall call : all) {
            try {
                tryAll(call);
            } catch (TwoRuntimes.Difference difference) {
                differences.add(call.pallet().name() + " " + call.call() + difference.getMessage());
            }
        }
        assertTrue(all.size() > CALLS, () -> all.size() + " calls");
        assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
    }

    /** Each call with arguments that are all zeros. */
    private List<RuntimeCall> everyCall() throws ScaleException {
        List<RuntimeCall> every = new ArrayList<>();
        for (PalletSlot slot : calls.slots()) {
            TypeInfo type = slot.scope().calls().isEmpty() ? null : slot.scope().calls().get().type();
            if (type != null && type.definition().get() instanceof TypeDefinition.Enumeration(var variants)) {
                for (TypeDefinition.Variant variant : variants) {
                    byte[] zeros = new byte[ARGUMENTS_MAX];
                    zeros[0] = (byte) slot.index();
                    zeros[1] = (byte) variant.index();
                    every.add(calls.codec().decode(new ScaleInput(zeros)));
                }
            }
        }
        return every;
    }

    /** A block in which root makes the call as everybody, one after the other. */
    private void tryAll(RuntimeCall call) throws Exception {
        TwoRuntimes both = new TwoRuntimes(runtime, JUDGE.get(), SPEC);
        RandomExtrinsics extrinsics = new RandomExtrinsics(new SplittableRandom(1), runtime, List.of(genesis));
        both.beginBlock(genesis, 1, RandomChain.FIRST_SLOT);
        extrinsics.at(both.ours(), 1);
        RuntimeCall byAll = calls.call(pallets.utility(), new Utility.Call.ForceBatch(origins().stream()
                .map(origin -> calls.call(pallets.utility(), new Utility.Call.DispatchAs(origin, call))).toList()));
        Optional<byte[]> result = both.take(Step.apply(extrinsics.proper(calls.call(pallets.sudo(),
                new Sudo.Call.AsRootUncheckedWeight(byAll, Weight.ZERO)))));
        if (result.isPresent()) { // a second time in one block both refuse to set: then neither makes a block
            assertEquals("0x0000", Hex.encode(result.get()));
            both.compareStates();
        }
    }

    private static List<Origin> origins() {
        List<Origin> origins = new ArrayList<>(List.of(Origin.NONE));
        for (int body : List.of(COUNCIL, TECHNICAL_COMMITTEE)) {
            origins.add(new Origin.OfPallet(body, new CollectiveOrigin.Phantom()));
            origins.add(new Origin.OfPallet(body, new CollectiveOrigin.Member(Actors.alice().id())));
            for (int members = 0; members <= MEMBERS_MAX; members++) {
                for (int yes = 0; yes <= members + 1; yes++) {
                    origins.add(new Origin.OfPallet(body, new CollectiveOrigin.Members(yes, members)));
                }
            }
            origins.add(new Origin.OfPallet(body, new CollectiveOrigin.Members(1L << 31, 1)));
        }
        return origins;
    }
}
