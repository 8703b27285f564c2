package io.vilokanam.host.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.SeededTest;
import io.vilokanam.testkit.Vectors;
import io.vilokanam.trie.SortedTrie;
import io.vilokanam.trie.TrieLayout;

class RuntimeBlobTest {

    private static final String ZSTD_MARK = "0x52bc537646db8e05";
    private static final String CODE_KEY = "0x3a636f6465";

    @Test
    void theRecordedRuntimeSaysWhichItIs() throws RuntimeCodeException {
        var version = RuntimeBlob.of(Refchain.file("runtime.wasm")).version().orElseThrow();
        assertEquals("vilokanam", version.specName());
        assertEquals("vilokanam", version.implName());
        assertEquals(100, version.specVersion());
        assertEquals(1, version.systemVersion());
        assertTrue(version.apis().size() > 10);
    }

    @TestFactory
    Stream<DynamicNode> runtimesOfRealChainsSayWhichTheyAre() {
        return Vectors.family("runtimes").tests(Map.of("runtime", RuntimeBlobTest::runtime));
    }

    private static void runtime(JsonNode vector) throws RuntimeCodeException, IOException {
        JsonNode code = vector.get("code");
        if (!code.get("runtime_version_section").isNull()) {
            sections(vector, RuntimeBlob.version(Vectors.bytes(code.get("runtime_version_section")),
                    Optional.of(Vectors.bytes(code.get("runtime_apis_section")))));
            byte[] module = module(code.get("runtime_version_section"), code.get("runtime_apis_section"));
            sections(vector, RuntimeBlob.of(module).version().orElseThrow());
            sections(vector, RuntimeBlob.of(packed(module)).version().orElseThrow());
        }
        if (vector.get("file_origin").asText().equals("npm")) {
            chainSpec(vector);
        }
    }

    private static void sections(JsonNode vector, RuntimeVersion version) {
        JsonNode expected = vector.get("runtime_version");
        assertEquals(expected.get("specName").asText(), version.specName());
        assertEquals(expected.get("implName").asText(), version.implName());
        assertEquals(expected.get("authoringVersion").asLong(), version.authoringVersion());
        assertEquals(expected.get("specVersion").asLong(), version.specVersion());
        assertEquals(expected.get("implVersion").asLong(), version.implVersion());
        assertEquals(expected.get("transactionVersion").asLong(), version.transactionVersion());
        assertEquals(expected.get("stateVersion").asInt(), version.systemVersion());
        assertEquals(
                expected.get("apis").valueStream().map(api -> api.get("id").asText() + api.get("version")).toList(),
                version.apis().stream().map(api -> api.id().hex() + api.version()).toList());
    }

    /** A spec that is part of the repository: its code unpacks as recorded, its state has the recorded roots. */
    private static void chainSpec(JsonNode vector) throws RuntimeCodeException, IOException {
        JsonNode top = new ObjectMapper().readTree(Vectors.file(vector.get("file").asText())).get("genesis").get("raw")
                .get("top");
        var entries = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        top.properties().forEach(entry -> entries.put(Hex.decode(entry.getKey()), Vectors.bytes(entry.getValue())));
        assertEquals(vector.get("entries").asInt(), entries.size());
        for (TrieLayout layout : TrieLayout.values()) {
            assertEquals(vector.get("state_root_v" + layout.ordinal()).asText(),
                    Hex.encode(SortedTrie.root(layout, entries)));
        }
        byte[] stored = Vectors.bytes(top.get(CODE_KEY));
        JsonNode code = vector.get("code");
        assertEquals(code.get("stored_blake2_256").asText(), Hex.encode(Blake2b.hash256(stored)));
        var blob = RuntimeBlob.of(stored);
        assertEquals(code.get("wasm_bytes").asInt(), blob.module().size());
        assertEquals(code.get("wasm_blake2_256").asText(), Hex.encode(Blake2b.hash256(blob.module().toArray())));
        assertEquals(code.get("runtime_version_section").isNull(), blob.version().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
            "0x, no WebAssembly module",
            "0x0061736d02000000, no WebAssembly module",
            "0x52bc537646db8e05, no zstd frame|no WebAssembly module",
            "0x52bc537646db8e05ffffffff, no zstd frame",
            "0x0061736d0100000000, section size",
            "0x0061736d0100000000ffffffff7f, section 0 of",
            "0x0061736d0100000000808080808001, of more than 5 bytes",
            "0x0061736d0100000000020561, section name of 5 bytes",
            "0x0061736d01000000000201ff, not UTF-8",
    })
    void refusesWhatIsNoRuntime(String code, String why) {
        var refusal = assertThrows(RuntimeCodeException.class, () -> RuntimeBlob.of(Hex.decode(code)));
        assertTrue(Arrays.stream(why.split("\\|")).anyMatch(refusal.getMessage()::contains), refusal.getMessage());
    }

    @Test
    void refusesCodeThatUnpacksBeyondTheLimit() {
        byte[] bomb = packed(new byte[RuntimeBlob.MODULE_MAX_BYTES + 1]);
        var refusal = assertThrows(RuntimeCodeException.class, () -> RuntimeBlob.of(bomb));
        assertEquals("code unpacks to more than " + RuntimeBlob.MODULE_MAX_BYTES + " bytes", refusal.getMessage());
    }

    @Test
    void refusesBrokenVersionSections() {
        for (String broken : new String[]{"0x", "0x04", "0x04610461010000006400000001000000"}) {
            assertThrows(RuntimeCodeException.class, () -> RuntimeBlob.version(Hex.decode(broken), Optional.empty()));
        }
        var apis = assertThrows(RuntimeCodeException.class, () -> RuntimeBlob
                .version(Hex.decode("0x0461046101000000640000000100000000"), Optional.of(new byte[13])));
        assertTrue(apis.getMessage().contains("multiple of 12"));
    }

    @SeededTest(runs = 200)
    void survivesDamagedModules(long seed) throws IOException {
        var random = new Random(seed);
        byte[] module = new byte[random.nextInt(8, 60)];
        random.nextBytes(module);
        System.arraycopy(Hex.decode("0x0061736d01000000"), 0, module, 0, 8);
        for (int i = 8; i < module.length; i++) {
            module[i] = (byte) (random.nextInt(3) == 0 ? 0 : module[i] & 0x8f);
        }
        byte[] code = random.nextBoolean() ? module : packed(module);
        try {
            assertEquals(Bytes.wrap(module), RuntimeBlob.of(code).module());
        } catch (RuntimeCodeException refused) {
            assertTrue(refused.getMessage().length() > 10);
        }
    }

    private static byte[] packed(byte[] module) {
        byte[] mark = Hex.decode(ZSTD_MARK);
        byte[] frame = Zstd.compress(module);
        byte[] code = Arrays.copyOf(mark, mark.length + frame.length);
        System.arraycopy(frame, 0, code, mark.length, frame.length);
        return code;
    }

    /** A module of these two sections with an empty type section between them. */
    private static byte[] module(JsonNode version, JsonNode apis) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(Hex.decode("0x0061736d01000000"));
        custom(out, "runtime_version", Vectors.bytes(version));
        out.write(new byte[]{1, 1, 0});
        custom(out, "runtime_apis", Vectors.bytes(apis));
        return out.toByteArray();
    }

    private static void custom(ByteArrayOutputStream out, String name, byte[] content) throws IOException {
        int size = 1 + name.length() + content.length;
        out.write(new byte[]{0, (byte) (size & 0x7f | 0x80), (byte) (size >>> 7), (byte) name.length()});
        out.write(name.getBytes(StandardCharsets.UTF_8));
        out.write(content);
    }
}
