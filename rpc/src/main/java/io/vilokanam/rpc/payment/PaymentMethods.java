package io.vilokanam.rpc.payment;

import static io.vilokanam.rpc.method.RpcMethod.method;

import java.util.List;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.fee.FeeDetails;
import io.vilokanam.primitives.fee.InclusionFee;
import io.vilokanam.primitives.fee.RuntimeDispatchInfo;
import io.vilokanam.rpc.author.ExtrinsicBytes;
import io.vilokanam.rpc.author.ExtrinsicBytes.NoExtrinsicException;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.rpc.state.ClientErrors;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;

/** {@code payment_*}: what an extrinsic costs (pallet-transaction-payment-rpc). */
public final class PaymentMethods implements MethodFamily {

    private static final Parameter<Bytes> EXTRINSIC = Parameter.required("encodedXt", ParameterTypes.BYTES);
    private static final Parameter<Hash> AT = Parameter.optional("at", ParameterTypes.HASH);
    private static final int RUNTIME_ERROR = 1;
    private static final int DECODE_ERROR = 2;

    private final ChainBackend chain;
    private final StateBackend states;

    public PaymentMethods(ChainBackend chain, StateBackend states) {
        this.chain = chain;
        this.states = states;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("payment_queryInfo", this::queryInfo, EXTRINSIC, AT).returns(
                "{weight:{ref_time:number,proof_size:number},class:'normal'|'operational'|'mandatory',partialFee:decimal}"),
                method("payment_queryFeeDetails", this::queryFeeDetails, EXTRINSIC, AT)
                        .returns("{inclusionFee:{baseFee:quantity,lenFee:quantity,adjustedWeightFee:quantity}?}"));
    }

    private JsonValue queryInfo(RpcParams params) throws RpcException {
        RuntimeDispatchInfo dispatch = ask(params, "TransactionPaymentApi_query_info", RuntimeDispatchInfo.CODEC,
                "Unable to query dispatch info.");
        String dispatchClass = switch (dispatch.dispatchClass()) {
            case NORMAL -> "normal";
            case OPERATIONAL -> "operational";
            case MANDATORY -> "mandatory";
        };
        return Json.object()
                .with("weight",
                        Json.object().with("ref_time", Json.unsigned(dispatch.weight().refTime())).with("proof_size",
                                Json.unsigned(dispatch.weight().proofSize())))
                .with("class", Json.text(dispatchClass))
                .with("partialFee", Json.text(dispatch.partialFee().toString()));
    }

    /** Without the tip, which a stock node leaves out. */
    private JsonValue queryFeeDetails(RpcParams params) throws RpcException {
        FeeDetails details = ask(params, "TransactionPaymentApi_query_fee_details", FeeDetails.CODEC,
                "Unable to query fee details.");
        return Json.object().with("inclusionFee", Json.nullable(details.inclusionFee(), PaymentMethods::inclusionFee));
    }

    private static JsonValue inclusionFee(InclusionFee fee) {
        return Json.object().with("baseFee", Json.quantity(fee.baseFee())).with("lenFee", Json.quantity(fee.lenFee()))
                .with("adjustedWeightFee", Json.quantity(fee.adjustedWeightFee()));
    }

    private <T> T ask(RpcParams params, String method, Codec<T> result, String failure) throws RpcException {
        Bytes given = params.get(EXTRINSIC);
        try {
            Bytes extrinsic = ExtrinsicBytes.wire(given);
            var arguments = new ScaleOutput(extrinsic.size() + 4);
            arguments.raw(extrinsic.view());
            Codecs.U32.encode((long) given.size(), arguments);
            Hash block = params.find(AT).orElseGet(() -> chain.best().hash());
            return result.decodeAll(states.call(block, method, Bytes.wrap(arguments.toByteArray())).view());
        } catch (NoExtrinsicException e) {
            throw new RpcError(DECODE_ERROR, failure, e.debug()).exception();
        } catch (StateUnavailableException e) {
            throw new RpcError(RUNTIME_ERROR, failure, ClientErrors.apiText(e)).exception();
        } catch (RuntimeTrap e) {
            throw new RpcError(RUNTIME_ERROR, failure, ClientErrors.trapText(e, method)).exception();
        } catch (ScaleException e) {
            throw new RpcError(RUNTIME_ERROR, failure,
                    "Failed to decode the answer of " + method + ": " + e.getMessage())
                    .exception();
        }
    }
}
