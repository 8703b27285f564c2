package io.vilokanam.runtime.api;

import static io.vilokanam.frame.runtimeapi.ApiMethod.method;
import static io.vilokanam.frame.runtimeapi.ApiMethod.parameter;
import static io.vilokanam.frame.runtimeapi.RuntimeApi.api;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.extension.TransactionExtensions;
import io.vilokanam.frame.extension.TransactionExtensions.Values;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic.Preamble;
import io.vilokanam.frame.runtimeapi.ApiMethod;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.pallets.transactionpayment.TransactionPayment;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.fee.FeeDetails;
import io.vilokanam.primitives.fee.RuntimeDispatchInfo;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/** What wallets ask before they sign: nonces and fees. */
public final class AccountApis {

    private final RuntimeCalls calls;
    private final TransactionExtensions extensions;
    private final TransactionPayment payment;
    private final ApiTypes types;

    public AccountApis(RuntimeCalls calls, TransactionExtensions extensions, TransactionPayment payment,
            ApiTypes types) {
        this.calls = calls;
        this.extensions = extensions;
        this.payment = payment;
        this.types = types;
    }

    public RuntimeApi accountNonce(FrameSystem<?> system) {
        return api(Apis.ACCOUNT_NONCE,
                method("account_nonce", parameter("account", AccountId.CODEC), Codecs.U32,
                        (ext, account) -> system.accounts().nonce(ext, account)));
    }

    public RuntimeApi transactionPayment() {
        return api(Apis.TRANSACTION_PAYMENT,
                method("query_info", parameter("uxt", types.extrinsic()), parameter("len", Codecs.U32),
                        RuntimeDispatchInfo.CODEC,
                        (ext, extrinsic, length) -> payment.queryInfo(ext, info(extrinsic), extrinsic.isBare(),
                                length)),
                method("query_fee_details", parameter("uxt", types.extrinsic()), parameter("len", Codecs.U32),
                        FeeDetails.CODEC,
                        (ext, extrinsic, length) -> payment.queryFeeDetails(ext, info(extrinsic), extrinsic.isBare(),
                                length)),
                weightToFee(), lengthToFee());
    }

    public RuntimeApi transactionPaymentCall() {
        return api(Apis.TRANSACTION_PAYMENT_CALL,
                method("query_call_info", parameter("call", calls.codec()), parameter("len", Codecs.U32),
                        RuntimeDispatchInfo.CODEC,
                        (ext, call, length) -> payment.queryInfo(ext, info(call), false, length)),
                method("query_call_fee_details", parameter("call", calls.codec()), parameter("len", Codecs.U32),
                        FeeDetails.CODEC,
                        (ext, call, length) -> payment.queryFeeDetails(ext, info(call), false, length)),
                weightToFee(), lengthToFee());
    }

    /** What an extrinsic costs before it runs, without a tip. */
    U128 fee(Externalities ext, UncheckedExtrinsic extrinsic, long length) {
        return payment.queryInfo(ext, info(extrinsic), extrinsic.isBare(), length).partialFee();
    }

    private ApiMethod weightToFee() {
        return method("query_weight_to_fee", parameter("weight", Weight.CODEC), Codecs.U128,
                (_, weight) -> payment.weightToFee(weight));
    }

    private ApiMethod lengthToFee() {
        return method("query_length_to_fee", parameter("length", Codecs.U32), Codecs.U128,
                (_, length) -> payment.lengthToFee(length));
    }

    /** The weight of the extensions counts for signed and general extrinsics. */
    private DispatchInfo info(UncheckedExtrinsic extrinsic) {
        DispatchInfo call = calls.dispatchInfo(extrinsic.call());
        return switch (extrinsic.preamble()) {
            case Preamble.Bare _ -> call;
            case Preamble.Signed(_, _, Values values) ->
                withExtensions(call, extensions.weight(values, extrinsic.call()));
            case Preamble.General(_, Values values) ->
                withExtensions(call, extensions.weight(values, extrinsic.call()));
        };
    }

    private DispatchInfo info(RuntimeCall call) {
        return calls.dispatchInfo(call);
    }

    private static DispatchInfo withExtensions(DispatchInfo call, Weight extension) {
        return new DispatchInfo(call.callWeight(), extension, call.dispatchClass(), call.paysFee());
    }
}
