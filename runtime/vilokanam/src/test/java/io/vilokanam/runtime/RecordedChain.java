package io.vilokanam.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Hex;

/** What the stock node recorded, in the shapes that the runtime works with. */
final class RecordedChain {

    private RecordedChain() {}

    static Header header(JsonNode block) throws ScaleException {
        return Header.CODEC.decodeAll(Hex.decode(block.get("header").asText()));
    }

    /** The header as its author had it before sealing: what a block is executed with. */
    static Header unsealed(Header header) {
        List<DigestItem> items = new ArrayList<>(header.digest().items());
        if (items.isEmpty() || !(items.getLast() instanceof DigestItem.Seal)) {
            throw new IllegalArgumentException("block " + header.number() + " has no seal");
        }
        items.removeLast();
        return header.withDigest(new Digest(items));
    }

    /** The extrinsics with their length in front, as recorded. */
    static List<byte[]> extrinsics(JsonNode block) {
        List<byte[]> extrinsics = new ArrayList<>();
        block.get("extrinsics").forEach(hex -> extrinsics.add(Hex.decode(hex.asText())));
        return extrinsics;
    }

    /** Recorded storage changes: the new value, or empty where the key was deleted. */
    static SortedMap<Bytes, Optional<Bytes>> changes(JsonNode block) {
        SortedMap<Bytes, Optional<Bytes>> changes = new TreeMap<>();
        block.get("changes").properties().forEach(entry -> changes.put(Bytes.fromHex(entry.getKey()),
                entry.getValue().isNull() ? Optional.empty() : Optional.of(Bytes.fromHex(entry.getValue().asText()))));
        return changes;
    }
}
