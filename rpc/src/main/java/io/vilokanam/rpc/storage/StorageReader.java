package io.vilokanam.rpc.storage;

import java.util.List;
import java.util.Optional;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.rpc.backend.BlockState;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.Json.JsonObject;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.scale.Bytes;

/** Reads what storage items ask for from one state; nothing is found for a key that has no value. */
public final class StorageReader {

    private static final int PAGE = 256;

    /** A question with its keys read. */
    public record Query(Bytes key, StorageItem.Type type, Optional<Bytes> after) {}

    /** Takes one result after the other; false ends the reading. */
    @FunctionalInterface
    public interface Results {
        boolean take(JsonObject result) throws InterruptedException;
    }

    private final BlockState state;
    private final Optional<Bytes> childName;
    private final Optional<Bytes> child;

    /** {@code childName}: the child trie's name, without the prefix of its root's key. */
    public StorageReader(BlockState state, Optional<Bytes> childName) {
        this.state = state;
        this.childName = childName;
        this.child = childName.map(HexText::childKey);
    }

    /** False if {@code results} had enough. */
    public boolean read(Query query, Results results) throws InterruptedException {
        return switch (query.type) {
            case VALUE -> take(value(query.key), query.key, "value", results);
            case HASH -> take(hash(query.key), query.key, "hash", results);
            case CLOSEST_DESCENDANT_MERKLE_VALUE ->
                take(state.closestDescendantMerkleValue(child, query.key), query.key,
                        "closestDescendantMerkleValue", results);
            case DESCENDANTS_VALUES, DESCENDANTS_HASHES -> descendants(query, results);
        };
    }

    private boolean descendants(Query query, Results results) throws InterruptedException {
        boolean wantsValues = query.type == StorageItem.Type.DESCENDANTS_VALUES;
        Optional<Bytes> last = query.after;
        List<Bytes> page;
        do {
            page = state.keys(child, query.key, last, PAGE);
            for (Bytes key : page) {
                boolean goesOn = wantsValues ? take(value(key), key, "value", results)
                        : take(hash(key), key, "hash", results);
                if (!goesOn) {
                    return false;
                }
                last = Optional.of(key);
            }
        } while (page.size() == PAGE);
        return true;
    }

    private Optional<Bytes> value(Bytes key) {
        return state.get(child, key);
    }

    private Optional<Bytes> hash(Bytes key) {
        return value(key).map(value -> Bytes.wrap(Blake2b.hash256(value.view())));
    }

    private boolean take(Optional<Bytes> found, Bytes key, String name, Results results) throws InterruptedException {
        return found.isEmpty() || results.take(result(key, name, found.get()));
    }

    private JsonObject result(Bytes key, String name, Bytes found) {
        JsonObject result = Json.object().with("key", Json.hex(key)).with(name, Json.hex(found));
        childName.ifPresent(trie -> result.with("childTrieKey", childTrieKey(trie)));
        return result;
    }

    private static JsonValue childTrieKey(Bytes name) {
        return Json.hex(name);
    }
}
