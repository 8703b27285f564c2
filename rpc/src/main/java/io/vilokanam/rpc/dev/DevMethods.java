package io.vilokanam.rpc.dev;

import static io.vilokanam.rpc.method.RpcMethod.method;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateBackend.Witness;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;

/** {@code dev_getBlockStats}: how large a block and the proof of its execution are. */
public final class DevMethods implements MethodFamily {

    private static final Parameter<Hash> BLOCK = Parameter.required("blockHash", ParameterTypes.HASH);

    private final ChainBackend chain;
    private final StateBackend states;

    public DevMethods(ChainBackend chain, StateBackend states) {
        this.chain = chain;
        this.states = states;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("dev_getBlockStats", this::blockStats, BLOCK).unsafe());
    }

    private JsonValue blockStats(RpcParams params) {
        Hash hash = params.get(BLOCK);
        Optional<SignedBlock> block = chain.block(hash);
        Optional<Witness> witness = block.flatMap(known -> states.witness(hash));
        return Json.nullable(witness, measured -> stats(measured, block.orElseThrow().block()));
    }

    private static JsonValue stats(Witness witness, Block block) {
        return Json.object().with("witnessLen", Json.number(witness.size()))
                .with("witnessCompactLen", Json.number(witness.compactSize()))
                .with("blockLen", Json.number(Block.CODEC.encode(unsealed(block)).length))
                .with("numExtrinsics", Json.number(block.extrinsics().size()));
    }

    /** As the runtime sees it. */
    private static Block unsealed(Block block) {
        List<DigestItem> items = block.header().digest().items().stream()
                .filter(item -> !(item instanceof DigestItem.Seal)).toList();
        return new Block(block.header().withDigest(new Digest(items)), block.extrinsics());
    }
}
