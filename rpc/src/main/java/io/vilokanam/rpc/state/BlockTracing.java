package io.vilokanam.rpc.state;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.scale.Bytes;

/**
 * {@code state_traceBlock}: a block is executed once more, and what its runtime traces is told. A runtime that was not built for
 * tracing tells nothing: then spans and events are empty, as with a stock node (sc-tracing, {@code block/mod.rs}).
 */
final class BlockTracing {

    /** Schema, in short form. */
    static final String SCHEMA = "{blockTrace:{blockHash:text,parentHash:text,tracingTargets:text,storageKeys:text,"
            + "methods:text,spans:[any],events:[any]}}";
    private static final String DEFAULT_TARGETS = "pallet,frame,state";
    private static final String EXECUTE = "Core_execute_block";

    /** What somebody wants traced; all but the targets only choose among events. */
    record Filter(Optional<String> targets, Optional<String> storageKeys, Optional<String> methods) {}

    private final ChainBackend chain;
    private final StateBackend states;
    private final StorageQuery query;

    BlockTracing(ChainBackend chain, StateBackend states, StorageQuery query) {
        this.chain = chain;
        this.states = states;
        this.query = query;
    }

    JsonValue trace(Hash hash, Filter filter) throws RpcException {
        if (chain.header(hash).isEmpty()) {
            throw fault(hash, "Missing block component: Header not found");
        }
        SignedBlock known = chain.block(hash)
                .orElseThrow(() -> fault(hash, "Missing block component: Extrinsics not found"));
        Block block = known.block().unsealed();
        try {
            states.call(block.header().parentHash(), EXECUTE, Bytes.wrap(Block.CODEC.encode(block)));
        } catch (StateUnavailableException e) {
            throw notExecuted(hash, ClientErrors.apiText(e));
        } catch (RuntimeTrap e) {
            throw notExecuted(hash, ClientErrors.trapText(e, EXECUTE));
        }
        return Json.object().with("blockTrace", Json.object().with("blockHash", plain(hash))
                .with("parentHash", plain(block.header().parentHash()))
                .with("tracingTargets", Json.text(filter.targets.orElse(DEFAULT_TARGETS)))
                .with("storageKeys", Json.text(filter.storageKeys.orElse("")))
                .with("methods", Json.text(filter.methods.orElse("")))
                .with("spans", Json.list(List.of(), Json::text)).with("events", Json.list(List.of(), Json::text)));
    }

    private RpcException notExecuted(Hash block, String why) {
        return fault(block, "Dispatch error: Failed to collect traces and execute block: " + why);
    }

    private RpcException fault(Hash block, String what) {
        return query.unresolved(block, "None", what).exception();
    }

    /** A hash as this method alone writes it: without {@code 0x}. */
    private static JsonValue plain(Hash hash) {
        return Json.text(hash.toString().substring(2));
    }
}
