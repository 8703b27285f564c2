package io.vilokanam.pallets.utility;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Attempt;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.Variants;

/** Calls about calls: batches, pseudonyms, other origins ({@code pallet_utility}). It stores nothing. */
public final class Utility implements Pallet<Utility.Call> {

    public sealed interface Call {
        record Batch(List<RuntimeCall> calls) implements Call {}

        record AsDerivative(int index, RuntimeCall call) implements Call {}

        record BatchAll(List<RuntimeCall> calls) implements Call {}

        record DispatchAs(Origin asOrigin, RuntimeCall call) implements Call {}

        record ForceBatch(List<RuntimeCall> calls) implements Call {}

        record WithWeight(RuntimeCall call, Weight weight) implements Call {}

        record IfElse(RuntimeCall main, RuntimeCall fallback) implements Call {}

        record DispatchAsFallible(Origin asOrigin, RuntimeCall call) implements Call {}
    }

    public sealed interface Event {
        record BatchInterrupted(long index, DispatchError error) implements Event {}

        record BatchCompleted() implements Event {}

        record BatchCompletedWithErrors() implements Event {}

        record ItemCompleted() implements Event {}

        record ItemFailed(DispatchError error) implements Event {}

        record DispatchedAs(Result<Unit, DispatchError> result) implements Event {}

        record IfElseMainSuccess() implements Event {}

        record IfElseFallbackCalled(DispatchError mainError) implements Event {}
    }

    public enum Error implements PalletError {
        TOO_MANY_CALLS
    }

    private static final String CALL = "Box<<T as Config>::RuntimeCall>";
    private static final String CALLS = "Vec<<T as Config>::RuntimeCall>";
    private static final String ORIGIN = "Box<T::PalletsOrigin>";

    private static Variants<Call> calls(RuntimeCalls runtime, Codec<Origin> origin) {
        Codec<RuntimeCall> call = runtime.boxedCodec();
        Codec<List<RuntimeCall>> calls = Codecs.vec(runtime.codec());
        return Variants.of(Call.class)
                .with(0, "batch", Call.Batch.class,
                        struct(Call.Batch::new, field("calls", CALLS, calls, Call.Batch::calls)),
                        "Make calls one behind the other until one fails; what the earlier ones did stays.")
                .with(1, "as_derivative", Call.AsDerivative.class,
                        struct(Call.AsDerivative::new, field("index", "u16", Codecs.U16, Call.AsDerivative::index),
                                field("call", CALL, call, Call.AsDerivative::call)),
                        "Make a call on behalf of a pseudonym of the signer.")
                .with(2, "batch_all", Call.BatchAll.class,
                        struct(Call.BatchAll::new, field("calls", CALLS, calls, Call.BatchAll::calls)),
                        "Make calls one behind the other; if one fails none is done.")
                .with(3, "dispatch_as", Call.DispatchAs.class,
                        struct(Call.DispatchAs::new, field("as_origin", ORIGIN, origin, Call.DispatchAs::asOrigin),
                                field("call", CALL, call, Call.DispatchAs::call)),
                        "Make a call from another origin; it may fail. Root only.")
                .with(4, "force_batch", Call.ForceBatch.class,
                        struct(Call.ForceBatch::new, field("calls", CALLS, calls, Call.ForceBatch::calls)),
                        "Make calls one behind the other; those that fail are passed over.")
                .with(5, "with_weight", Call.WithWeight.class,
                        struct(Call.WithWeight::new, field("call", CALL, call, Call.WithWeight::call),
                                field("weight", "Weight", Weight.CODEC, Call.WithWeight::weight)),
                        "Make a call which counts as so much weight, whatever it is. Root only.")
                .with(6, "if_else", Call.IfElse.class,
                        struct(Call.IfElse::new, field("main", CALL, call, Call.IfElse::main),
                                field("fallback", CALL, call, Call.IfElse::fallback)),
                        "Make a call, and another one if it fails.")
                .with(7, "dispatch_as_fallible", Call.DispatchAsFallible.class,
                        struct(Call.DispatchAsFallible::new,
                                field("as_origin", ORIGIN, origin, Call.DispatchAsFallible::asOrigin),
                                field("call", CALL, call, Call.DispatchAsFallible::call)),
                        "Make a call from another origin, and fail if it fails. Root only.")
                .complete();
    }

    public static final Variants<Event> EVENTS = Variants.of(Event.class)
            .with(0, "BatchInterrupted", Event.BatchInterrupted.class,
                    struct(Event.BatchInterrupted::new,
                            field("index", "u32", Codecs.U32, Event.BatchInterrupted::index),
                            field("error", "DispatchError", DispatchError.CODEC, Event.BatchInterrupted::error)),
                    "A batch ended at the call of this index, which failed.")
            .with(1, "BatchCompleted", Event.BatchCompleted.class, struct(Event.BatchCompleted::new),
                    "All calls of a batch were made.")
            .with(2, "BatchCompletedWithErrors", Event.BatchCompletedWithErrors.class,
                    struct(Event.BatchCompletedWithErrors::new), "All calls of a batch were tried, some failed.")
            .with(3, "ItemCompleted", Event.ItemCompleted.class, struct(Event.ItemCompleted::new),
                    "A call of a batch was made.")
            .with(4, "ItemFailed", Event.ItemFailed.class,
                    struct(Event.ItemFailed::new,
                            field("error", "DispatchError", DispatchError.CODEC, Event.ItemFailed::error)),
                    "A call of a batch failed.")
            .with(5, "DispatchedAs", Event.DispatchedAs.class,
                    struct(Event.DispatchedAs::new,
                            field("result", "DispatchResult", ApplyResult.OUTCOME, Event.DispatchedAs::result)),
                    "A call was made from another origin.")
            .with(6, "IfElseMainSuccess", Event.IfElseMainSuccess.class, struct(Event.IfElseMainSuccess::new),
                    "The main call was made.")
            .with(7, "IfElseFallbackCalled", Event.IfElseFallbackCalled.class,
                    struct(Event.IfElseFallbackCalled::new,
                            field("main_error", "DispatchError", DispatchError.CODEC,
                                    Event.IfElseFallbackCalled::mainError)),
                    "The main call failed and the other one was made.")
            .complete();

    static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "TooManyCalls", Error.TOO_MANY_CALLS, "A batch holds too many calls.").complete();

    /** A third of the 32 MiB that a Wasm runtime can allocate at once, at 1 KiB a call. */
    static final int BATCHED_CALLS_MAX = (32 << 20) / 3 / 1_024;

    private static final Bytes PSEUDONYM = Bytes.ascii("modlpy/utilisuba");

    private final RuntimeCalls runtime;
    private final EventSink<Event> events;

    /**
     * @param runtime dispatches the calls within the calls
     * @param origins how origins stand on the wire: the runtime's {@code OriginCaller}
     */
    public Utility(PalletScope scope, RuntimeCalls runtime, Codec<Origin> origins) {
        this.runtime = runtime;
        scope.calls(calls(runtime, origins), "pallet_utility::pallet::Call", "T");
        this.events = scope.events(EVENTS, "pallet_utility::pallet::Event");
        scope.errors(ERRORS, "pallet_utility::pallet::Error", "T");
        scope.constant("batched_calls_limit", Codecs.U32, (long) BATCHED_CALLS_MAX, "The most calls of a batch.");
    }

    @Override
    public Weight weigh(Call call) {
        return switch (call) {
            case Call.Batch(var calls) -> UtilityWeights.batch(calls.size()).plus(weightOf(calls));
            case Call.AsDerivative(_, var inner) -> UtilityWeights.AS_DERIVATIVE.plus(weightOf(inner));
            case Call.BatchAll(var calls) -> UtilityWeights.batchAll(calls.size()).plus(weightOf(calls));
            case Call.DispatchAs(_, var inner) -> UtilityWeights.DISPATCH_AS.plus(weightOf(inner));
            case Call.ForceBatch(var calls) -> UtilityWeights.forceBatch(calls.size()).plus(weightOf(calls));
            case Call.WithWeight(_, var weight) -> weight;
            case Call.IfElse(var main, var fallback) ->
                UtilityWeights.IF_ELSE.plus(weightOf(main)).plus(weightOf(fallback));
            case Call.DispatchAsFallible(_, var inner) -> UtilityWeights.DISPATCH_AS_FALLIBLE.plus(weightOf(inner));
        };
    }

    private Weight weightOf(RuntimeCall call) {
        return runtime.weight(call);
    }

    private Weight weightOf(List<RuntimeCall> calls) {
        Weight sum = Weight.ZERO;
        for (RuntimeCall call : calls) {
            sum = sum.plus(weightOf(call));
        }
        return sum;
    }

    @Override
    public DispatchClass dispatchClass(Call call) {
        return switch (call) {
            case Call.Batch(var calls) -> classOf(calls);
            case Call.AsDerivative(_, var inner) -> classOf(inner);
            case Call.BatchAll(var calls) -> classOf(calls);
            case Call.DispatchAs(_, var inner) -> classOf(inner);
            case Call.ForceBatch(var calls) -> classOf(calls);
            case Call.WithWeight(var inner, _) -> classOf(inner);
            case Call.IfElse(var main, var fallback) -> classOf(main) == DispatchClass.OPERATIONAL
                    && classOf(fallback) == DispatchClass.OPERATIONAL ? DispatchClass.OPERATIONAL
                            : DispatchClass.NORMAL;
            case Call.DispatchAsFallible(_, var inner) -> classOf(inner);
        };
    }

    private DispatchClass classOf(RuntimeCall call) {
        return runtime.dispatchClass(call);
    }

    /** Operational unless one of the calls is normal: mandatory ones do not count. */
    private DispatchClass classOf(List<RuntimeCall> calls) {
        for (RuntimeCall call : calls) { // not a stream: batches nest, and each level of a stream takes a dozen frames
            if (classOf(call) == DispatchClass.NORMAL) {
                return DispatchClass.NORMAL;
            }
        }
        return DispatchClass.OPERATIONAL;
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, Call call) throws DispatchException {
        return switch (call) {
            case Call.Batch(var calls) -> batch(ext, origin, calls);
            case Call.AsDerivative(var index, var inner) -> asDerivative(ext, origin, index, inner);
            case Call.BatchAll(var calls) -> batchAll(ext, origin, calls);
            case Call.DispatchAs(var asOrigin, var inner) -> dispatchAs(ext, origin, asOrigin, inner);
            case Call.ForceBatch(var calls) -> forceBatch(ext, origin, calls);
            case Call.WithWeight(var inner, _) -> withWeight(ext, origin, inner);
            case Call.IfElse(var main, var fallback) -> ifElse(ext, origin, main, fallback);
            case Call.DispatchAsFallible(var asOrigin, var inner) -> dispatchAsFallible(ext, origin, asOrigin, inner);
        };
    }

    private PostDispatchInfo batch(Externalities ext, Origin origin, List<RuntimeCall> calls) throws DispatchException {
        ensureBatch(origin, calls);
        Weight weight = Weight.ZERO;
        for (int i = 0; i < calls.size(); i++) {
            Attempt attempt = runtime.attempt(ext, origin, calls.get(i));
            weight = weight.plus(attempt.weight(runtime.dispatchInfo(calls.get(i))));
            if (attempt.outcome() instanceof Result.Err<Unit, DispatchError>(var error)) {
                events.deposit(ext, new Event.BatchInterrupted(i, error));
                return PostDispatchInfo.weighing(UtilityWeights.batch(i + 1).plus(weight));
            }
            events.deposit(ext, new Event.ItemCompleted());
        }
        events.deposit(ext, new Event.BatchCompleted());
        return PostDispatchInfo.weighing(UtilityWeights.batch(calls.size()).plus(weight));
    }

    /** Within {@code batch_all} there is no further one, however deep: only root may nest them. */
    private PostDispatchInfo batchAll(Externalities ext, Origin origin, List<RuntimeCall> calls)
            throws DispatchException {
        ensureBatch(origin, calls);
        Origin inner = origin.isRoot() ? origin : origin.filteredBy(call -> !(call.call() instanceof Call.BatchAll));
        Weight weight = Weight.ZERO;
        for (int i = 0; i < calls.size(); i++) {
            Attempt attempt = runtime.attempt(ext, inner, calls.get(i));
            weight = weight.plus(attempt.weight(runtime.dispatchInfo(calls.get(i))));
            if (attempt.outcome() instanceof Result.Err<Unit, DispatchError>(var error)) {
                throw new DispatchException(error)
                        .having(PostDispatchInfo.weighing(UtilityWeights.batchAll(i + 1).plus(weight)));
            }
            events.deposit(ext, new Event.ItemCompleted());
        }
        events.deposit(ext, new Event.BatchCompleted());
        return PostDispatchInfo.weighing(UtilityWeights.batchAll(calls.size()).plus(weight));
    }

    private PostDispatchInfo forceBatch(Externalities ext, Origin origin, List<RuntimeCall> calls)
            throws DispatchException {
        ensureBatch(origin, calls);
        Weight weight = Weight.ZERO;
        boolean hasError = false;
        for (RuntimeCall call : calls) {
            Attempt attempt = runtime.attempt(ext, origin, call);
            weight = weight.plus(attempt.weight(runtime.dispatchInfo(call)));
            switch (attempt.outcome()) {
                case Result.Ok<Unit, DispatchError> _ -> events.deposit(ext, new Event.ItemCompleted());
                case Result.Err<Unit, DispatchError>(var error) -> {
                    hasError = true;
                    events.deposit(ext, new Event.ItemFailed(error));
                }
            }
        }
        events.deposit(ext, hasError ? new Event.BatchCompletedWithErrors() : new Event.BatchCompleted());
        // The reference charges the base of batch here, not of force_batch.
        return PostDispatchInfo.weighing(UtilityWeights.batch(calls.size()).plus(weight));
    }

    private static void ensureBatch(Origin origin, List<RuntimeCall> calls) throws DispatchException {
        ensureSomebody(origin);
        DispatchException.ensure(calls.size() <= BATCHED_CALLS_MAX, Error.TOO_MANY_CALLS);
    }

    private static void ensureSomebody(Origin origin) throws DispatchException {
        DispatchException.ensure(!(origin.caller() instanceof Origin.None), new DispatchError.BadOrigin());
    }

    private PostDispatchInfo asDerivative(Externalities ext, Origin origin, int index, RuntimeCall call)
            throws DispatchException {
        AccountId pseudonym = derivative(ext, origin.ensureSigned(), index);
        DispatchInfo info = runtime.dispatchInfo(call);
        Attempt attempt = runtime.attempt(ext, origin.withCaller(Origin.signed(pseudonym)), call);
        PostDispatchInfo post = PostDispatchInfo.weighing(UtilityWeights.AS_DERIVATIVE.plus(attempt.weight(info)));
        if (attempt.outcome() instanceof Result.Err<Unit, DispatchError>(var error)) {
            throw new DispatchException(error).having(post);
        }
        return post;
    }

    /** The pseudonym number {@code index} of an account: blake2_256 of a prefix, the account and the index as a u16. */
    public static AccountId derivative(Externalities ext, AccountId who, int index) {
        byte[] entropy = new ScaleOutput().raw(PSEUDONYM.view()).raw(who.bytes().view()).u16(index).toByteArray();
        return AccountId.wrap(ext.blake2b256(entropy));
    }

    private PostDispatchInfo dispatchAs(Externalities ext, Origin origin, Origin asOrigin, RuntimeCall call)
            throws DispatchException {
        origin.ensureRoot();
        events.deposit(ext, new Event.DispatchedAs(runtime.attempt(ext, asOrigin, call).outcome()));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private PostDispatchInfo dispatchAsFallible(Externalities ext, Origin origin, Origin asOrigin, RuntimeCall call)
            throws DispatchException {
        origin.ensureRoot();
        ensureSucceeded(runtime.attempt(ext, asOrigin, call));
        events.deposit(ext, new Event.DispatchedAs(Result.ok(Unit.UNIT)));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private PostDispatchInfo withWeight(Externalities ext, Origin origin, RuntimeCall call) throws DispatchException {
        origin.ensureRoot();
        ensureSucceeded(runtime.attempt(ext, Origin.ROOT, call));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    /** Fails with the call's error, but with nothing known of what it cost. */
    private static void ensureSucceeded(Attempt attempt) throws DispatchException {
        if (attempt.outcome() instanceof Result.Err<Unit, DispatchError>(var error)) {
            throw new DispatchException(error);
        }
    }

    private PostDispatchInfo ifElse(Externalities ext, Origin origin, RuntimeCall main, RuntimeCall fallback)
            throws DispatchException {
        ensureSomebody(origin);
        Attempt first = runtime.attempt(ext, origin, main);
        Weight weight = UtilityWeights.IF_ELSE.plus(first.weight(runtime.dispatchInfo(main)));
        if (!(first.outcome() instanceof Result.Err<Unit, DispatchError>(var mainError))) {
            events.deposit(ext, new Event.IfElseMainSuccess());
            return PostDispatchInfo.weighing(weight);
        }
        Attempt second = runtime.attempt(ext, origin, fallback);
        PostDispatchInfo post = PostDispatchInfo.weighing(weight.plus(second.weight(runtime.dispatchInfo(fallback))));
        if (second.outcome() instanceof Result.Err<Unit, DispatchError>(var error)) {
            throw new DispatchException(error).having(post);
        }
        events.deposit(ext, new Event.IfElseFallbackCalled(mainError));
        return post;
    }
}
