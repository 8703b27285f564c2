package io.vilokanam.pallets.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.pallets.SmallRuntime;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.Vectors;

/** System keeps the books of every recorded block as the stock node did; the calls themselves are not run here. */
class RecordedBlocksTest {

    /** What System alone decides of a block. */
    private static final Set<String> ITEMS = Set.of("ExtrinsicCount", "InherentsApplied", "AllExtrinsicsLen", "BlockHash",
            "ExtrinsicData", "Number", "ParentHash", "Digest", "LastRuntimeUpgrade", "UpgradedToU32RefCount",
            "UpgradedToTripleRefCount", "ExecutionPhase");

    private final SmallRuntime runtime = new SmallRuntime();
    private final List<Bytes> prefixes = new ArrayList<>();

    RecordedBlocksTest() {
        runtime.scope.slotOf(runtime.system).scope().storage().stream().filter(entry -> ITEMS.contains(entry.item()))
                .forEach(entry -> prefixes.add(entry.prefix()));
        prefixes.add(Bytes.ascii(":extrinsic_index"));
        runtime.system.build(runtime.ext);
    }

    @TestFactory
    Stream<DynamicTest> headersAndStorageAreThoseThatWereRecorded() {
        return StreamSupport.stream(Refchain.json("dev-chain.json").get("blocks").spliterator(), false)
                .map(block -> dynamicTest("block " + block.get("number"), () -> check(block)));
    }

    private void check(JsonNode block) throws ScaleException {
        Header sealed = Header.CODEC.decodeAll(Vectors.bytes(block.get("header")));
        FrameSystem<?> system = runtime.system;
        runtime.ext.commitBlock();
        system.resetEvents(runtime.ext);
        system.initialise(runtime.ext, sealed.number(), sealed.parentHash(), new Digest(sealed.digest().items().stream()
                .filter(item -> item instanceof DigestItem.PreRuntime).toList()));
        system.noteFinishedInitialise(runtime.ext);
        for (int i = 0; i < block.get("extrinsics").size(); i++) {
            system.noteExtrinsic(runtime.ext, Vectors.bytes(block.get("extrinsics").get(i)));
            system.noteAppliedExtrinsic(runtime.ext, outcome(block.get("applyResults").get(i)),
                    PostDispatchInfo.AS_ANNOUNCED,
                    new DispatchInfo(Weight.ZERO, Weight.ZERO, DispatchClass.NORMAL, Pays.YES));
        }
        sealed.digest().items().stream()
                .filter(item -> !(item instanceof DigestItem.PreRuntime) && !(item instanceof DigestItem.Seal))
                .forEach(item -> system.depositLog(runtime.ext, item));
        system.noteFinishedExtrinsics(runtime.ext);
        Header header = system.finalise(runtime.ext);
        assertEquals(sealed.number(), header.number());
        assertEquals(sealed.parentHash(), header.parentHash());
        assertEquals(sealed.extrinsicsRoot(), header.extrinsicsRoot());
        assertEquals(sealed.digest().items().subList(0, sealed.digest().items().size() - 1), header.digest().items());
        assertEquals(recordedChanges(block), changes());
    }

    private static Result<Unit, DispatchError> outcome(JsonNode applied) throws ScaleException {
        return switch (ApplyResult.CODEC.decodeAll(Vectors.bytes(applied))) {
            case Result.Ok<Result<Unit, DispatchError>, ?>(var outcome) -> outcome;
            case Result.Err<?, ?>(var error) -> throw new AssertionError("a block holds nothing invalid, got " + error);
        };
    }

    private Map<String, String> changes() {
        return runtime.ext.changes().entrySet().stream().filter(change -> isOurs(change.getKey()))
                .collect(Collectors.toMap(change -> change.getKey().hex(),
                        change -> change.getValue().map(Bytes::hex).orElse("deleted"), (a, _) -> a, TreeMap::new));
    }

    private Map<String, String> recordedChanges(JsonNode block) {
        Map<String, String> recorded = new TreeMap<>();
        block.get("changes").properties().stream().filter(change -> isOurs(Bytes.fromHex(change.getKey())))
                .forEach(change -> recorded.put(change.getKey(),
                        Optional.of(change.getValue()).filter(value -> !value.isNull()).map(JsonNode::asText)
                                .orElse("deleted")));
        return recorded;
    }

    private boolean isOurs(Bytes key) {
        return prefixes.stream().anyMatch(prefix -> key.hex().startsWith(prefix.hex()));
    }
}
