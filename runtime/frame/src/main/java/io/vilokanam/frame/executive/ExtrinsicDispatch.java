package io.vilokanam.frame.executive;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.frame.extension.TransactionExtensions;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.frame.extrinsic.CheckedExtrinsic;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;

/** Validates and applies checked extrinsics ({@code sp_runtime::generic::CheckedExtrinsic}). */
final class ExtrinsicDispatch {

    /** How an applied extrinsic ended, and what it cost with its extensions. */
    record Applied(Result<Unit, DispatchError> outcome, PostDispatchInfo post) {}

    private final RuntimeCalls calls;
    private final TransactionExtensions extensions;

    ExtrinsicDispatch(RuntimeCalls calls, TransactionExtensions extensions) {
        this.calls = calls;
        this.extensions = extensions;
    }

    boolean isInherent(UncheckedExtrinsic extrinsic) {
        RuntimeCall call = extrinsic.call();
        return extrinsic.isBare() && call.pallet().pallet().isInherent(call.call());
    }

    /** What the extrinsic costs at most, extensions included. */
    DispatchInfo info(CheckedExtrinsic extrinsic) {
        DispatchInfo call = calls.dispatchInfo(extrinsic.call());
        Weight extension = extrinsic.extensions().map(values -> extensions.weight(values, extrinsic.call()))
                .orElse(Weight.ZERO);
        return new DispatchInfo(call.callWeight(), extension, call.dispatchClass(), call.paysFee());
    }

    ValidTransaction validate(Externalities ext, TransactionSource source, CheckedExtrinsic extrinsic, int length)
            throws ValidityException {
        DispatchInfo info = info(extrinsic);
        if (info.dispatchClass() == DispatchClass.MANDATORY) {
            throw new ValidityException(new InvalidTransaction.MandatoryDispatch());
        }
        Transaction transaction = new Transaction(extrinsic.call(), info, length, source);
        if (extrinsic.extensions().isPresent()) {
            return extensions.validate(ext, extrinsic.extensions().get(), extrinsic.origin(), transaction).validity();
        }
        RuntimeCall call = extrinsic.call();
        return switch (call.pallet().pallet().validateUnsigned(ext, source, call.call())) {
            case Result.Ok<ValidTransaction, TransactionValidityError>(var validity) -> extensions
                    .bareValidate(ext, transaction).combinedWith(validity);
            case Result.Err<ValidTransaction, TransactionValidityError>(var error) ->
                throw new ValidityException(error);
        };
    }

    Applied apply(Externalities ext, CheckedExtrinsic extrinsic, DispatchInfo info, int length)
            throws ValidityException {
        Transaction transaction = new Transaction(extrinsic.call(), info, length, TransactionSource.IN_BLOCK);
        Applied applied = extrinsic.isBare() ? applyBare(ext, transaction) : applyExtended(ext, extrinsic, transaction);
        if (!applied.outcome.isOk() && info.dispatchClass() == DispatchClass.MANDATORY) {
            throw new ValidityException(new InvalidTransaction.BadMandatory());
        }
        return applied;
    }

    private Applied applyBare(Externalities ext, Transaction transaction) throws ValidityException {
        RuntimeCall call = transaction.call();
        var refusal = call.pallet().pallet().preDispatchUnsigned(ext, call.call());
        if (refusal.isPresent()) {
            throw new ValidityException(refusal.get());
        }
        extensions.bareValidateAndPrepare(ext, transaction);
        Applied applied = dispatch(ext, Origin.NONE, call);
        extensions.barePostDispatch(ext, transaction, applied.post, applied.outcome);
        return applied;
    }

    private Applied applyExtended(Externalities ext, CheckedExtrinsic extrinsic, Transaction transaction)
            throws ValidityException {
        var values = extrinsic.extensions().orElseThrow();
        var validated = extensions.validate(ext, values, extrinsic.origin(), transaction);
        var prepared = extensions.prepare(ext, values, validated, transaction);
        Applied applied = dispatch(ext, validated.origin(), extrinsic.call());
        return new Applied(applied.outcome,
                extensions.postDispatch(ext, prepared, transaction, applied.post, applied.outcome));
    }

    private Applied dispatch(Externalities ext, Origin origin, RuntimeCall call) {
        try {
            return new Applied(Result.ok(Unit.UNIT), calls.dispatch(ext, origin, call));
        } catch (DispatchException failure) {
            return new Applied(Result.err(failure.error()), failure.post());
        }
    }
}
