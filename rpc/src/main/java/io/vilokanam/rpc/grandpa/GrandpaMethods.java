package io.vilokanam.rpc.grandpa;

import static io.vilokanam.rpc.method.RpcMethod.method;
import static io.vilokanam.rpc.method.RpcMethod.subscription;

import java.util.List;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.rpc.backend.FinalityProofException;
import io.vilokanam.rpc.backend.GrandpaBackend;
import io.vilokanam.rpc.backend.GrandpaBackend.Round;
import io.vilokanam.rpc.backend.GrandpaBackend.Tally;
import io.vilokanam.rpc.backend.GrandpaBackend.VoterState;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;

/** {@code grandpa_*}: rounds, justifications, proofs of finality (sc-consensus-grandpa-rpc). */
public final class GrandpaMethods implements MethodFamily {

    private static final Parameter<Long> BLOCK = Parameter.required("block", ParameterTypes.U32);
    private static final RpcError NOT_READY = new RpcError(1, "GRANDPA RPC endpoint not ready");
    /** Schemas, in short form. */
    private static final String VOTES = "{currentWeight:number,missing:[address]}";
    private static final String ROUND = "{round:number,totalWeight:number,thresholdWeight:number,prevotes:" + VOTES
            + ",precommits:" + VOTES + "}";
    private static final String ROUNDS = "{setId:number,best:" + ROUND + ",background:[" + ROUND + "]}";
    private static final int NO_PROOF = 4;
    private static final int GENERIC_SS58_PREFIX = 42;

    private final GrandpaBackend grandpa;
    private final Ss58 addresses = new Ss58(Blake2b::hash512);

    public GrandpaMethods(GrandpaBackend grandpa) {
        this.grandpa = grandpa;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("grandpa_roundState", params -> roundState()).returns(ROUNDS),
                method("grandpa_proveFinality", this::proveFinality, BLOCK).returns("hex?"),
                subscription("grandpa_subscribeJustifications", "grandpa_justifications",
                        "grandpa_unsubscribeJustifications",
                        (params, subscriber) -> subscriber.onEnd(
                                grandpa.watchJustifications(
                                        justification -> subscriber.send(Json.hex(justification)))))
                        .sends("hex"));
    }

    private JsonValue roundState() throws RpcException {
        VoterState state = grandpa.roundState().orElseThrow(NOT_READY::exception);
        return Json.object().with("setId", Json.unsigned(state.setId())).with("best", round(state.best())).with(
                "background",
                Json.list(state.background(), this::round));
    }

    private JsonValue round(Round round) {
        return Json.object().with("round", Json.unsigned(round.round()))
                .with("totalWeight", Json.unsigned(round.totalWeight()))
                .with("thresholdWeight", Json.unsigned(round.thresholdWeight()))
                .with("prevotes", tally(round.prevotes()))
                .with("precommits", tally(round.precommits()));
    }

    private JsonValue tally(Tally tally) {
        return Json.object().with("currentWeight", Json.unsigned(tally.currentWeight())).with("missing",
                Json.list(tally.missing(), voter -> Json.text(addresses.encode(GENERIC_SS58_PREFIX, voter.bytes()))));
    }

    private JsonValue proveFinality(RpcParams params) throws RpcException {
        try {
            return Json.nullable(grandpa.proveFinality(params.get(BLOCK)), Json::hex);
        } catch (FinalityProofException e) {
            throw new RpcError(NO_PROOF, "GRANDPA prove finality rpc failed: " + e.getMessage()).exception();
        }
    }
}
