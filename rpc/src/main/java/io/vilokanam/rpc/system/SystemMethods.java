package io.vilokanam.rpc.system;

import static io.vilokanam.rpc.method.RpcMethod.method;

import java.util.List;

import io.vilokanam.rpc.backend.InvalidPeerException;
import io.vilokanam.rpc.backend.LogFilterException;
import io.vilokanam.rpc.backend.NodeBackend;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;

/** {@code system_*}: what the node says of itself, its peers and its logs. */
public final class SystemMethods implements MethodFamily {

    private static final Parameter<String> PEER = Parameter.required("peer", ParameterTypes.TEXT);
    private static final Parameter<String> PEER_ID = Parameter.required("peerId", ParameterTypes.TEXT);
    private static final Parameter<String> DIRECTIVES = Parameter.required("directives", ParameterTypes.TEXT);
    private static final int MALFORMED_PEER = 2002;

    private final NodeBackend node;

    public SystemMethods(NodeBackend node) {
        this.node = node;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(method("system_name", params -> Json.text(node.name())).returns("text").prompt(),
                method("system_version", params -> Json.text(node.version())).returns("text").prompt(),
                method("system_chain", params -> Json.text(node.chain())).returns("text").prompt(),
                method("system_chainType", params -> Json.tree(node.chainType())).returns("text|{Custom:text}")
                        .prompt(),
                method("system_properties", params -> Json.tree(node.properties())).returns("{*:any}").prompt(),
                method("system_health", params -> health())
                        .returns("{peers:number,isSyncing:bool,shouldHavePeers:bool}").prompt(),
                method("system_localPeerId", params -> Json.text(node.localPeerId())).returns("text").prompt(),
                method("system_localListenAddresses", params -> Json.list(node.localListenAddresses(), Json::text))
                        .returns("[text]"),
                method("system_peers", params -> Json.list(node.peers(), SystemMethods::peer))
                        .returns("[{peerId:text,roles:text,bestHash:hash,bestNumber:number}]").unsafe(),
                method("system_unstable_networkState", params -> Json.tree(node.networkState())).returns("{*:any}")
                        .unsafe(),
                method("system_addReservedPeer", this::addReservedPeer, PEER).returns("null").unsafe(),
                method("system_removeReservedPeer", this::removeReservedPeer, PEER_ID).returns("null").unsafe(),
                method("system_reservedPeers", params -> Json.list(node.reservedPeers(), Json::text)).returns("[text]"),
                method("system_nodeRoles", params -> Json.list(Json.text(node.isAuthority() ? "Authority" : "Full")))
                        .returns("['Authority'|'Full']")
                        .prompt(),
                method("system_syncState", params -> syncState())
                        .returns("{startingBlock:number,currentBlock:number,highestBlock:number}"),
                method("system_addLogFilter", this::addLogFilter, DIRECTIVES).returns("null").unsafe(),
                method("system_resetLogFilter", params -> resetLogFilter()).returns("null").unsafe());
    }

    private JsonValue health() {
        var health = node.health();
        return Json.object().with("peers", Json.number(health.peers())).with("isSyncing", Json.bool(health.isSyncing()))
                .with("shouldHavePeers", Json.bool(health.shouldHavePeers()));
    }

    private JsonValue syncState() {
        var state = node.syncState();
        return Json.object().with("startingBlock", Json.number(state.startingBlock()))
                .with("currentBlock", Json.number(state.currentBlock()))
                .with("highestBlock", Json.number(state.highestBlock()));
    }

    private static JsonValue peer(NodeBackend.Peer peer) {
        return Json.object().with("peerId", Json.text(peer.peerId())).with("roles", Json.text(peer.roles()))
                .with("bestHash", Json.hex(peer.bestHash())).with("bestNumber", Json.number(peer.bestNumber()));
    }

    private JsonValue addReservedPeer(RpcParams params) throws RpcException {
        try {
            node.addReservedPeer(params.get(PEER));
            return Json.NULL;
        } catch (InvalidPeerException e) {
            throw new RpcError(MALFORMED_PEER, e.getMessage()).exception();
        }
    }

    private JsonValue removeReservedPeer(RpcParams params) throws RpcException {
        try {
            node.removeReservedPeer(params.get(PEER_ID));
            return Json.NULL;
        } catch (InvalidPeerException e) {
            throw new RpcError(MALFORMED_PEER, e.getMessage()).exception();
        }
    }

    private JsonValue addLogFilter(RpcParams params) throws RpcException {
        try {
            node.addLogFilter(params.get(DIRECTIVES));
            return Json.NULL;
        } catch (LogFilterException e) {
            throw new RpcError(RpcError.INTERNAL_ERROR.code(), e.getMessage()).exception();
        }
    }

    private JsonValue resetLogFilter() throws RpcException {
        try {
            node.resetLogFilter();
            return Json.NULL;
        } catch (LogFilterException e) {
            throw new RpcError(RpcError.INTERNAL_ERROR.code(), e.getMessage()).exception();
        }
    }
}
