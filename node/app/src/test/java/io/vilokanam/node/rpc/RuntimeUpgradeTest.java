package io.vilokanam.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Blake3;
import io.vilokanam.crypto.hash.Twox;
import io.vilokanam.frame.metadata.Metadata;
import io.vilokanam.frame.metadata.MetadataHash;
import io.vilokanam.frame.metadata.MetadataVersion;
import io.vilokanam.node.chainspec.BundledSpecs;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.log.LogSetup;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.node.service.NativeCompositions;
import io.vilokanam.node.service.Node;
import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.node.service.Platform;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.rpc.backend.LogFilterException;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Refchain;

/** A development chain of composition 100 becomes one of 101, or of 110, while clients follow it on one connection each. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class RuntimeUpgradeTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TICK_STREAM_VERSION = item("TickStream", ":__STORAGE_VERSION__:");
    private static final String NEXT_STREAM = item("TickStream", "NextStream");
    private static final String LAST_UPGRADE = item("System", "LastRuntimeUpgrade");
    private static final String OLD = "0x91012476696c6f6b616e616d";
    private static final String FULL = "0xb9012476696c6f6b616e616d";
    private static final String NEW = "0x95012476696c6f6b616e616d";

    private final Bytes code = new NativeCompositions().newestCode();
    private Node node;
    private WebSocketClient client;
    private Transfers signer;
    private long nonce;

    @BeforeAll
    static void beQuiet() throws LogFilterException {
        LogSetup.start("off", false);
    }

    @BeforeEach
    void start() throws Exception {
        node = Node.start(
                new NodeConfig(BundledSpecs.referenceDev(), Optional.empty(), "test", true, List.of("//Alice"), true,
                        PoolOptions.of(100, 10_000, Duration.ZERO, true), Keeping.inMemory(256), 1 << 20,
                        Optional.empty(),
                        Optional.empty(), Optional.empty(),
                        new NodeConfig.Rpc(RpcServer.Endpoint.loopback(0), RpcLimits.STOCK, RpcAccess.DEVELOPMENT),
                        new NodeConfig.Metrics(Optional.empty(), false)),
                new NativeCompositions().runtimes(), Platform.ofMachine(), new NodeLog());
        client = new WebSocketClient(HTTP, node.rpcPort());
        signer = new Transfers(Hash.fromHex(client.call("chain_getBlockHash", 0).asText()));
    }

    @AfterEach
    void stop() {
        client.close();
        node.close();
    }

    /** The key of a value: twox_128 of the pallet, then of the item. */
    private static String item(String pallet, String item) {
        return Bytes.wrap(new ScaleOutput().raw(Twox.hash128(Bytes.ascii(pallet).view()))
                .raw(Twox.hash128(Bytes.ascii(item).view())).toByteArray()).hex();
    }

    private Bytes byAlice(byte[] call, Transfers.Runtime runtime) throws Exception {
        return signer.sign("//Alice", call, new Transfers.Terms(nonce, 0, new Era.Immortal(), signer.genesis()),
                runtime);
    }

    /** Sudo of a call of System. */
    private static byte[] asRoot(ScaleOutput system) {
        return new ScaleOutput().u8(6).u8(0).raw(system.toByteArray()).toByteArray();
    }

    private static ScaleOutput system(int call) {
        return new ScaleOutput().u8(0).u8(call);
    }

    private static byte[] createStream() {
        return new ScaleOutput().u8(20).u8(0).compact(5).compact(0).compact(0).string("a stream").toByteArray();
    }

    private String submit(Bytes extrinsic) throws Exception {
        return client.call("author_submitExtrinsic", extrinsic.hex()).asText();
    }

    @Test
    void followersSeeWhatRootSets() throws Exception {
        assertFollows(() -> {
            submit(byAlice(asRoot(system(2).bytes(code.view())), Transfers.Runtime.REFERENCE));
            nonce++;
        });
    }

    @Test
    void followersSeeWhatRootAuthorisesAndAnyoneBrings() throws Exception {
        byte[] bring = system(11).bytes(code.view()).toByteArray();
        Bytes bare = Bytes.wrap(new OpaqueExtrinsic(new ScaleOutput().u8(4).raw(bring).toBytes()).wire());
        assertTrue(client.answer("author_submitExtrinsic", bare.hex()).has("error"), "nothing is authorised yet");
        assertFollows(() -> {
            String watched = client.call("author_submitAndWatchExtrinsic",
                    byAlice(asRoot(system(9).raw(Blake2b.hash256(code.view()))), Transfers.Runtime.REFERENCE).hex())
                    .asText();
            nonce++;
            while (!client.next(watched).at("/params/result").has("inBlock")) {
                assertEquals(100, client.call("state_getRuntimeVersion").get("specVersion").asInt());
            }
            submit(bare);
        });
    }

    /** The reference chain becomes the one that stock nodes run with sessions and governance; blocks become final all along. */
    @Test
    void followersSeeTheFullRuntime() throws Exception {
        String versions = client.call("state_subscribeRuntimeVersion").asText();
        assertEquals(100, client.next(versions).at("/params/result/specVersion").asInt());
        String follow = client.call("chainHead_v1_follow", true).asText();
        submit(byAlice(asRoot(system(2).bytes(Refchain.file("full/runtime.wasm"))), Transfers.Runtime.REFERENCE));
        nonce++;

        JsonNode block = blockWithNewRuntime(follow);
        assertEquals(110, block.at("/newRuntime/spec/specVersion").asInt());
        assertEquals(110, client.next(versions).at("/params/result/specVersion").asInt());
        String next = newBlock(follow).get("blockHash").asText();
        assertEquals(FULL, client.call("state_getStorage", LAST_UPGRADE, next).asText());
        assertTrue(client.call("state_getMetadata", next).asText()
                .contains(Bytes.ascii("ConvictionVoting").hex().substring(2)));

        String submitted = submit(byAlice(system(0).bytes(new byte[]{1}).toByteArray(),
                new Transfers.Runtime(110, Optional.empty())));
        assertEquals(66, submitted.length());
        String last = newBlock(follow).get("blockHash").asText();
        JsonNode event = client.next(follow).at("/params/result");
        while (!event.path("finalizedBlockHashes").toString().contains(last)) {
            event = client.next(follow).at("/params/result");
        }
    }

    /** What begins an upgrade. */
    private interface Upgrade {
        void begin() throws Exception;
    }

    private void assertFollows(Upgrade upgrade) throws Exception {
        String versions = client.call("state_subscribeRuntimeVersion").asText();
        assertEquals(100, client.next(versions).at("/params/result/specVersion").asInt());
        String follow = client.call("chainHead_v1_follow", true).asText();
        assertEquals(100, client.next(follow).at("/params/result/finalizedBlockRuntime/spec/specVersion").asInt());

        upgrade.begin();

        JsonNode block = blockWithNewRuntime(follow);
        assertEquals(101, block.at("/newRuntime/spec/specVersion").asInt());
        assertEquals(101, client.next(versions).at("/params/result/specVersion").asInt());
        String set = block.get("blockHash").asText();
        String parent = block.get("parentBlockHash").asText();
        assertEquals(100, client.call("state_getRuntimeVersion", parent).get("specVersion").asInt());
        assertEquals(101, client.call("state_getRuntimeVersion", set).get("specVersion").asInt());
        assertEquals(List.of("0x0c0e0000000f000000ffffffff", "0x0c0e0000000f00000010000000"),
                List.of(client.call("state_call", "Metadata_metadata_versions", "0x", parent).asText(),
                        client.call("state_call", "Metadata_metadata_versions", "0x", set).asText()));
        String tickStream = Bytes.ascii("TickStream").hex().substring(2);
        assertTrue(client.call("state_getMetadata", set).asText().contains(tickStream));
        assertTrue(!client.call("state_getMetadata", parent).asText().contains(tickStream));
        assertEquals(List.of(OLD, "null"), stored(set), "the block that sets the code is the old runtime's");

        JsonNode next = newBlock(follow);
        assertEquals(set, next.get("parentBlockHash").asText());
        assertTrue(next.path("newRuntime").isNull());
        assertEquals(List.of(NEW, "0x0100"), stored(next.get("blockHash").asText()));

        assertSignsForTheNewRuntime(follow);
    }

    private List<String> stored(String block) throws Exception {
        return List.of(client.call("state_getStorage", LAST_UPGRADE, block).asText(),
                client.call("state_getStorage", TICK_STREAM_VERSION, block).asText());
    }

    /** With and without the hash of the metadata that offline wallets sign over (RFC 78). */
    private void assertSignsForTheNewRuntime(String follow) throws Exception {
        for (Transfers.Runtime wrong : List.of(Transfers.Runtime.REFERENCE,
                new Transfers.Runtime(101, Optional.of(Hash.ZERO)))) {
            JsonNode answer = client.answer("author_submitExtrinsic", byAlice(createStream(), wrong).hex());
            assertEquals(1010, answer.at("/error/code").asInt());
            assertEquals("Transaction has a bad signature", answer.at("/error/data").asText());
        }
        submit(byAlice(createStream(), new Transfers.Runtime(101, Optional.empty())));
        nonce++;
        submit(byAlice(createStream(), new Transfers.Runtime(101, Optional.of(metadataHash()))));
        String block = newBlock(follow).get("blockHash").asText();
        while (!client.call("state_getStorage", NEXT_STREAM, block).asText().equals("0x0200000000000000")) {
            block = newBlock(follow).get("blockHash").asText();
        }
        assertNotEquals("null",
                client.call("tickStream_v1_quote", 1, "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
                        "30000000000").path("networkFee").asText());
    }

    /** As a client makes it from the metadata that it is given. */
    private Hash metadataHash() throws Exception {
        byte[] answer = Hex.decode(client.call("state_call", "Metadata_metadata_at_version", "0x0f000000").asText());
        Metadata metadata = Metadata.decode(MetadataVersion.V15,
                Codecs.option(Codecs.BYTES).decodeAll(answer).orElseThrow().toArray());
        return Hash.wrap(MetadataHash.of(metadata, new MetadataHash.Chain(101, "vilokanam", 42, 12, "VLK"),
                Blake3::hash256));
    }

    private JsonNode blockWithNewRuntime(String follow) throws Exception {
        JsonNode block = newBlock(follow);
        while (block.path("newRuntime").isNull()) {
            block = newBlock(follow);
        }
        return block;
    }

    private JsonNode newBlock(String follow) throws Exception {
        JsonNode event = client.next(follow).at("/params/result");
        while (!event.path("event").asText().equals("newBlock")) {
            event = client.next(follow).at("/params/result");
        }
        return event;
    }
}
