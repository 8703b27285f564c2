package io.vilokanam.rpc.chainhead;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.chainhead.Operations.Operation;
import io.vilokanam.rpc.json.Json.JsonObject;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.state.ClientErrors;
import io.vilokanam.rpc.storage.StorageReader;
import io.vilokanam.rpc.storage.StorageReader.Query;
import io.vilokanam.scale.Bytes;

/** Does the work of operations, each on a thread of its own, and tells the follow's client. Nothing is told once stopped. */
final class OperationRunner {

    /** How many storage items are told in one event. */
    private static final int ITEMS_TOGETHER_MAX = 64;

    private final ChainBackend chain;
    private final StateBackend states;

    OperationRunner(ChainBackend chain, StateBackend states) {
        this.chain = chain;
        this.states = states;
    }

    void body(Follow follow, Operation operation, Hash hash) {
        Optional<SignedBlock> block = chain.block(hash);
        end(follow, operation, block.map(known -> FollowEvents.bodyDone(operation.id(), extrinsics(known)))
                .orElseGet(() -> FollowEvents.inaccessible(operation.id())));
    }

    private static List<Bytes> extrinsics(SignedBlock block) {
        return block.block().extrinsics().stream().map(content -> Bytes.wrap(new OpaqueExtrinsic(content).wire()))
                .toList();
    }

    void call(Follow follow, Operation operation, Hash hash, String function, Bytes arguments) {
        JsonValue outcome;
        try {
            outcome = FollowEvents.callDone(operation.id(), states.call(hash, function, arguments));
        } catch (StateUnavailableException e) {
            outcome = FollowEvents.error(operation.id(), ClientErrors.callText(e));
        } catch (RuntimeTrap e) {
            outcome = FollowEvents.error(operation.id(), ClientErrors.trapText(e, function));
        }
        end(follow, operation, outcome);
    }

    void storage(Follow follow, Operation operation, Hash hash, List<Query> queries, Optional<Bytes> child) {
        JsonValue outcome;
        try {
            var reader = new StorageReader(states.at(hash), child);
            var items = new ArrayList<JsonObject>();
            boolean goesOn = true;
            for (Query query : queries) {
                goesOn = goesOn && reader.read(query, item -> {
                    items.add(item);
                    return items.size() < ITEMS_TOGETHER_MAX || tell(follow, operation, items);
                });
            }
            if (goesOn && !items.isEmpty()) {
                tell(follow, operation, items);
            }
            outcome = FollowEvents.storageDone(operation.id());
        } catch (StateUnavailableException e) {
            outcome = FollowEvents.error(operation.id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = FollowEvents.inaccessible(operation.id());
        }
        end(follow, operation, outcome);
    }

    /** Tells the items and forgets them; false if nobody wants more. */
    private static boolean tell(Follow follow, Operation operation, List<JsonObject> items)
            throws InterruptedException {
        var event = FollowEvents.storageItems(operation.id(), List.copyOf(items));
        items.clear();
        return !operation.isStopped() && follow.subscriber().sendWaiting(event);
    }

    private static void end(Follow follow, Operation operation, JsonValue outcome) {
        try {
            if (!operation.isStopped()) {
                operation.finish();
                follow.subscriber().sendWaiting(outcome);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            operation.end();
        }
    }
}
