package io.vilokanam.rpc.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.backend.BlockState;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.ChainListener;
import io.vilokanam.rpc.backend.ImportedBlock;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.Subscriber;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.scale.Bytes;

/** Subscriptions to storage and to the runtime's version. */
final class StateSubscriptions {

    private final ChainBackend chain;
    private final StateBackend states;

    StateSubscriptions(ChainBackend chain, StateBackend states) {
        this.chain = chain;
        this.states = states;
    }

    /** One set with every key now, then one a block with those that it wrote; without keys all that each block wrote. */
    void storage(Subscriber subscriber, Optional<List<Bytes>> keys) throws RpcException {
        Hash best = chain.best().hash();
        if (keys.isPresent() && !keys.get().isEmpty()) {
            BlockState state = state(best);
            subscriber.send(set(best, Json.list(keys.get(), key -> pair(key, state.get(Optional.empty(), key)))));
        }
        Optional<Set<Bytes>> watched = keys.map(HashSet::new);
        subscriber.onEnd(states.watchStorage((block, changes) -> {
            List<JsonValue> pairs = pairs(changes, watched);
            if (!pairs.isEmpty()) {
                subscriber.send(set(block, Json.list(pairs, pair -> pair)));
            }
        }));
    }

    private BlockState state(Hash block) throws RpcException {
        try {
            return states.at(block);
        } catch (StateUnavailableException e) {
            throw ClientErrors.reading(e);
        }
    }

    private static List<JsonValue> pairs(SortedMap<Bytes, Optional<Bytes>> changes, Optional<Set<Bytes>> watched) {
        var pairs = new ArrayList<JsonValue>();
        for (Map.Entry<Bytes, Optional<Bytes>> change : changes.entrySet()) {
            if (watched.isEmpty() || watched.get().contains(change.getKey())) {
                pairs.add(pair(change.getKey(), change.getValue()));
            }
        }
        return pairs;
    }

    private static JsonValue set(Hash block, JsonValue changes) {
        return Json.object().with("block", Json.hex(block)).with("changes", changes);
    }

    private static JsonValue pair(Bytes key, Optional<Bytes> value) {
        return Json.list(Json.hex(key), Json.nullable(value, Json::hex));
    }

    /** The version now, then at each change of it on the best chain. */
    void runtimeVersion(Subscriber subscriber) throws RpcException {
        Hash best = chain.best().hash();
        try {
            var watcher = new VersionWatcher(subscriber, best, states.runtimeVersion(best));
            subscriber.send(RuntimeVersionJson.of(watcher.version));
            subscriber.onEnd(chain.watch(watcher));
        } catch (StateUnavailableException e) {
            throw ClientErrors.api(e);
        }
    }

    /** Looks at the version only where it can have changed: a block that says so, or another branch. */
    private final class VersionWatcher implements ChainListener {

        private final Subscriber subscriber;
        private volatile Hash best;
        private RuntimeVersion version;

        VersionWatcher(Subscriber subscriber, Hash best, RuntimeVersion version) {
            this.subscriber = subscriber;
            this.best = best;
            this.version = version;
        }

        @Override
        public void imported(ImportedBlock block) {
            if (!block.isBest()) {
                return;
            }
            boolean isSameBranch = block.header().parentHash().equals(best);
            boolean saysSo = block.header().digest().items().stream()
                    .anyMatch(item -> item instanceof DigestItem.RuntimeEnvironmentUpdated);
            best = block.hash();
            if (!isSameBranch || saysSo) {
                // Asking for a version may take time, and a listener has none.
                Thread.startVirtualThread(() -> compare(block.hash()));
            }
        }

        private synchronized void compare(Hash block) {
            try {
                RuntimeVersion now = states.runtimeVersion(block);
                if (!now.equals(version)) {
                    version = now;
                    subscriber.send(RuntimeVersionJson.of(now));
                }
            } catch (StateUnavailableException e) {
                // The block was pruned at once: the next best block tells.
                best = Hash.ZERO;
            }
        }

        @Override
        public void finalised(List<Hash> finalised, List<Hash> pruned) {
            // Finality changes no version.
        }
    }
}
