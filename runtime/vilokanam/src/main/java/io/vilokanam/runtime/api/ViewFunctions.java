package io.vilokanam.runtime.api;

import static io.vilokanam.frame.runtimeapi.ApiMethod.method;
import static io.vilokanam.frame.runtimeapi.ApiMethod.parameter;
import static io.vilokanam.frame.runtimeapi.RuntimeApi.api;
import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.Variants;

/** The API of view functions: those that the pallets declare, by their id. */
public final class ViewFunctions {

    /** Pallet and function, 16 bytes each. */
    record Id(Bytes prefix, Bytes suffix) {
        static final Codec<Id> CODEC = struct(Id::new, field("prefix", "[u8; 16]", Codecs.fixedBytes(16), Id::prefix),
                field("suffix", "[u8; 16]", Codecs.fixedBytes(16), Id::suffix))
                .named("frame_support::view_functions::ViewFunctionId");
    }

    /** Why a view function gave no result. */
    sealed interface Failure {
        record NotImplemented() implements Failure {}

        record NotFound(Id id) implements Failure {}

        record BadInput() implements Failure {}

        Codec<Failure> CODEC = Variants.of(Failure.class)
                .with(0, "NotImplemented", NotImplemented.class, struct(NotImplemented::new))
                .with(1, "NotFound", NotFound.class,
                        struct(NotFound::new, field("", "ViewFunctionId", Id.CODEC, NotFound::id)))
                .with(2, "Codec", BadInput.class, struct(BadInput::new)).complete()
                .named("frame_support::view_functions::ViewFunctionDispatchError");
    }

    private ViewFunctions() {}

    public static RuntimeApi declaration(RuntimeScope runtime) {
        return api(Apis.VIEW_FUNCTION,
                method("execute_view_function", parameter("query_id", Id.CODEC), parameter("input", Codecs.BYTES),
                        Result.codec(Codecs.BYTES, Failure.CODEC),
                        (ext, id, input) -> execute(runtime, ext, id, input)));
    }

    private static Result<Bytes, Failure> execute(RuntimeScope runtime, Externalities ext, Id id, Bytes input) {
        Bytes whole = Bytes.wrap(Id.CODEC.encode(id));
        for (PalletSlot slot : runtime.slots()) {
            for (PalletScope.ViewFunction function : slot.scope().viewFunctions()) {
                if (function.id().equals(whole)) {
                    return execute(function, ext, input);
                }
            }
        }
        return Result.err(new Failure.NotFound(id));
    }

    private static Result<Bytes, Failure> execute(PalletScope.ViewFunction function, Externalities ext, Bytes input) {
        try {
            return Result.ok(Bytes.wrap(function.method().call(ext, input.view())));
        } catch (ScaleException bad) {
            return Result.err(new Failure.BadInput());
        }
    }
}
