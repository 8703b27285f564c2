package io.vilokanam.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.scale.Bytes;

/**
 * A modest load of a node's JSON-RPC, the same in every second: calls, transfers, and subscribers that come and go, every second one
 * of them without a farewell.
 */
final class SoakLoad implements AutoCloseable {

    /** A transfer and {@value #CALLS_A_BEAT} calls each; so many a second. */
    private static final int BEATS_A_SECOND = 40;
    private static final int CALLS_A_BEAT = 4;
    /** One more each second, and the oldest goes. */
    private static final int SUBSCRIBERS = 30;
    private static final long NANOS_A_BEAT = 1_000_000_000L / BEATS_A_SECOND;
    private static final List<String> SENDERS = List.of("//Bob", "//Charlie", "//Dave", "//Eve", "//Ferdie");
    private static final String NUMBER = Bytes.wrap(CrowdChain.key("System", "Number")).hex();
    private static final String BOB = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

    private record Call(String method, String parameters) {}

    private static final List<Call> CALLS = List.of(new Call("chain_getHeader", "[]"), new Call("chain_getBlock", "[]"),
            new Call("state_getStorage", "[\"" + NUMBER + "\"]"),
            new Call("system_accountNextIndex", "[\"" + BOB + "\"]"),
            new Call("state_getKeysPaged", "[\"0x\",20,\"0x\"]"), new Call("tickStream_v1_session", "[7,null]"),
            new Call("system_health", "[]"), new Call("author_pendingExtrinsics", "[]"),
            new Call("grandpa_roundState", "[]"));
    private static final List<Call> SUBSCRIPTIONS = List.of(new Call("chain_subscribeNewHeads", "[]"),
            new Call("chain_subscribeFinalizedHeads", "[]"), new Call("chainHead_v1_follow", "[true]"),
            new Call("state_subscribeStorage", "[[\"" + NUMBER + "\"]]"),
            new Call("grandpa_subscribeJustifications", "[]"), new Call("state_subscribeRuntimeVersion", "[]"),
            new Call("tickStream_v1_followStream", "[1]"));

    private final HttpClient client = HttpClient.newHttpClient();
    private final CrowdNode node;
    private final BenchTransfers transfers;
    private final Deque<WebSocket> subscribers = new ArrayDeque<>();
    private final AtomicLong heard = new AtomicLong();
    private int calls;
    private int sent;
    private int subscribed;

    private SoakLoad(CrowdNode node, BenchTransfers transfers) {
        this.node = node;
        this.transfers = transfers;
    }

    /** The node answers, and none of the senders has sent anything yet. */
    static SoakLoad on(CrowdNode node) throws IOException, InterruptedException {
        JsonNode version = node.ask("state_getRuntimeVersion", "[]");
        return new SoakLoad(node, new BenchTransfers(new RpcClient(node.rpcPort()).genesis(),
                version.get("specVersion").asInt(), SENDERS));
    }

    /** Until {@link System#nanoTime} is {@code end}. */
    void run(long end) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        for (int beat = 0; System.nanoTime() < end; beat++) {
            long early = begun + beat * NANOS_A_BEAT - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            node.ask("author_submitExtrinsic", "[\"" + transfers.transfer(sent++).hex() + "\"]");
            for (int i = 0; i < CALLS_A_BEAT; i++) {
                Call call = CALLS.get(calls++ % CALLS.size());
                node.ask(call.method, call.parameters);
            }
            if (beat % BEATS_A_SECOND == 0) {
                changeSubscribers();
            }
        }
    }

    private void changeSubscribers() throws IOException {
        Call call = SUBSCRIPTIONS.get(subscribed % SUBSCRIPTIONS.size());
        try {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + node.rpcPort()), new Ear()).join();
            socket.sendText(RpcClient.request(call.method, call.parameters), true).join();
            subscribers.add(socket);
        } catch (CompletionException e) {
            throw new IOException("subscriber " + subscribed + " was not let in", e);
        }
        subscribed++;
        if (subscribers.size() > SUBSCRIBERS) {
            WebSocket oldest = subscribers.remove();
            if (subscribed % 2 == 0) {
                oldest.sendClose(WebSocket.NORMAL_CLOSURE, "");
            } else {
                oldest.abort();
            }
        }
    }

    String summary() {
        return String.format(Locale.ROOT, "%,d calls, %,d transfers, %,d subscribers that heard %,d messages", calls,
                sent,
                subscribed, heard.get());
    }

    @Override
    public void close() {
        subscribers.forEach(WebSocket::abort);
        client.shutdownNow();
    }

    private final class Ear implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
            if (isLast) {
                heard.incrementAndGet();
            }
            return WebSocket.Listener.super.onText(socket, text, isLast);
        }
    }
}
