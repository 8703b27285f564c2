package io.vilokanam.rpc.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.rpc.backend.BlockState;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.Json.JsonObject;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.Subscriber;
import io.vilokanam.rpc.storage.HexText;
import io.vilokanam.scale.Bytes;

/** One {@code archive_v1_storageDiff}: compares two states key by key, on a thread of its own. */
final class DiffRun {

    /** Schema, in short form. */
    static final String EVENT = "{event:'storageDiff',key:hex,value?:hex,hash?:hash,"
            + "type:'added'|'modified'|'deleted',childTrieKey?:hex}"
            + "|{event:'storageDiffDone'}|{event:'storageDiffError',error:text}";

    private static final Bytes ALL = Bytes.EMPTY;

    /** Keys that begin with {@code prefix}. */
    private record Wanted(Bytes prefix, boolean wantsHash) {

        boolean covers(Bytes key) {
            return key.size() >= prefix.size()
                    && Arrays.mismatch(key.view(), 0, prefix.size(), prefix.view(), 0, prefix.size()) < 0;
        }
    }

    private final ChainBackend chain;
    private final StateBackend states;
    private final Subscriber subscriber;

    DiffRun(ChainBackend chain, StateBackend states, Subscriber subscriber) {
        this.chain = chain;
        this.states = states;
        this.subscriber = subscriber;
    }

    /** {@code previous}: the block to compare with; else the parent. */
    void start(Hash block, List<DiffItem> items, Optional<Hash> previous) {
        var thread = Thread.ofVirtual().name("rpc-archive-diff").unstarted(() -> run(block, items, previous));
        subscriber.onEnd(thread::interrupt);
        thread.start();
    }

    private void run(Hash block, List<DiffItem> items, Optional<Hash> previous) {
        try {
            subscriber.sendLast(compare(block, items, previous));
        } catch (InterruptedException e) {
            // The subscription ended: so does this thread.
            Thread.currentThread().interrupt();
        }
    }

    /** The last event. */
    private JsonValue compare(Hash block, List<DiffItem> items, Optional<Hash> previous) throws InterruptedException {
        Optional<Hash> before = previous.or(() -> chain.header(block).map(Header::parentHash));
        if (before.isEmpty()) {
            return error("Block header is not present: " + block.shortened());
        }
        Map<Optional<Bytes>, List<Wanted>> wantedByTrie = new LinkedHashMap<>();
        for (DiffItem item : items) {
            Optional<Bytes> key = HexText.read(item.key());
            Optional<Bytes> child = item.childTrieKey().flatMap(HexText::read);
            if (key.isEmpty() || child.isPresent() != item.childTrieKey().isPresent()) {
                return error(ArchiveMethods.invalid(key.isEmpty() ? item.key() : item.childTrieKey().orElse("")));
            }
            wantedByTrie.computeIfAbsent(child, trie -> new ArrayList<>()).add(new Wanted(key.get(), item.wantsHash()));
        }
        if (wantedByTrie.isEmpty()) {
            wantedByTrie.put(Optional.empty(), List.of(new Wanted(ALL, false)));
        }
        try {
            BlockState now = states.at(block);
            BlockState then = states.at(before.get());
            for (Map.Entry<Optional<Bytes>, List<Wanted>> trie : wantedByTrie.entrySet()) {
                if (!compare(now, then, trie.getKey(), trie.getValue())) {
                    break;
                }
            }
            return event("storageDiffDone");
        } catch (StateUnavailableException e) {
            return error(e.getMessage());
        }
    }

    /** False if the client wants no more. */
    private boolean compare(BlockState now, BlockState then, Optional<Bytes> childName, List<Wanted> wanted)
            throws InterruptedException {
        Optional<Bytes> child = childName.map(HexText::childKey);
        var newKeys = new KeyWalk(now, child);
        var oldKeys = new KeyWalk(then, child);
        boolean goesOn = true;
        while (goesOn && (newKeys.hasKey() || oldKeys.hasKey())) {
            int order = !oldKeys.hasKey() ? -1 : !newKeys.hasKey() ? 1 : newKeys.key().compareTo(oldKeys.key());
            Bytes key = order > 0 ? oldKeys.key() : newKeys.key();
            boolean isWanted = wanted.stream().anyMatch(item -> item.covers(key));
            if (order < 0) {
                goesOn = !isWanted || tell(key, now.get(child, key), "added", childName, wanted);
                newKeys.next();
            } else if (order > 0) {
                goesOn = !isWanted || tell(key, then.get(child, key), "deleted", childName, wanted);
                oldKeys.next();
            } else {
                Optional<Bytes> value = isWanted ? now.get(child, key) : Optional.empty();
                boolean isModified = isWanted && !value.equals(then.get(child, key));
                goesOn = !isModified || tell(key, value, "modified", childName, wanted);
                newKeys.next();
                oldKeys.next();
            }
        }
        return goesOn;
    }

    private boolean tell(Bytes key, Optional<Bytes> value, String type, Optional<Bytes> childName, List<Wanted> wanted)
            throws InterruptedException {
        if (value.isEmpty()) {
            return true;
        }
        boolean goesOn = true;
        if (wanted.stream().anyMatch(item -> item.covers(key) && !item.wantsHash())) {
            goesOn = subscriber.sendWaiting(difference(key, "value", value.get(), type, childName));
        }
        if (goesOn && wanted.stream().anyMatch(item -> item.covers(key) && item.wantsHash())) {
            Bytes hash = Bytes.wrap(Blake2b.hash256(value.get().view()));
            goesOn = subscriber.sendWaiting(difference(key, "hash", hash, type, childName));
        }
        return goesOn;
    }

    private static JsonValue difference(Bytes key, String name, Bytes found, String type, Optional<Bytes> childName) {
        JsonObject event = event("storageDiff").with("key", Json.hex(key)).with(name, Json.hex(found)).with("type",
                Json.text(type));
        childName.ifPresent(trie -> event.with("childTrieKey", Json.hex(trie)));
        return event;
    }

    private static JsonValue error(String why) {
        return event("storageDiffError").with("error", Json.text(why));
    }

    private static JsonObject event(String name) {
        return Json.object().with("event", Json.text(name));
    }

    /** All keys of a trie, one after the other. */
    private static final class KeyWalk {

        private static final int PAGE = 256;

        private final BlockState state;
        private final Optional<Bytes> child;
        private List<Bytes> page;
        private int at;

        KeyWalk(BlockState state, Optional<Bytes> child) {
            this.state = state;
            this.child = child;
            this.page = state.keys(child, ALL, Optional.empty(), PAGE);
        }

        boolean hasKey() {
            return at < page.size();
        }

        Bytes key() {
            return page.get(at);
        }

        void next() {
            at++;
            if (at == PAGE) {
                page = state.keys(child, ALL, Optional.of(page.getLast()), PAGE);
                at = 0;
            }
        }
    }
}
