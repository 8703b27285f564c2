package io.vilokanam.frame.extension;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;

/**
 * A check that every transaction carries along ({@code sp_runtime::traits::TransactionExtension}).
 *
 * @param <X> what stands in the extrinsic
 * @param <I> what is only signed over
 * @param <V> what validation hands to preparation
 * @param <P> what preparation hands to the end
 */
public interface TransactionExtension<X, I, V, P> {

    /** The name that wallets know it by. */
    String identifier();

    Codec<X> codec();

    Codec<I> implicitCodec();

    /** What signer and chain must agree on though it is not sent. */
    I implicit(Externalities ext, X value) throws ValidityException;

    /** What the extension itself costs for this call, given what stands in the extrinsic. */
    Weight weight(X value, RuntimeCall call);

    /** What validation found out; {@code origin} may be another one than came in. */
    record Validated<V>(ValidTransaction validity, V state, Origin origin) {}

    /** Checks a transaction without writing to storage. */
    Validated<V> validate(Externalities ext, X value, Origin origin, Transaction transaction) throws ValidityException;

    /** Acts before the call is dispatched: counts the nonce, withdraws the fee. */
    P prepare(Externalities ext, X value, V state, Origin origin, Transaction transaction) throws ValidityException;

    /**
     * Acts after the call was dispatched: refunds.
     *
     * @param post what the call cost, with the weight of the extensions so far
     * @return weight that the extension did not use after all
     */
    default Weight postDispatch(Externalities ext, P prepared, Transaction transaction, PostDispatchInfo post,
            Result<Unit, DispatchError> outcome) throws ValidityException {
        return Weight.ZERO;
    }

    /** Checks an extrinsic without signer and extensions. */
    default ValidTransaction bareValidate(Externalities ext, Transaction transaction) throws ValidityException {
        return ValidTransaction.DEFAULT;
    }

    default void bareValidateAndPrepare(Externalities ext, Transaction transaction) throws ValidityException {}

    default void barePostDispatch(Externalities ext, Transaction transaction, PostDispatchInfo post,
            Result<Unit, DispatchError> outcome) throws ValidityException {}
}
