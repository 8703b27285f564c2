package io.vilokanam.rpc.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.rpc.backend.BlockState;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.scale.Bytes;

/** What some keys held in a range of blocks: all at the first block, then what changed. */
final class StorageQuery {

    /** Schema of one block's changes, in short form. */
    static final String CHANGES = "{block:hash,changes:[(hex,hex?)]}";
    private static final int UNRESOLVED_RANGE = 4001;

    private record Change(Bytes key, Optional<Bytes> value) {}

    private final ChainBackend chain;
    private final StateBackend states;

    StorageQuery(ChainBackend chain, StateBackend states) {
        this.chain = chain;
        this.states = states;
    }

    JsonValue at(List<Bytes> keys, Optional<Hash> at) throws RpcException {
        Hash block = at.orElseGet(() -> chain.best().hash());
        return range(keys, block, Optional.of(block));
    }

    JsonValue range(List<Bytes> keys, Hash from, Optional<Hash> to) throws RpcException {
        List<Hash> blocks = blocks(from, to.orElseGet(() -> chain.best().hash()));
        Map<Bytes, Optional<Bytes>> last = new HashMap<>();
        var sets = new ArrayList<JsonValue>();
        for (Hash block : blocks) {
            var changes = new ArrayList<Change>();
            BlockState state = state(block);
            for (Bytes key : keys) {
                Optional<Bytes> value = state.get(Optional.empty(), key);
                Optional<Bytes> before = last.put(key, value);
                if (before == null || !before.equals(value)) {
                    changes.add(new Change(key, value));
                }
            }
            if (!changes.isEmpty()) {
                sets.add(set(block, changes));
            }
        }
        return Json.list(sets, set -> set);
    }

    private static JsonValue set(Hash block, List<Change> changes) {
        return Json.object().with("block", Json.hex(block)).with("changes",
                Json.list(changes, change -> Json.list(Json.hex(change.key), Json.nullable(change.value, Json::hex))));
    }

    private BlockState state(Hash block) throws RpcException {
        try {
            return states.at(block);
        } catch (StateUnavailableException e) {
            throw ClientErrors.reading(e);
        }
    }

    private List<Hash> blocks(Hash from, Hash to) throws RpcException {
        String toText = "Some(" + to + ")";
        Header first = header(from).orElseThrow(() -> unresolved(from, toText, unknown(from)).exception());
        Header last = header(to).orElseThrow(() -> unresolved(from, toText, unknown(to)).exception());
        if (first.number() > last.number()) {
            throw unresolved(named(first, from), named(last, to), "from number > to number").exception();
        }
        var blocks = new ArrayList<Hash>();
        Hash hash = to;
        Header header = last;
        while (header.number() > first.number()) {
            blocks.add(hash);
            Hash parent = header.parentHash();
            String child = named(header, hash);
            header = header(parent).orElseThrow(() -> unresolved(child, named(last, to), unknown(parent)).exception());
            hash = parent;
        }
        if (!hash.equals(from)) {
            throw unresolved(named(first, from), named(last, to), "from and to are on different forks").exception();
        }
        blocks.add(from);
        return blocks.reversed();
    }

    private Optional<Header> header(Hash block) {
        return chain.header(block);
    }

    private static String unknown(Hash block) {
        return "UnknownBlock: Header was not found in the database: " + block;
    }

    private static String named(Header header, Hash hash) {
        return header.number() + " (" + hash + ")";
    }

    RpcError unresolved(Hash from, String to, String details) {
        return unresolved(from.hex(), to, details);
    }

    private static RpcError unresolved(String from, String to, String details) {
        return new RpcError(UNRESOLVED_RANGE,
                "Cannot resolve a block range ['\"" + from + "\"' ... '\"" + to + "\"]. " + details);
    }
}
