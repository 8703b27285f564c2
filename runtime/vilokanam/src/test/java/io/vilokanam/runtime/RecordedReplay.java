package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicTest;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.api.StateVersion;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.testkit.Hex;

/** Executes recorded blocks, and makes them anew: the same apply results, events, storage changes and roots must come out. */
final class RecordedReplay {

    private static final Bytes EVENTS = StoredItems.prefix("System", "Events");

    private final VilokanamRuntime runtime;

    RecordedReplay(VilokanamRuntime runtime) {
        this.runtime = runtime;
    }

    /** A test a block. */
    Stream<DynamicTest> replay(String spec, JsonNode recording) {
        List<DynamicTest> tests = new ArrayList<>();
        ChainState[] state = {RecordedGenesis.state(spec)};
        for (JsonNode block : recording.get("blocks")) {
            tests.add(dynamicTest("block " + block.get("number").asText(), () -> {
                ChainState parent = state[0];
                // Goes on from the recorded state, so that one wrong block does not hide the next.
                state[0] = after(parent, RecordedChain.changes(block));
                executes(parent, block);
                builds(parent, block);
            }));
        }
        return tests.stream();
    }

    private static ChainState after(ChainState parent, SortedMap<Bytes, Optional<Bytes>> changes) {
        StorageOverlay overlay = new StorageOverlay(parent, StateVersion.V1);
        changes.forEach((key, value) -> value.ifPresentOrElse(v -> overlay.put(key.toArray(), v.toArray()),
                () -> overlay.delete(key.toArray())));
        return overlay.after();
    }

    /** The block as a whole, as a node imports it. */
    private void executes(ChainState parent, JsonNode recorded) throws Exception {
        Header header = RecordedChain.header(recorded);
        List<Bytes> contents = new ArrayList<>();
        for (byte[] extrinsic : RecordedChain.extrinsics(recorded)) {
            contents.add(Bytes.wrap(new ScaleInput(extrinsic).bytes()));
        }
        Call call = new Call(parent);
        call.run("Core_execute_block", Block.CODEC.encode(new Block(RecordedChain.unsealed(header), contents)));
        assertChanges(recorded, parent, call.overlay.changes().main());
        assertEquals(header.stateRoot().hex(), Hex.encode(call.overlay.after().root()), "state root");
    }

    /** The block step by step, as its author made it. */
    private void builds(ChainState parent, JsonNode recorded) throws Exception {
        Header header = RecordedChain.header(recorded);
        Header unsealed = RecordedChain.unsealed(header);
        Call call = new Call(parent);
        List<DigestItem> preRuntime = header.digest().items().stream()
                .filter(item -> item instanceof DigestItem.PreRuntime).toList();
        call.run("Core_initialize_block", Header.CODEC.encode(unsealed.withDigest(new Digest(preRuntime))));
        List<byte[]> extrinsics = RecordedChain.extrinsics(recorded);
        for (int i = 0; i < extrinsics.size(); i++) {
            byte[] result = call.run("BlockBuilder_apply_extrinsic", extrinsics.get(i));
            if (recorded.has("applyResults")) {
                assertEquals(recorded.get("applyResults").get(i).asText(), Hex.encode(result),
                        "result of extrinsic " + i);
            }
        }
        byte[] finalised = call.run("BlockBuilder_finalize_block", new byte[0]);
        assertArrayEquals(Header.CODEC.encode(unsealed), finalised, "header");
        if (recorded.has("events")) {
            assertEquals(recorded.get("events").asText(),
                    call.ext.get(EVENTS.toArray()).map(Hex::encode).orElse("none"), "events");
        }
    }

    private static void assertChanges(JsonNode recorded, ChainState parent, SortedMap<Bytes, Optional<Bytes>> ours) {
        SortedMap<Bytes, Optional<Bytes>> theirs = RecordedChain.changes(recorded);
        Map<String, String> differences = new TreeMap<>();
        theirs.forEach((key, value) -> {
            if (!value.equals(ours.getOrDefault(key, Optional.of(Bytes.ascii("untouched"))))) {
                differences.put(key.hex(), "recorded " + value + ", ours " + ours.get(key));
            }
        });
        ours.forEach((key, value) -> {
            if (!theirs.containsKey(key) && !value.equals(parent.top().get(key.toArray()).map(Bytes::wrap))) {
                differences.put(key.hex(), "not recorded, ours " + value);
            }
        });
        assertTrue(differences.isEmpty(), () -> "storage changes: " + differences);
    }

    /** One state and the calls upon it. */
    private final class Call {

        private final StorageOverlay overlay;
        private final HostExternalities ext;

        Call(ChainState parent) {
            overlay = new StorageOverlay(parent, StateVersion.V1);
            ext = new HostExternalities(overlay,
                    HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()),
                            (target, message) -> {}));
        }

        byte[] run(String method, byte[] arguments) throws RuntimeTrap {
            return runtime.call(method, arguments, ext);
        }
    }
}
