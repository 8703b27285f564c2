package io.vilokanam.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.fee.FeeDetails;
import io.vilokanam.primitives.fee.InclusionFee;
import io.vilokanam.primitives.fee.RuntimeDispatchInfo;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.backend.GrandpaBackend.Round;
import io.vilokanam.rpc.backend.GrandpaBackend.Tally;
import io.vilokanam.rpc.backend.GrandpaBackend.VoterState;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.fake.FakeNode;
import io.vilokanam.rpc.fake.FakePool;
import io.vilokanam.rpc.fake.RecordedChain;
import io.vilokanam.rpc.method.MethodRegistry;
import io.vilokanam.rpc.server.RawClient;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.Refchain;

/** Every call of the transcript, sent to a real server over the recorded chain: the answers are the stock node's. */
class TranscriptTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode TRANSCRIPT = Refchain.json("rpc.json");
    private static final String ALICE = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
    /** Which a stock node does not have. */
    private static final Set<String> OURS = Set.of("author_pendingStatus", "rpc.discover");
    private static final String TRAP = "Execution aborted due to trap: ";

    private static FakeNode node;
    private static RpcServer server;
    private static DescribedAnswers described;
    private static RawClient client;

    @BeforeAll
    static void start() throws Exception {
        node = new FakeNode(new RecordedChain(39));
        describeNode();
        scriptRuntime();
        var registry = new MethodRegistry(NodeMethods.of(node.backends(), new SplittableRandom(4), true));
        described = new DescribedAnswers(registry);
        server = new RpcServer(RpcServer.Endpoint.loopback(0), registry, RpcLimits.STOCK, RpcAccess.DEVELOPMENT,
                new SplittableRandom(3));
        server.start();
        client = RawClient.webSocket(server.port());
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        server.close();
    }

    private static Stream<JsonNode> calls() {
        return StreamSupport.stream(TRANSCRIPT.get("calls").spliterator(), false);
    }

    private static JsonNode recorded(String method) {
        return calls().filter(call -> call.get("method").asText().equals(method)).findFirst().orElseThrow();
    }

    private static void describeNode() throws Exception {
        node.networkState = recorded("system_unstable_networkState").get("result");
        var nobody = new Tally(0, List.of(
                PublicKey.wrap(
                        Bytes.fromHex("88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee").toArray())));
        node.voterState = Optional.of(new VoterState(1, new Round(17, 2, 2, nobody, nobody), List.of()));
        node.finalityProofs.put(3L, Bytes.fromHex(recordedWith("grandpa_proveFinality", 3).get("result").asText()));
        Bytes version = Bytes.fromHex(calls().filter(call -> call.at("/params/0").asText().equals("Core_version"))
                .findFirst().orElseThrow().get("result").asText());
        node.chain.version(RuntimeVersion.CODEC.decodeAll(version.view()));
    }

    private static JsonNode recordedWith(String method, int parameter) {
        return calls().filter(call -> call.get("method").asText().equals(method)
                && call.at("/params/0").asInt(-1) == parameter).findFirst().orElseThrow();
    }

    private static void scriptRuntime() {
        node.chain.script("Metadata_metadata", RecordedChain.withLength(Refchain.file("metadata.v14.scale")));
        node.chain.script(node.chain.best().hash(), "AccountNonceApi_account_nonce", Bytes.fromHex(ALICE),
                Bytes.fromHex("0x84000000"));
        Bytes bob = Bytes.fromHex("8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48");
        node.chain.script(node.chain.best().hash(), "AccountNonceApi_account_nonce", bob, Bytes.fromHex("0x75000000"));
        node.chain.script("SessionKeys_decode_session_keys", Bytes.fromHex("0x00"));
        calls().filter(call -> call.has("result")).forEach(call -> {
            JsonNode params = call.get("params");
            switch (call.get("method").asText()) {
                case "state_call" -> node.chain.script(Hash.fromHex(params.get(2).asText()), params.get(0).asText(),
                        Bytes.fromHex(params.get(1).asText()), Bytes.fromHex(call.get("result").asText()));
                case "dev_getBlockStats" -> {
                    if (!call.get("result").isNull()) {
                        node.chain.scriptWitness(Hash.fromHex(params.get(0).asText()),
                                call.at("/result/witnessLen").asLong(), call.at("/result/witnessCompactLen").asLong());
                    }
                }
                case "payment_queryInfo" -> scriptPayment(params, "TransactionPaymentApi_query_info",
                        RuntimeDispatchInfo.CODEC.encode(new RuntimeDispatchInfo(new Weight(651_681_000, 12_268),
                                DispatchClass.NORMAL, U128.of(759_838_143))));
                case "payment_queryFeeDetails" -> scriptPayment(params, "TransactionPaymentApi_query_fee_details",
                        FeeDetails.CODEC.encode(new FeeDetails(Optional.of(new InclusionFee(U128.of(0x6725848),
                                U128.of(0x8f), U128.of(0x26d7dce8))), U128.of(77))));
                case "system_dryRun" -> node.chain.script(Hash.fromHex(params.get(1).asText()),
                        "BlockBuilder_apply_extrinsic", Bytes.fromHex(params.get(0).asText()), Bytes.fromHex("0x0000"));
                default -> {
                    /* answered from what was recorded of the chain */ }
            }
        });
    }

    private static void scriptPayment(JsonNode params, String method, byte[] answer) {
        Bytes extrinsic = Bytes.fromHex(params.get(0).asText());
        byte[] arguments = Arrays.copyOf(extrinsic.view(), extrinsic.size() + 4);
        arguments[extrinsic.size()] = (byte) extrinsic.size();
        arguments[extrinsic.size() + 1] = (byte) (extrinsic.size() >> 8);
        node.chain.script(Hash.fromHex(params.get(1).asText()), method, Bytes.wrap(arguments), Bytes.wrap(answer));
    }

    private static final Map<String, PoolRefusal> REFUSALS = new TreeMap<>(Map.of("signature broken",
            new PoolRefusal.Invalid(new InvalidTransaction.BadProof()), "nonce stale",
            new PoolRefusal.Invalid(new InvalidTransaction.Stale()), "account unknown",
            new PoolRefusal.Invalid(new InvalidTransaction.Payment()), "tip above balance",
            new PoolRefusal.Invalid(new InvalidTransaction.Payment()), "wrong genesis",
            new PoolRefusal.Invalid(new InvalidTransaction.BadProof()), "mandatory call",
            new PoolRefusal.Invalid(new InvalidTransaction.MandatoryDispatch()), "bare inherent",
            new PoolRefusal.Invalid(new InvalidTransaction.MandatoryDispatch()), "bare call",
            new PoolRefusal.Invalid(new InvalidTransaction.Call()), "same nonce, same priority",
            new PoolRefusal.TooLowPriority(1534, 1534)));

    /** What happens in the pool while the transcript goes on. */
    private static void preparePool(JsonNode call) {
        String note = call.path("note").asText();
        String given = call.at("/params/0").asText();
        if (note.equals("ready")) {
            // The same bytes were taken before, with one more behind them.
            node.pool.refuse(Bytes.fromHex(given), new PoolRefusal.AlreadyImported(Hash.ZERO));
        } else if (note.equals("already imported")) {
            node.pool.refuse(Bytes.fromHex(given), new PoolRefusal.TemporarilyBanned());
        } else if (note.equals("replacement by tip")) {
            node.pool.ready.add(FakePool.transaction(Bytes.fromHex(given), Bytes.fromHex(ALICE + "84000000")));
        } else if (REFUSALS.containsKey(note)) {
            node.pool.refuse(Bytes.fromHex(given), REFUSALS.get(note));
        } else if (given.equals("0x00") && call.get("method").asText().equals("author_submitExtrinsic")) {
            node.pool.refuse(Bytes.fromHex(given),
                    new PoolRefusal.ValidationFailed(TRAP + "wasm trap: wasm `unreachable` instruction executed"));
        }
    }

    @TestFactory
    Stream<DynamicTest> answersAsTheStockNode() {
        return calls().filter(call -> !call.get("method").asText().equals("archive_v1_storage"))
                .filter(call -> !call.path("note").asText().equals("too long for a block"))
                .map(call -> DynamicTest.dynamicTest(call.get("id").asText() + " " + call.get("method").asText(),
                        () -> replay(call)));
    }

    private static void replay(JsonNode call) throws IOException {
        preparePool(call);
        ObjectNode request = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", call.get("id").asText())
                .put("method", call.get("method").asText());
        request.set("params", call.get("params"));
        client.sendText(request.toString());
        JsonNode answer = JSON.readTree(client.readText());
        assertEquals(call.get("id"), answer.get("id"));
        described.checkAnswer(call.get("method").asText(), answer);
        if (call.get("method").asText().equals("rpc_methods")) {
            var offered = names(answer.at("/result/methods"));
            assertTrue(offered.removeAll(OURS));
            assertEquals(names(call.at("/result/methods")), offered);
        } else if (call.path("error").toString().contains(TRAP)) {
            assertTrap(call.get("error"), answer.get("error"));
        } else {
            assertEquals(call.get("result"), answer.get("result"), answer.toString());
            assertEquals(call.get("error"), answer.get("error"));
        }
    }

    /** Up to where the text tells of the inside of a Wasm engine. */
    private static void assertTrap(JsonNode expected, JsonNode actual) {
        assertEquals(expected.get("code"), actual.get("code"));
        for (String member : List.of("message", "data")) {
            String text = expected.path(member).asText();
            int end = text.indexOf(TRAP);
            assertTrue(actual.path(member).asText().startsWith(end < 0 ? text : text.substring(0, end + TRAP.length())),
                    actual.toString());
        }
    }

    private static List<String> names(JsonNode names) {
        var all = new ArrayList<String>();
        names.forEach(name -> all.add(name.asText()));
        return all;
    }

    @Test
    void theFirstItemsOfSubscriptionsAreTheStockNodes() throws IOException {
        try (var subscribing = RawClient.webSocket(server.port())) {
            for (JsonNode subscription : TRANSCRIPT.get("subscriptions")) {
                String method = subscription.get("method").asText();
                JsonNode expected = firstItem(subscription.at("/answer/result").asText());
                if (!method.matches("chain_subscribe.*|state_subscribeRuntimeVersion")) {
                    continue;
                }
                subscribing.sendText("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[]}");
                String id = JSON.readTree(subscribing.readText()).get("result").asText();
                JsonNode item = JSON.readTree(subscribing.readText());
                assertEquals(id, item.at("/params/subscription").asText());
                assertEquals(expected.get("method"), item.get("method"));
                assertEquals(expected.at("/params/result"), item.at("/params/result"));
            }
        }
    }

    private static JsonNode firstItem(String id) {
        for (JsonNode item : TRANSCRIPT.get("notifications")) {
            if (item.at("/params/subscription").asText().equals(id)) {
                return item;
            }
        }
        return JSON.nullNode();
    }
}
