package io.vilokanam.primitives.validity;

import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;

/**
 * The two layers of {@code ApplyExtrinsicResult}: outside, whether the extrinsic may stand in the block at all; inside,
 * whether its call succeeded.
 */
public final class ApplyResult {

    /** {@code Result<(), DispatchError>}: how the call of an included extrinsic went. */
    public static final Codec<Result<Unit, DispatchError>> OUTCOME = Result.codec(Codecs.UNIT, DispatchError.CODEC);

    /** {@code Result<Result<(), DispatchError>, TransactionValidityError>}. */
    public static final Codec<Result<Result<Unit, DispatchError>, TransactionValidityError>> CODEC = Result.codec(
            OUTCOME,
            TransactionValidityError.CODEC);

    /** {@code Result<ValidTransaction, TransactionValidityError>}: what the pool asks for. */
    public static final Codec<Result<ValidTransaction, TransactionValidityError>> VALIDITY = Result
            .codec(ValidTransaction.CODEC, TransactionValidityError.CODEC);

    private ApplyResult() {}
}
