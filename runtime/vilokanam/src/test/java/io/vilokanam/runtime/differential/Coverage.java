package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** Which calls, events and errors of the pallets a run has met, read off the encodings with the described types. */
final class Coverage {

    private static final List<String> MODULE_ERROR = List.of("sp_runtime", "ModuleError");

    /** What no chain of composition 100 can meet, by why. */
    static final Map<String, List<String>> UNREACHABLE_IN_100 = Map.of(
            "there is no key ownership proof, so no report decodes",
            List.of("call Grandpa.report_equivocation", "call Grandpa.report_equivocation_unsigned",
                    "error Grandpa.InvalidKeyOwnershipProof", "error Grandpa.InvalidEquivocationProof",
                    "error Grandpa.DuplicateOffenceReport"),
            "only pallets that change the voters ask for it, and none does",
            List.of("error Grandpa.ChangePending", "error Grandpa.TooSoon", "error Grandpa.PauseFailed",
                    "error Grandpa.ResumeFailed"),
            "only pallets that hold, freeze, lock, reserve, slash or mint cause it, and none does",
            List.of("error Balances.LiquidityRestrictions", "error Balances.InsufficientBalance",
                    "error Balances.ExistentialDeposit", "error Balances.Expendability", "error Balances.DeadAccount",
                    "error Balances.TooManyReserves", "error Balances.TooManyHolds", "error Balances.TooManyFreezes",
                    "event Balances.Frozen", "event Balances.Thawed", "event Balances.Locked",
                    "event Balances.Unlocked",
                    "event Balances.Minted", "event Balances.Restored", "event Balances.Suspended",
                    "event Balances.Slashed",
                    "event Balances.Reserved", "event Balances.ReserveRepatriated"),
            "the pallet itself no longer returns it",
            List.of("error Balances.VestingBalance", "error Balances.ExistingVestingSchedule",
                    "error System.NonDefaultComposite", "error System.NonZeroRefCount"),
            "this runtime knows no migration that takes several blocks",
            List.of("error System.MultiBlockMigrationsOngoing"));

    /** What no chain of composition 110 can meet of the same eight pallets; of the others see {@link CallSource#unreachable}. */
    static final Map<String, List<String>> UNREACHABLE_IN_110 = Map.of(
            "nobody freezes, mints, shelves, restores, withdraws, or reserves by name",
            List.of("error Balances.TooManyFreezes", "error Balances.TooManyReserves", "error Balances.Expendability",
                    "event Balances.Frozen", "event Balances.Thawed", "event Balances.Minted",
                    "event Balances.Restored", "event Balances.Suspended"),
            "there are as many places for holds as reasons to hold", List.of("error Balances.TooManyHolds"),
            "those who pay into an account that may not be there do not pass the error on",
            List.of("error Balances.DeadAccount", "error Balances.ExistentialDeposit"),
            "the pallet itself no longer returns it",
            List.of("error Balances.VestingBalance", "error Balances.ExistingVestingSchedule",
                    "error System.NonDefaultComposite", "error System.NonZeroRefCount"),
            "this runtime knows no migration that takes several blocks",
            List.of("error System.MultiBlockMigrationsOngoing"));

    private final RuntimeScope runtime;
    private final TypeInfo events;
    private final SortedMap<String, Long> met = new TreeMap<>();

    private final SortedSet<String> unreachable = new TreeSet<>();

    /** @param unreachable what no chain of the composition can meet, by why */
    Coverage(RuntimeScope runtime, Collection<Map<String, List<String>>> unreachable) {
        unreachable.forEach(each -> each.values().forEach(this.unreachable::addAll));
        this.runtime = runtime;
        this.events = runtime.slots().getFirst().scope().storage().stream()
                .filter(entry -> entry.item().equals("Events"))
                .findFirst().orElseThrow().valueType();
    }

    /** A call that was dispatched or refused, with all that it holds. */
    void call(byte[] call) throws ScaleException {
        walk(runtime.codec().type(), new ScaleInput(call), "");
    }

    void events(byte[] encoded) throws ScaleException {
        walk(events, new ScaleInput(encoded), "");
    }

    /** What the pallets declare, could be met and was not. */
    SortedSet<String> missing() {
        SortedSet<String> missing = new TreeSet<>(all());
        missing.removeAll(met.keySet());
        missing.removeAll(unreachable);
        return missing;
    }

    /** What was met although it is said that it cannot be. */
    SortedSet<String> wronglyUnreachable() {
        SortedSet<String> wrong = new TreeSet<>(met.keySet());
        wrong.retainAll(unreachable);
        return wrong;
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        for (PalletSlot slot : runtime.slots()) {
            slot.scope().calls().ifPresent(calls -> add(all, "call " + slot.name(), calls.type()));
            slot.scope().eventType().ifPresent(type -> add(all, "event " + slot.name(), type));
            slot.scope().errorType().ifPresent(type -> add(all, "error " + slot.name(), type));
        }
        return all;
    }

    private static void add(List<String> names, String pallet, TypeInfo type) {
        if (type.definition().get() instanceof TypeDefinition.Enumeration(var variants)) {
            variants.forEach(variant -> names.add(pallet + "." + variant.name()));
        }
    }

    private void walk(TypeInfo type, ScaleInput in, String outer) throws ScaleException {
        switch (type.definition().get()) {
            case TypeDefinition.Composite _ when type.path().equals(MODULE_ERROR) -> meetError(in.u8(), in.raw(4)[0]);
            case TypeDefinition.Composite(var fields) -> walkFields(fields, in, "");
            case TypeDefinition.Enumeration(var variants) -> {
                int index = in.u8();
                var variant = variants.stream().filter(v -> v.index() == index).findFirst()
                        .orElseThrow(() -> new ScaleException(type.key() + " has no variant " + index));
                String name = type.path().isEmpty() ? "" : type.path().getLast();
                boolean outermost = name.equals("RuntimeCall") || name.equals("RuntimeEvent");
                if (!outer.isEmpty()) {
                    met.merge(outer + "." + variant.name(), 1L, Long::sum);
                }
                String kind = name.endsWith("Call") ? "call " : "event ";
                walkFields(variant.fields(), in, outermost ? kind + variant.name() : "");
            }
            case TypeDefinition.Sequence(TypeInfo element) -> walkAll((int) in.compactU32(), element, in);
            case TypeDefinition.Array(int length, TypeInfo element) -> walkAll(length, element, in);
            case TypeDefinition.Tuple(var elements) -> {
                for (TypeInfo element : elements) {
                    walk(element, in, "");
                }
            }
            case TypeDefinition.Primitive primitive -> skip(primitive, in);
            case TypeDefinition.Compact(TypeInfo element) -> {
                if (!(element.definition().get() instanceof TypeDefinition.Tuple)) {
                    in.compactBig();
                }
            }
            case TypeDefinition.BitSequence _ -> in.raw((int) (in.compactU32() + 7) / 8);
        }
    }

    /** Elements of one type, bytes at once. */
    private void walkAll(int count, TypeInfo element, ScaleInput in) throws ScaleException {
        if (element.definition().get() == TypeDefinition.Primitive.U8) {
            in.skip(count);
            return;
        }
        for (int i = 0; i < count; i++) {
            walk(element, in, "");
        }
    }

    private void walkFields(List<TypeDefinition.Field> fields, ScaleInput in, String outer) throws ScaleException {
        for (TypeDefinition.Field field : fields) {
            walk(field.type(), in, outer);
        }
    }

    private void meetError(int pallet, int error) {
        for (PalletSlot slot : runtime.slots()) {
            if (slot.index() == pallet && slot.scope().errorType().isPresent() && slot.scope().errorType().get()
                    .definition().get() instanceof TypeDefinition.Enumeration(var variants)) {
                variants.stream().filter(variant -> variant.index() == error)
                        .forEach(variant -> met.merge("error " + slot.name() + "." + variant.name(), 1L, Long::sum));
            }
        }
    }

    private static void skip(TypeDefinition.Primitive primitive, ScaleInput in) throws ScaleException {
        switch (primitive) {
            case BOOL, U8, I8 -> in.raw(1);
            case U16, I16 -> in.raw(2);
            case U32, I32, CHAR -> in.raw(4);
            case U64, I64 -> in.raw(8);
            case U128, I128 -> in.raw(16);
            case U256, I256 -> in.raw(32);
            case STR -> in.bytes();
        }
    }
}
