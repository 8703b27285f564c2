package io.vilokanam.rpc.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.Json.JsonObject;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.Subscriber;
import io.vilokanam.rpc.storage.HexText;
import io.vilokanam.rpc.storage.StorageItem;
import io.vilokanam.rpc.storage.StorageReader;
import io.vilokanam.rpc.storage.StorageReader.Query;
import io.vilokanam.scale.Bytes;

/** One {@code archive_v1_storage}: reads items on a thread of its own, as fast as the client takes them. */
final class StorageRun {

    /** Schema, in short form. */
    static final String EVENT = "{event:'storage'," + StorageItem.SCHEMA.substring(1)
            + "|{event:'storageDone'}|{event:'storageError',error:text}";

    private final StateBackend states;
    private final Subscriber subscriber;

    StorageRun(StateBackend states, Subscriber subscriber) {
        this.states = states;
        this.subscriber = subscriber;
    }

    void start(Hash block, List<StorageItem> items, Optional<String> childTrie) {
        var thread = Thread.ofVirtual().name("rpc-archive-storage").unstarted(() -> run(block, items, childTrie));
        subscriber.onEnd(thread::interrupt);
        thread.start();
    }

    private void run(Hash block, List<StorageItem> items, Optional<String> childTrie) {
        try {
            subscriber.sendLast(read(block, items, childTrie));
        } catch (InterruptedException e) {
            // The subscription ended: so does this thread.
            Thread.currentThread().interrupt();
        }
    }

    /** The last event. */
    private JsonValue read(Hash block, List<StorageItem> items, Optional<String> childTrie)
            throws InterruptedException {
        var queries = new ArrayList<Query>();
        for (StorageItem item : items) {
            Optional<String> fault = ArchiveMethods.fault(item);
            Optional<Bytes> key = HexText.read(item.key());
            Optional<Bytes> after = item.paginationStartKey().flatMap(HexText::read);
            if (fault.isPresent() || key.isEmpty() || after.isPresent() != item.paginationStartKey().isPresent()) {
                return error(fault.orElseGet(() -> ArchiveMethods.invalid(
                        key.isEmpty() ? item.key() : item.paginationStartKey().orElse(""))));
            }
            queries.add(new Query(key.get(), item.type(), after));
        }
        Optional<Bytes> child = childTrie.flatMap(HexText::read);
        if (child.isPresent() != childTrie.isPresent()) {
            return error(ArchiveMethods.invalid(childTrie.orElse("")));
        }
        if (queries.isEmpty()) {
            return event("storageDone"); // Nothing is looked for, not even the block.
        }
        try {
            var reader = new StorageReader(states.at(block), child);
            for (Query query : queries) {
                if (!reader.read(query, item -> subscriber.sendWaiting(found(item)))) {
                    break;
                }
            }
            return event("storageDone");
        } catch (StateUnavailableException e) {
            return error(e.getMessage());
        }
    }

    private static JsonValue found(JsonObject item) {
        return item.withFirst("event", Json.text("storage"));
    }

    private static JsonValue error(String why) {
        return event("storageError").with("error", Json.text(why));
    }

    private static JsonObject event(String name) {
        return Json.object().with("event", Json.text(name));
    }
}
