package io.vilokanam.frame.metadata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.crypto.hash.Blake3;
import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.Vectors;

/** Vector family {@code metadata}, and the recorded chains: blobs decode, say what is expected, and encode identically. */
class MetadataVectorsTest {

    @TestFactory
    Stream<DynamicNode> metadataAgreesWithTheVectors() {
        return Vectors.family("metadata").tests(Map.of("runtime", MetadataVectorsTest::runtime));
    }

    private static void runtime(JsonNode vector) throws ScaleException {
        byte[] blob = Vectors.file(vector.get("file").asText());
        assertEquals(vector.get("bytes").asInt(), blob.length);
        assertEquals("0x" + vector.get("sha256").asText(), Bytes.hex(Sha2.hash256(blob)));
        Metadata metadata = Metadata.decode(blob);
        assertEquals(vector.get("metadata_version").asText(), "v" + metadata.version().number());
        assertArrayEquals(blob, metadata.encode());
        MetadataSummary summary = new MetadataSummary(metadata);
        assertEquals(vector.get("types_count").asInt(), metadata.types().types().size());
        assertEquals(vector.get("first_types"), summary.types(vector.get("first_types").size()));
        assertEquals(vector.get("extrinsic"), summary.extrinsic());
        JsonNode pallets = summary.pallets();
        for (int i = 0; i < vector.get("pallets").size(); i++) {
            assertEquals(vector.get("pallets").get(i), pallets.get(i));
        }
        assertEquals(vector.get("pallets").size(), pallets.size());
        assertEquals(vector.get("apis").isNull() ? 0 : vector.get("apis").size(), summary.apis().size());
        if (vector.has("outer_enums")) {
            assertEquals(vector.get("apis"), summary.apis());
            assertEquals(vector.get("outer_enums"), summary.outerEnums());
        }
        assertEquals(vector.path("runtime_type").asInt(-1), metadata.runtime().runtimeType().orElse(-1));
        if (vector.has("merkleized")) {
            JsonNode extra = vector.get("merkleized").get("extra_info");
            MetadataHash.Chain chain = new MetadataHash.Chain(extra.get("specVersion").asLong(),
                    extra.get("specName").asText(), extra.get("base58Prefix").asInt(), extra.get("decimals").asInt(),
                    extra.get("tokenSymbol").asText());
            assertEquals(vector.get("merkleized").get("digest").asText(),
                    Bytes.hex(MetadataHash.of(metadata, chain, Blake3::hash256)));
        }
    }

    @TestFactory
    Stream<DynamicTest> recordedBlobsEncodeIdentically() {
        return Map.of("metadata.v14.scale", MetadataVersion.V14, "metadata.v15.scale", MetadataVersion.V15,
                "metadata.unstable.scale", MetadataVersion.UNSTABLE).entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    byte[] blob = Refchain.file(file.getKey());
                    assertArrayEquals(blob, Metadata.decode(file.getValue(), blob).encode());
                }));
    }

    @Test
    void whatIsNoMetadataIsRefused() {
        byte[] blob = Refchain.file("metadata.v14.scale");
        for (byte[] broken : List.of(new byte[0], new byte[]{'m', 'e', 't', 'a'}, new byte[]{'m', 'e', 't', 'a', 13},
                new byte[]{'m', 'e', 't', 'b', 14}, Arrays.copyOf(blob, blob.length - 1),
                Arrays.copyOf(blob, blob.length + 1))) {
            assertThrows(ScaleException.class, () -> Metadata.decode(broken));
        }
        assertThrows(ScaleException.class, () -> Metadata.decode(MetadataVersion.V15, blob));
    }
}
