package io.vilokanam.pallets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.crypto.ecdsa.Ecdsa;
import io.vilokanam.crypto.ecdsa.RecoveryException;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.Vectors;

/** The pallets together do to the state what the stock node recorded, key by key, block by block. */
class RecordedChainTest {

    private final EightPallets runtime = new EightPallets(new InMemoryExternalities() {
        @Override
        public Optional<byte[]> secp256k1Recover(byte[] signature, byte[] hash) {
            try {
                return Optional.of(Ecdsa.recoverCompressed(signature, hash));
            } catch (RecoveryException e) {
                return Optional.empty();
            }
        }
    });

    RecordedChainTest() {
        Refchain.json("dev.raw.json").get("genesis").get("raw").get("top").properties().forEach(
                entry -> runtime.ext.put(Bytes.fromHex(entry.getKey()).view(), Vectors.bytes(entry.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> everyBlockChangesTheStateAsRecorded() {
        return StreamSupport.stream(Refchain.json("dev-chain.json").get("blocks").spliterator(), false)
                .map(block -> dynamicTest("block " + block.get("number"), () -> check(block)));
    }

    private void check(JsonNode block) throws Exception {
        runtime.ext.commitBlock();
        Header sealed = Header.CODEC.decodeAll(Vectors.bytes(block.get("header")));
        runtime.executive.initialiseBlock(runtime.ext, sealed);
        for (int i = 0; i < block.get("extrinsics").size(); i++) {
            var extrinsic = runtime.executive.format().decodeAll(Vectors.bytes(block.get("extrinsics").get(i)));
            var result = runtime.executive.applyExtrinsic(runtime.ext, extrinsic);
            assertEquals(block.get("applyResults").get(i).asText(), Bytes.hex(ApplyResult.CODEC.encode(result)),
                    "result of extrinsic " + i);
        }
        Header header = runtime.executive.finaliseBlock(runtime.ext);
        assertEquals(recordedChanges(block), changes());
        assertEquals(sealed.extrinsicsRoot(), header.extrinsicsRoot());
        assertEquals(sealed.stateRoot(), header.stateRoot());
        assertEquals(sealed.digest().items().stream().filter(item -> !(item instanceof DigestItem.Seal)).toList(),
                header.digest().items());
    }

    private Map<String, String> changes() {
        Map<String, String> changes = new TreeMap<>();
        runtime.ext.changes().forEach((key, value) -> changes.put(key.hex(), value.map(Bytes::hex).orElse("deleted")));
        return changes;
    }

    private static Map<String, String> recordedChanges(JsonNode block) {
        Map<String, String> recorded = new TreeMap<>();
        block.get("changes").properties()
                .forEach(change -> recorded.put(change.getKey(), change.getValue().isNull() ? "deleted" : change.getValue().asText()));
        return recorded;
    }
}
