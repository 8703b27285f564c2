package io.vilokanam.rpc.dev;

import static io.vilokanam.rpc.method.RpcMethod.method;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateBackend.Witness;
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

/** {@code dev_getBlockStats}: how large a block and the proof of its execution are. */
public final class DevMethods implements MethodFamily {

    private static final Parameter<Hash> BLOCK = Parameter.required("blockHash", ParameterTypes.HASH);

    private static final int EXECUTION_FAILED = 6003;

    private final ChainBackend chain;
    private final StateBackend states;

    public DevMethods(ChainBackend chain, StateBackend states) {
        this.chain = chain;
        this.states = states;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("dev_getBlockStats", this::blockStats, BLOCK)
                .returns("{witnessLen:number,witnessCompactLen:number,blockLen:number,numExtrinsics:number}?")
                .unsafe());
    }

    private JsonValue blockStats(RpcParams params) throws RpcException {
        Optional<Block> block = chain.block(params.get(BLOCK)).map(known -> known.block().unsealed())
                .filter(known -> chain.header(known.header().parentHash()).isPresent());
        return block.isPresent() ? stats(block.get()) : Json.NULL;
    }

    private JsonValue stats(Block block) throws RpcException {
        Witness witness;
        try {
            witness = states.witness(block);
        } catch (StateUnavailableException | RuntimeTrap e) {
            throw new RpcError(EXECUTION_FAILED, "Failed to re-execute the specified block").exception();
        }
        return Json.object().with("witnessLen", Json.number(witness.size()))
                .with("witnessCompactLen", Json.number(witness.compactSize()))
                .with("blockLen", Json.number(Block.CODEC.encode(block).length))
                .with("numExtrinsics", Json.number(block.extrinsics().size()));
    }
}
