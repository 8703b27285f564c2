package io.vilokanam.frame.pallet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Hashing;
import io.vilokanam.frame.dispatch.DispatchContext;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** A runtime while it is composed, and the dispatch of calls among its pallets ({@code construct_runtime!}). */
public final class RuntimeScope implements RuntimeCalls {

    /** {@code CallFiltered} of System, which is the first pallet: the outer dispatch of every runtime fails with it. */
    private static final int CALL_FILTERED = 5;

    private final Hashing hashing;
    private final String cratePath;
    private final List<PalletSlot> slots = new ArrayList<>();
    private final PalletSlot[] byIndex = new PalletSlot[256];
    private final Codec<RuntimeCall> codec;
    private EventLog eventLog;
    private boolean hasDispatchContexts;

    /** @param cratePath the Rust crate that metadata places the outer types in, e.g. {@code solochain_template_runtime} */
    public RuntimeScope(Hashing hashing, String cratePath) {
        this.hashing = hashing;
        this.cratePath = cratePath;
        this.codec = new CallCodec();
    }

    /**
     * Builds a pallet at its place. Pallets may be built in any order, so that each finds those that it needs; they stand, and
     * their hooks run, in the order of their indices. System is built first.
     */
    public <P extends Pallet<?>> P add(int index, String name, Function<PalletScope, P> constructor) {
        return add(index, name, Optional.empty(), constructor);
    }

    /** Builds one of several pallets of the same kind: {@code instance} is what FRAME calls it, e.g. {@code Instance1}. */
    public <P extends Pallet<?>> P addInstance(int index, String name, String instance,
            Function<PalletScope, P> constructor) {
        return add(index, name, Optional.of(instance), constructor);
    }

    private <P extends Pallet<?>> P add(int index, String name, Optional<String> instance,
            Function<PalletScope, P> constructor) {
        if (byIndex[index] != null) {
            throw new IllegalStateException(name + " comes at " + index + ", where " + byIndex[index] + " stands");
        }
        PalletScope scope = new PalletScope(this, index, name, instance);
        P pallet = constructor.apply(scope);
        PalletSlot slot = new PalletSlot(this, scope, pallet);
        slots.add(slot);
        slots.sort(Comparator.comparingInt(PalletSlot::index));
        byIndex[index] = slot;
        return pallet;
    }

    /** Says who records events; called by the System pallet's constructor. */
    public void recordEventsWith(EventLog log) {
        eventLog = log;
    }

    /** Gives every outermost dispatch a {@link DispatchContext}: a pallet needs it. */
    void withDispatchContexts() {
        hasDispatchContexts = true;
    }

    EventLog eventLog() {
        return eventLog;
    }

    public Hashing hashing() {
        return hashing;
    }

    /** The pallets in the order of their indices. */
    public List<PalletSlot> slots() {
        return List.copyOf(slots);
    }

    /** The slot of a pallet object. */
    public PalletSlot slotOf(Pallet<?> pallet) {
        return slots.stream().filter(slot -> slot.pallet() == pallet).findFirst().orElseThrow();
    }

    /** A call of a pallet of this runtime. */
    public <C> RuntimeCall call(Pallet<C> pallet, C call) {
        return new RuntimeCall(slotOf(pallet), call);
    }

    @Override
    public Codec<RuntimeCall> codec() {
        return codec;
    }

    @Override
    public DispatchInfo dispatchInfo(RuntimeCall call) {
        return call.pallet().dispatchInfo(call.call());
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, RuntimeCall call) throws DispatchException {
        if (!origin.allows(call)) {
            throw new DispatchException(
                    new DispatchError.Module(ModuleError.of(slots.getFirst().index(), CALL_FILTERED)));
        }
        Externalities host = hasDispatchContexts ? DispatchContext.around(ext) : ext;
        return StorageLayer.of(host, () -> call.pallet().dispatch(host, origin, call.call()));
    }

    @Override
    public DispatchError resolve(DispatchException failure) {
        if (failure.palletError().isEmpty()) {
            return failure.error();
        }
        PalletError error = failure.palletError().orElseThrow();
        for (PalletSlot slot : slots) {
            if (slot.scope().owns(error)) {
                return new DispatchError.Module(ModuleError.of(slot.index(), slot.scope().indexOf(error)));
            }
        }
        throw new IllegalStateException("no pallet of this runtime declares the error " + error);
    }

    /** The type of the outer enum {@code name} ({@code RuntimeEvent}, {@code RuntimeError}) over what the pallets declare. */
    public TypeInfo outerType(String name, Function<PalletScope, Optional<TypeInfo>> inner,
            String typeSuffix) {
        return TypeInfo.named(cratePath + "::" + name, () -> outerDefinition(inner, typeSuffix));
    }

    private TypeDefinition outerDefinition(Function<PalletScope, Optional<TypeInfo>> inner,
            String typeSuffix) {
        List<TypeDefinition.Variant> variants = new ArrayList<>();
        for (PalletSlot slot : slots) {
            inner.apply(slot.scope())
                    .ifPresent(type -> variants.add(new TypeDefinition.Variant(slot.name(), slot.index(),
                            List.of(new TypeDefinition.Field("", type, outerTypeName(type, slot, typeSuffix), "")),
                            "")));
        }
        return new TypeDefinition.Enumeration(variants);
    }

    /** How {@code construct_runtime!} writes the type of an outer variant. */
    private static String outerTypeName(TypeInfo type, PalletSlot slot, String suffix) {
        return switch (suffix) {
            case "Call" ->
                "self::sp_api_hidden_includes_construct_runtime::hidden_include::dispatch\n::CallableCallFor<"
                        + slot.name() + ", Runtime>";
            case "Event" -> type.path().getFirst() + "::Event"
                    + (type.parameters().isEmpty() ? "" : genericArguments(type, slot));
            default -> type.path().getFirst() + "::Error" + genericArguments(type, slot);
        };
    }

    private static String genericArguments(TypeInfo type, PalletSlot slot) {
        return slot.scope().instance().map(instance -> "<Runtime, " + type.path().getFirst() + "::" + instance + ">")
                .orElse("<Runtime>");
    }

    public String cratePath() {
        return cratePath;
    }

    /** {@code RuntimeCall}: the pallet's index, then the pallet's call. */
    private final class CallCodec implements Codec<RuntimeCall> {

        private final TypeInfo type = outerType("RuntimeCall", scope -> scope.calls().map(Codec::type), "Call");

        @Override
        @SuppressWarnings("unchecked")
        public void encode(RuntimeCall value, ScaleOutput out) {
            // Safe: a slot's calls are made by its own table.
            Codec<Object> calls = (Codec<Object>) value.pallet().scope().calls().orElseThrow();
            calls.encode(value.call(), out.u8(value.pallet().index()));
        }

        @Override
        public RuntimeCall decode(ScaleInput in) throws ScaleException {
            int index = in.u8();
            PalletSlot slot = byIndex[index];
            if (slot == null || slot.scope().calls().isEmpty()) {
                throw new ScaleException("no pallet with calls at index " + index);
            }
            return new RuntimeCall(slot, slot.scope().calls().orElseThrow().decode(in));
        }

        @Override
        public TypeInfo type() {
            return type;
        }
    }
}
