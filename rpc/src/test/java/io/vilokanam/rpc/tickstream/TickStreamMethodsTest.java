package io.vilokanam.rpc.tickstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.sr25519.Sr25519KeyPair;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Quote;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.rpc.DescribedAnswers;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.method.MethodRegistry;
import io.vilokanam.rpc.server.RawClient;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/** The methods through a real server, with a collector and a chain that answer what the test says. */
final class TickStreamMethodsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOB = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
    private static final AccountId BOB_ID = AccountId
            .fromHex("0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48");
    private static final String WORD = "0x" + "ab".repeat(32);
    private static final TickBackend.Answer ACCEPTED = new TickBackend.Answer(TickBackend.Verdict.ACCEPTED, 7, 5, 93,
            U128.parse("340282366920938463463374607431768211455"));
    private static final String ACCEPTED_JSON = "{\"verdict\":\"accepted\",\"paidTicks\":7,\"settledTicks\":5,"
            + "\"leftTicks\":93,\"left\":\"340282366920938463463374607431768211455\"}";

    private final OneBlockChain chain = new OneBlockChain();
    private final List<String> heard = new ArrayList<>();
    private final List<Consumer<TickBackend.Progress>> sessionFollowers = new CopyOnWriteArrayList<>();
    private final List<Consumer<TickBackend.StreamProgress>> streamFollowers = new CopyOnWriteArrayList<>();
    private Optional<String> unavailable = Optional.empty();
    private RpcServer server;
    private DescribedAnswers described;

    private final TickBackend ticks = new TickBackend() {
        @Override
        public Answer submit(long session, long ticks, Bytes word) throws TickUnavailableException {
            if (unavailable.isPresent()) {
                throw new TickUnavailableException(unavailable.get());
            }
            heard.add(Long.toUnsignedString(session) + " " + ticks + " " + word);
            return session == 99 ? new Answer(Verdict.UNKNOWN, 0, 0, 0, U128.ZERO) : ACCEPTED;
        }

        @Override
        public Answer release(long session, Bytes secret) {
            heard.add("release " + session + " " + secret);
            return ACCEPTED;
        }

        @Override
        public long paidTicks(long session) {
            return 12;
        }

        @Override
        public Registration followSession(long session, Consumer<Progress> listener) throws TickUnavailableException {
            if (unavailable.isPresent()) {
                throw new TickUnavailableException(unavailable.get());
            }
            listener.accept(new Progress(Status.OPEN, 1, 0, 9, U128.of(90)));
            sessionFollowers.add(listener);
            return () -> sessionFollowers.remove(listener);
        }

        @Override
        public Registration followStream(long stream, Consumer<StreamProgress> listener) {
            listener.accept(new StreamProgress(0, 0, 0, U128.ZERO, U128.ZERO, List.of()));
            streamFollowers.add(listener);
            return () -> streamFollowers.remove(listener);
        }
    };

    @BeforeEach
    void start() throws Exception {
        var registry = new MethodRegistry(List.of(new TickStreamMethods(chain, chain, ticks, 42)));
        described = new DescribedAnswers(registry);
        server = new RpcServer(RpcServer.Endpoint.loopback(0), registry, RpcLimits.STOCK,
                RpcAccess.DEVELOPMENT, new SplittableRandom(1));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode call(String method, String params) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tickStream_v1_" + method + "\",\"params\":" + params
                + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            JsonNode answer = JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            described.checkAnswer("tickStream_v1_" + method, answer);
            return answer;
        }
    }

    private String result(String method, String params) throws Exception {
        JsonNode answer = call(method, params);
        assertTrue(answer.has("result"), answer.toString());
        return answer.get("result").toString();
    }

    private void assertRefused(String method, String params, String data) throws Exception {
        JsonNode error = call(method, params).path("error");
        assertEquals(-32602, error.path("code").intValue(), error.toString());
        assertEquals("Invalid params", error.path("message").textValue());
        assertEquals(data, error.path("data").textValue());
    }

    private <A, R> void answers(String method, Codec<A> arguments, A argument, Codec<R> codec, R result) {
        chain.answers.put("TickStreamApi_" + method + Bytes.wrap(arguments.encode(argument)),
                Bytes.wrap(codec.encode(result)));
    }

    @Test
    void submitsAWord() throws Exception {
        assertEquals(ACCEPTED_JSON, result("submit", "[3, 7, \"" + WORD + "\"]"));
        assertEquals(List.of("3 7 " + WORD), heard);
    }

    @Test
    void takesNumbersAsStringsAndParametersByName() throws Exception {
        result("submit", "{\"session\":\"18446744073709551615\",\"ticks\":4294967295,\"word\":\"" + WORD + "\"}");
        assertEquals(List.of("18446744073709551615 4294967295 " + WORD), heard);
    }

    @Test
    void submitsManyWordsAndAnswersInTheirOrder() throws Exception {
        String params = "[[{\"session\":99,\"ticks\":1,\"word\":\"" + WORD
                + "\"},{\"session\":3,\"ticks\":2,\"word\":\""
                + WORD + "\"}]]";
        assertEquals("[{\"verdict\":\"unknown\",\"paidTicks\":0,\"settledTicks\":0,\"leftTicks\":0,\"left\":\"0\"},"
                + ACCEPTED_JSON + "]", result("submitMany", params));
        assertEquals(List.of("99 1 " + WORD, "3 2 " + WORD), heard);
    }

    @Test
    void releasesACloseSecret() throws Exception {
        assertEquals(ACCEPTED_JSON, result("release", "[3, \"" + WORD + "\"]"));
        assertEquals(List.of("release 3 " + WORD), heard);
    }

    @Test
    void namesTheFieldThatIsWrong() throws Exception {
        String good = "\"" + WORD + "\"";
        assertRefused("submit", "[-1, 7, " + good + "]", "session: got -1, expected u64");
        assertRefused("submit", "[18446744073709551616, 7, " + good + "]",
                "session: got 18446744073709551616, expected u64");
        assertRefused("submit", "[3, 4294967296, " + good + "]", "ticks: got 4294967296, expected u32");
        assertRefused("submit", "[3, 1.5, " + good + "]", "ticks: got 1.5, expected u32");
        assertRefused("submit", "[3, 7, \"0xabcd\"]",
                "word: got \"0xabcd\", expected 32 bytes, as 0x and 64 hex digits");
        assertRefused("submit", "[3, 7, [1,2]]", "word: got [1,2], expected 32 bytes, as 0x and 64 hex digits");
        assertRefused("submitMany", "[[{\"session\":1,\"ticks\":1,\"word\":" + good + "},{\"session\":1,\"word\":2}]]",
                "words[1].ticks: got nothing, expected u32");
        assertRefused("submitMany", "[7]",
                "words: got 7, expected a list of at most 1024 objects {session, ticks, word}");
        assertRefused("quote", "[1, \"5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694tz\", 1]",
                "viewer: the checksum of the address is wrong");
        assertRefused("quote", "[1, 5, 1]", "viewer: got 5, expected an SS58 address, or 0x and 64 hex digits");
        assertRefused("quote", "[1, \"" + BOB + "\", \"1.5\"]",
                "deposit: got \"1.5\", expected u128 plancks, as a decimal string");
        assertTrue(heard.isEmpty());
    }

    @Test
    void boundsHowManyWordsOneCallBrings() throws Exception {
        String word = "{\"session\":1,\"ticks\":1,\"word\":\"" + WORD + "\"}";
        result("submitMany", "[[" + String.join(",", java.util.Collections.nCopies(1_024, word)) + "]]");
        assertEquals(1_024, heard.size());
        JsonNode error = call("submitMany", "[[" + String.join(",", java.util.Collections.nCopies(1_025, word)) + "]]")
                .path("error");
        assertEquals(-32602, error.path("code").intValue());
    }

    @Test
    void saysWhyWordsCannotBeTaken() throws Exception {
        unavailable = Optional.of("the collector is full");
        JsonNode error = call("submit", "[3, 7, \"" + WORD + "\"]").path("error");
        assertEquals("{\"code\":9001,\"message\":\"Tick-stream is not available\",\"data\":\"the collector is full\"}",
                error.toString());
    }

    @Test
    void quotesThePriceOfViewing() throws Exception {
        Quote quote = new Quote(U128.of(1_000_000_000), new Permill(100_000), 5, U128.of(7), U128.of(25));
        Codec<java.util.Map.Entry<Long, java.util.Map.Entry<AccountId, U128>>> arguments = Codecs.tuple(Codecs.U64,
                Codecs.tuple(AccountId.CODEC, Codecs.U128));
        answers("quote", arguments, java.util.Map.entry(4L, java.util.Map.entry(BOB_ID, U128.of(20_000_000_000L))),
                Codecs.option(Quote.CODEC), Optional.of(quote));
        answers("open_session_fee", arguments,
                java.util.Map.entry(4L, java.util.Map.entry(BOB_ID, U128.of(20_000_000_000L))),
                Codecs.option(Codecs.U128), Optional.of(U128.of(123_456)));
        answers("quote", arguments, java.util.Map.entry(5L, java.util.Map.entry(BOB_ID, U128.of(1))),
                Codecs.option(Quote.CODEC), Optional.empty());
        answers("settings", Codecs.UNIT, Codecs.Unit.UNIT, Settings.CODEC,
                new Settings(BOB_ID, new Permill(100_000), U128.ONE, 1, 1, 1, 1, 1,
                        new Settings.Limits(1_000, 1, 1, 1, 1)));
        assertEquals("{\"rate\":\"1000000000\",\"fee\":100000,\"feePerTick\":\"100000000\","
                + "\"creatorPerTick\":\"900000000\",\"freeTicks\":5,\"minimumDeposit\":\"7\",\"deposit\":\"20000000000\","
                + "\"ticks\":\"25\",\"tickMillis\":1000,\"seconds\":\"25\",\"networkFee\":\"123456\"}",
                result("quote", "[4, \"" + BOB + "\", \"20000000000\"]"));
        assertEquals("null", result("quote", "[5, \"" + BOB_ID + "\", 1]"));
    }

    @Test
    void showsAStream() throws Exception {
        Stream stream = new Stream(BOB_ID, U128.of(5), List.of(new Payee(BOB_ID, new Permill(1_000_000))), 3,
                Bytes.ascii("A \"title\""), true);
        answers("stream", Codecs.U64, 4L, Codecs.option(Stream.CODEC), Optional.of(stream));
        answers("stream", Codecs.U64, 5L, Codecs.option(Stream.CODEC), Optional.empty());
        assertEquals("{\"stream\":4,\"creator\":\"" + BOB + "\",\"rate\":\"5\",\"payees\":[{\"account\":\"" + BOB
                + "\",\"share\":1000000}],\"freeTicks\":3,\"title\":\"A \\\"title\\\"\",\"active\":true}",
                result("stream", "[4]"));
        assertEquals("null", result("stream", "[5]"));
    }

    @Test
    void showsASessionWithWhatTheCollectorKnows() throws Exception {
        Terms terms = new Terms(4, BOB_ID, U128.of(10), new Permill(100_000), 2, 100, Bytes.wrap(new byte[16]),
                Bytes.wrap(new byte[32]), new PublicKey(Bytes.wrap(new byte[32])), 1_234);
        Session session = new Session(terms, Bytes.fromHex(WORD), 8, U128.of(60), U128.of(6), U128.of(940),
                new SessionStatus.Closing(77));
        answers("session", Codecs.U64, 3L, Codecs.option(Session.CODEC), Optional.of(session));
        answers("session", Codecs.U64, 5L, Codecs.option(Session.CODEC), Optional.empty());
        String front = "{\"session\":3,\"stream\":4,\"viewer\":\"" + BOB + "\",\"status\":\"closing\",\"until\":77,"
                + "\"rate\":\"10\",\"fee\":100000,\"freeTicks\":2,\"maxTicks\":100,\"openedAt\":1234,";
        String back = ",\"payer\":\"" + BOB + "\",\"sponsoredTicks\":0,\"salt\":\"0x" + "00".repeat(16)
                + "\",\"anchor\":\"" + WORD + "\"}";
        assertEquals(front + "\"paidTicks\":12,\"settledTicks\":8,\"charged\":\"60\",\"feeTaken\":\"6\","
                + "\"escrow\":\"940\",\"left\":\"900\"" + back, result("session", "[3]"));
        assertEquals(front + "\"paidTicks\":8,\"settledTicks\":8,\"charged\":\"60\",\"feeTaken\":\"6\","
                + "\"escrow\":\"940\",\"left\":\"940\"" + back,
                result("session", "[3, \"" + OneBlockChain.BLOCK + "\"]"));
        assertEquals("null", result("session", "[5]"));
    }

    /** The next text that says {@code part}; other ones belong to others. */
    private String next(RawClient client, String part) throws Exception {
        String text = client.readText();
        while (!text.contains(part)) {
            text = client.readText();
        }
        described.checkNotification(JSON.readTree(text));
        return text.substring(text.indexOf("\"result\":") + 9,
                text.lastIndexOf('}') - (text.contains("params") ? 1 : 0));
    }

    @Test
    void tellsWhoFollowsASessionEachChangeUntilItIsOver() throws Exception {
        try (RawClient client = RawClient.webSocket(server.port())) {
            client.sendText("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tickStream_v1_followSession\",\"params\":[3]}");
            assertTrue(next(client, "tickStream_v1_sessionProgress").contains("{\"session\":3,\"status\":\"open\","
                    + "\"paidTicks\":1,\"settledTicks\":0,\"leftTicks\":9,\"left\":\"90\"}"));
            sessionFollowers.getFirst()
                    .accept(new TickBackend.Progress(TickBackend.Status.CLOSING, 2, 1, 8, U128.of(80)));
            assertTrue(next(client, "closing").contains("\"paidTicks\":2,\"settledTicks\":1"));
            sessionFollowers.getFirst().accept(new TickBackend.Progress(TickBackend.Status.OVER, 0, 0, 0, U128.ZERO));
            assertTrue(next(client, "over").contains("\"status\":\"over\""));
            assertTrue(sessionFollowers.isEmpty());
        }
    }

    @Test
    void tellsWhoFollowsAStreamWhatItEarns() throws Exception {
        try (RawClient client = RawClient.webSocket(server.port())) {
            client.sendText("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tickStream_v1_followStream\",\"params\":[4]}");
            next(client, "tickStream_v1_streamProgress");
            streamFollowers.getFirst().accept(new TickBackend.StreamProgress(2, 7, 4, U128.of(70), U128.of(40),
                    List.of(new TickBackend.Change(1, TickBackend.Status.OPEN, 5, 4),
                            new TickBackend.Change(-1, TickBackend.Status.OVER, 2, 0))));
            String item = next(client, "\"paying\":2");
            assertTrue(item.contains("{\"stream\":4,\"paying\":2,\"paidTicks\":7,\"settledTicks\":4,\"paid\":\"70\","
                    + "\"settled\":\"40\",\"sessions\":[{\"session\":1,\"status\":\"open\",\"paidTicks\":5,"
                    + "\"settledTicks\":4},{\"session\":18446744073709551615,\"status\":\"over\",\"paidTicks\":2,"
                    + "\"settledTicks\":0}]}"), item);
        }
    }

    @Test
    void entitlesWhoeverHasTheSessionKey() throws Exception {
        Sr25519KeyPair key = Sr25519KeyPair.fromMiniSecret(new byte[32]);
        Terms terms = new Terms(4, BOB_ID, U128.of(10), new Permill(100_000), 2, 100, Bytes.wrap(new byte[16]),
                Bytes.wrap(new byte[32]), PublicKey.wrap(key.publicKey()), 1_234);
        Session open = new Session(terms, Bytes.fromHex(WORD), 8, U128.of(60), U128.of(6), U128.of(940),
                new SessionStatus.Open(77));
        answers("session", Codecs.U64, 3L, Codecs.option(Session.CODEC), Optional.of(open));
        answers("session", Codecs.U64, 4L, Codecs.option(Session.CODEC), Optional.of(open.withStatus(
                new SessionStatus.Closing(9))));
        answers("session", Codecs.U64, 5L, Codecs.option(Session.CODEC), Optional.empty());
        Bytes challenge = Bytes.fromHex("0x" + "5a".repeat(16));
        String valid = entitlement(key, 3, 3, challenge);
        assertTrue(valid.startsWith("{\"entitled\":true,\"reason\":\"valid\",\"session\":{\"session\":3,"), valid);
        assertTrue(valid.contains("\"paidTicks\":12"), valid);
        String closing = entitlement(key, 4, 4, challenge);
        assertTrue(closing.startsWith("{\"entitled\":false,\"reason\":\"closing\","), closing);
        assertTrue(entitlement(key, 3, 4, challenge).startsWith("{\"entitled\":false,\"reason\":\"signature\","));
        assertTrue(entitlement(Sr25519KeyPair.fromMiniSecret(Bytes.fromHex(WORD).toArray()), 3, 3, challenge)
                .contains("\"reason\":\"signature\""));
        assertEquals("{\"entitled\":false,\"reason\":\"over\",\"session\":null}", entitlement(key, 5, 5, challenge));
        assertRefused("entitlement", "[3, \"0x0011\", \"0x" + "00".repeat(64) + "\"]",
                "challenge: got \"0x0011\", expected 16 to 256 bytes in hex");
        assertRefused("entitlement", "[3, \"" + challenge + "\", \"0x00\"]",
                "signature: got \"0x00\", expected 64 bytes in hex");
    }

    private String entitlement(Sr25519KeyPair key, long asked, long signed, Bytes challenge) throws Exception {
        Bytes payload = TickStreamMethods.challengePayload(OneBlockChain.BLOCK, signed, challenge);
        byte[] signature = key.sign(payload.view(), new SecureRandom());
        return result("entitlement", "[" + asked + ", \"" + challenge + "\", \"" + Bytes.hex(signature) + "\"]");
    }

    @Test
    void saysWhereAStateOrTheWholePalletIsMissing() throws Exception {
        assertEquals("this chain's runtime has no tick-stream",
                call("stream", "[1]").path("error").path("data").textValue());
        JsonNode error = call("stream", "[1, \"" + WORD + "\"]").path("error");
        assertEquals(4003, error.path("code").intValue());
        assertEquals("Client error: UnknownBlock: Header was not found in the database: " + WORD,
                error.path("message").textValue());
    }
}
