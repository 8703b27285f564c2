package io.vilokanam.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.node.chainspec.BundledSpecs;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.node.service.NativeCompositions;
import io.vilokanam.node.service.Node;
import io.vilokanam.node.service.NodeConfig;
import io.vilokanam.node.service.Platform;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;
import io.vilokanam.rpc.server.RpcServer;
import io.vilokanam.scale.Bytes;

/**
 * The same transactions, in the same order and at the same place between two blocks, for our node and a stock node that author
 * the same chain: answers and statuses are compared.
 */
class PoolBesideStockTest {

    private static final String SUBMIT = "author_submitExtrinsic";

    /** A client of one of the two nodes, and what it was told. */
    private static final class Told implements AutoCloseable {

        private final WebSocketClient client;
        private final String heads;
        private final Map<String, String> watched = new LinkedHashMap<>();
        private final List<String> answers = new ArrayList<>();

        Told(HttpClient http, int port) throws Exception {
            client = new WebSocketClient(http, port);
            heads = client.call("chain_subscribeNewHeads").asText();
            client.next(heads);
        }

        void submit(String note, Bytes transaction) throws Exception {
            answers.add(note + ": " + content(client.answer(SUBMIT, transaction.toString())));
        }

        void watch(String note, Bytes transaction) throws Exception {
            JsonNode answer = client.answer("author_submitAndWatchExtrinsic", transaction.toString());
            if (answer.has("result")) {
                watched.put(note, answer.get("result").asText());
            } else {
                answers.add(note + ": " + content(answer));
            }
        }

        /** What a Wasm engine says of a trap is left out. */
        private static String content(JsonNode answer) {
            return (answer.has("result") ? answer.get("result") : answer.get("error")).toString()
                    .replaceAll("(Execution aborted due to trap: ).*", "$1");
        }

        void awaitBlock() throws Exception {
            client.next(heads);
        }

        /** All that is told of a watched transaction, until the last status; hashes of blocks are left out. */
        List<String> statuses(String note) throws Exception {
            List<String> statuses = new ArrayList<>();
            while (statuses.isEmpty()
                    || !statuses.getLast().matches("usurped.*|dropped|invalid|finalized|finalityTimeout")) {
                JsonNode status = client.next(watched.get(note)).at("/params/result");
                String name = status.isTextual() ? status.asText() : status.fieldNames().next();
                statuses.add(name.equals("usurped") ? name + " by " + status.get(name).asText() : name);
            }
            return statuses;
        }

        @Override
        public void close() {
            client.close();
        }
    }

    @FunctionalInterface
    private interface Step {
        void take(Told node) throws Exception;
    }

    @TempDir
    private Path folder;

    private static Node ours() throws Exception {
        NodeConfig config = new NodeConfig(BundledSpecs.referenceDev(), Optional.empty(), "Alice", true,
                List.of("//Alice"),
                true, PoolOptions.of(8192, 20480, Duration.ZERO, true), Keeping.inMemory(256), 1 << 20,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new NodeConfig.Rpc(RpcServer.Endpoint.loopback(0), RpcLimits.STOCK, RpcAccess.DEVELOPMENT),
                new NodeConfig.Metrics(Optional.empty(), false));
        return Node.start(config, new NativeCompositions().runtimes(), Platform.ofMachine(), new NodeLog());
    }

    @Test
    @Timeout(120)
    void answersAndTellsAsAStockNodeDoes() throws Exception {
        try (StockProcess stock = new StockProcess(folder, "--dev");
                Node node = ours();
                HttpClient http = HttpClient.newHttpClient();
                Told expected = new Told(http, stock.rpcPort());
                Told actual = new Told(http, node.rpcPort())) {
            List<Told> both = List.of(expected, actual);
            for (List<Step> round : rounds(new Transfers(node.core().chain().genesis()))) {
                for (Told told : both) {
                    told.awaitBlock();
                }
                for (Step step : round) {
                    for (Told told : both) {
                        step.take(told);
                    }
                }
            }
            assertEquals(String.join("\n", expected.answers), String.join("\n", actual.answers));
            for (String note : expected.watched.keySet()) {
                assertEquals(expected.statuses(note), actual.statuses(note), note);
            }
            assertEquals(expected.watched.keySet(), actual.watched.keySet());
        }
    }

    private static Step submit(String note, Bytes transaction) {
        return told -> told.submit(note, transaction);
    }

    private static Step watch(String note, Bytes transaction) {
        return told -> told.watch(note, transaction);
    }

    /** What happens after which block. */
    private static List<List<Step>> rounds(Transfers sign) throws Exception {
        Bytes first = sign.transfer("//Alice", 0, 0);
        Bytes second = sign.transfer("//Alice", 1, 0);
        Bytes broken = corrupted(sign.transfer("//Alice", 0, 0));
        Bytes third = sign.transfer("//Alice", 2, 0);
        Bytes tipped = sign.transfer("//Alice", 2, 1_000_000_000_000L);
        Bytes waiting = sign.transfer("//Bob", 1, 0);
        Bytes poor = sign.transfer("//Nobody", 0, 0);
        Bytes bigRemark = sign.sign("//Dave", Transfers.remark(5 << 20),
                new Transfers.Terms(0, 0, new Era.Immortal(), sign.genesis()));
        Bytes unbornEra = sign.sign("//Alice", Transfers.transfer(Transfers.account("//Bob")),
                new Transfers.Terms(0, 0, Era.mortal(64, 60), sign.genesis()));
        return List.of(
                List.of(watch("later first", second), watch("then earlier", first), submit("again", first),
                        submit("again and again", first), watch("watched again", first), submit("broken", broken),
                        submit("broken again", broken), submit("poor", poor), submit("bytes", Bytes.fromHex("0x00")),
                        submit("bytes again", Bytes.fromHex("0x00")), submit("nothing", Bytes.EMPTY),
                        submit("too long", bigRemark), submit("unborn", unbornEra), watch("waits", waiting)),
                List.of(submit("stale", first), submit("stale again", first), watch("replaced", third),
                        submit("same priority", sign.transfer("//Alice", 2, 0)), watch("replacing", tipped),
                        submit("replaced comes back", third)),
                List.of(submit("broken after a block", broken), submit("stale after a block", second),
                        watch("before what waits", sign.transfer("//Bob", 0, 0))),
                List.of(watch("a reservation", sign.transfer("//Charlie", 3, 0)),
                        watch("replaces a waiting one", sign.transfer("//Charlie", 3, 5_000_000)),
                        watch("c0", sign.transfer("//Charlie", 0, 0)), watch("c2", sign.transfer("//Charlie", 2, 0)),
                        watch("c1", sign.transfer("//Charlie", 1, 0))));
    }

    private static Bytes corrupted(Bytes transaction) {
        byte[] bytes = transaction.toArray();
        bytes[60] ^= 1;
        return Bytes.wrap(bytes);
    }
}
