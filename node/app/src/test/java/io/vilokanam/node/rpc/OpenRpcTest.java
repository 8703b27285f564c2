package io.vilokanam.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.node.service.Node;
import io.vilokanam.rpc.server.RpcAccess;
import io.vilokanam.rpc.server.RpcLimits;

/** The checked-in description of the methods; {@code -Dvilokanam.write=true} writes it anew. */
class OpenRpcTest {

    private static final Path FILE = docs().resolve("openrpc.json");

    private static Path docs() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs").resolve("architecture.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs");
    }

    @Test
    void theDescriptionInTheRepositoryIsWhatANodeAnswers(@TempDir Path folder) throws Exception {
        try (Node node = RecordedNode.start(folder, RpcLimits.STOCK, RpcAccess.STOCK);
                HttpClient http = HttpClient.newHttpClient();
                WebSocketClient client = new WebSocketClient(http, node.rpcPort())) {
            JsonNode description = client.call("rpc.discover");
            if (Boolean.getBoolean("vilokanam.write")) {
                Files.writeString(FILE, written(description));
            }
            assertEquals(Files.readString(FILE, StandardCharsets.UTF_8), written(description),
                    "write it anew with -Dvilokanam.write=true");
            assertEquals(texts(client.call("rpc_methods").get("methods")), names(description));
        }
    }

    private static String written(JsonNode description) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new ObjectMapper().writer(new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines))
                .writeValueAsString(description) + "\n";
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> all = new TreeSet<>();
        list.forEach(item -> all.add(item.asText()));
        return all;
    }

    /** Also aliases, and what ends subscriptions. */
    private static Set<String> names(JsonNode description) {
        Set<String> all = new TreeSet<>();
        for (JsonNode method : description.get("methods")) {
            assertTrue(all.add(method.get("name").asText()), method.toString());
            all.addAll(texts(method.path("x-aliases")));
            all.addAll(texts(method.path("x-unsubscribe")));
        }
        return all;
    }
}
