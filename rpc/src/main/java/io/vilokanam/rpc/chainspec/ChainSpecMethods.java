package io.vilokanam.rpc.chainspec;

import static io.vilokanam.rpc.method.RpcMethod.method;

import java.util.List;

import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.NodeBackend;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.RpcMethod;

/** {@code chainSpec_v1_*}: which chain this is. */
public final class ChainSpecMethods implements MethodFamily {

    private final ChainBackend chain;
    private final NodeBackend node;

    public ChainSpecMethods(ChainBackend chain, NodeBackend node) {
        this.chain = chain;
        this.node = node;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("chainSpec_v1_chainName", params -> Json.text(node.chain())).returns("text"),
                method("chainSpec_v1_genesisHash", params -> Json.hex(chain.genesisHash())).returns("hash"),
                method("chainSpec_v1_properties", params -> Json.tree(node.properties())).returns("{*:any}"));
    }
}
