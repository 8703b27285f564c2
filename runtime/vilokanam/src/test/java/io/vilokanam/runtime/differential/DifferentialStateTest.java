package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.runtimeapi.ApiMethod;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.frame.storage.StorageEntry;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.runtime.NativeRuntimes;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.differential.TwoRuntimes.Step;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** What root may write into storage at and past the bounds of its types, read by the stock runtime and by ours. */
class DifferentialStateTest {

    private static final List<Integer> LENGTHS = List.of(0, 1, 2, 16, 31, 32, 33, 49, 50, 51, 100, 1_000);

    private static final MultiAddress NOBODY = MultiAddress.of(AccountId.fromHex("0x" + "07".repeat(32)));

    @RegisterExtension
    static final OpenJudge JUDGE = new OpenJudge("dev.raw.json");

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(100);

    /** Lists that are bounded are none where they are too long; those whose bound is weak are read nevertheless. */
    @Test
    void listsAreReadUpToTheirBounds() throws Exception {
        List<String> differences = new ArrayList<>();
        for (PalletSlot slot : runtime.pallets().runtime().slots()) {
            for (StorageEntry entry : slot.scope().storage()) {
                Optional<TypeInfo> element = elementOfList(entry.valueType());
                if (element.isPresent()) {
                    for (int length : LENGTHS) {
                        write(slot.name(), entry, list(element.get(), length), length, differences);
                    }
                }
            }
        }
        assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
    }

    private void write(String pallet, StorageEntry entry, Bytes value, int length, List<String> differences)
            throws Exception {
        TwoRuntimes both = new TwoRuntimes(runtime, JUDGE.get(), "dev.raw.json");
        Hash genesis = RecordedGenesis.hash("dev.raw.json");
        RandomExtrinsics extrinsics = new RandomExtrinsics(new SplittableRandom(1), runtime, List.of(genesis));
        try {
            both.beginBlock(genesis, 1, RandomChain.FIRST_SLOT);
            extrinsics.at(both.ours(), 1);
            World world = extrinsics.calls().world();
            RuntimeCall set = world.byRoot(world.call(runtime.pallets().system(),
                    new SystemCall.SetStorage(List.of(Map.entry(key(entry), value)))));
            assertArrayEquals(new byte[2], both.take(Step.apply(extrinsics.proper(set))).orElseThrow());
            for (Balances.Call call : List.of(new Balances.Call.TransferAll(NOBODY, true),
                    new Balances.Call.ForceUnreserve(MultiAddress.of(Actors.alice().id()), Actors.ED))) {
                extrinsics.at(both.ours(), 1);
                both.take(Step.apply(extrinsics.proper(world.call(runtime.pallets().balances(), call))));
            }
            for (RuntimeApi api : runtime.apis()) {
                for (ApiMethod method : api.methods()) {
                    if (method.parameters().isEmpty() && !method.name().equals("metadata")) {
                        both.take(new Step(api.name() + "_" + method.name(), new byte[0], false));
                    }
                }
            }
            both.take(new Step("BlockBuilder_finalize_block", new byte[0], true));
            both.compareStates();
        } catch (TwoRuntimes.Difference difference) {
            differences.add(pallet + "." + entry.item() + " of " + length + ": " + difference.getMessage());
        }
    }

    private static Optional<TypeInfo> elementOfList(TypeInfo type) {
        return switch (type.definition().get()) {
            case TypeDefinition.Sequence(TypeInfo element) -> Optional.of(element);
            case TypeDefinition.Composite(var fields) when fields.size() == 1 ->
                elementOfList(fields.getFirst().type());
            case TypeDefinition.Composite _,TypeDefinition.Enumeration _,TypeDefinition.Array _,TypeDefinition.Tuple _,TypeDefinition.Primitive _,TypeDefinition.Compact _,TypeDefinition.BitSequence _ ->
                Optional.empty();
        };
    }

    private static Bytes list(TypeInfo element, int length) {
        RandomValues values = new RandomValues(new SplittableRandom(length));
        ScaleOutput out = new ScaleOutput().compact(length);
        for (int i = 0; i < length; i++) {
            out.raw(values.of(element));
        }
        return out.toBytes();
    }

    /** Of a map, the key of //Alice, who acts here. */
    private static Bytes key(StorageEntry entry) {
        ScaleOutput out = new ScaleOutput().raw(entry.prefix().view());
        entry.keyType().ifPresent(_ -> out.raw(entry.hashers().getFirst().apply(new HostHashing(),
                Actors.alice().id().bytes().view())));
        return out.toBytes();
    }
}
