package io.vilokanam.node.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

final class JsonLinesTest {

    private static JsonNode line(String message, Throwable failure, Object... arguments) throws Exception {
        Logger logger = new LoggerContext().getLogger("substrate");
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, failure, arguments);
        event.setInstant(Instant.ofEpochSecond(1_700_000_000, 5_000_000));
        event.setThreadName("main");
        String line = new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
        assertEquals(line.length() - 1, line.indexOf('\n'), "one line each");
        return new JsonMapper().readTree(line);
    }

    @Test
    void writesAnObjectALine() throws Exception {
        JsonNode line = line("💤 Idle ({} peers), \"best\"\n", null, 3);
        assertEquals(
                "{\"timestamp\":\"2023-11-14T22:13:20.005Z\",\"level\":\"warn\",\"target\":\"substrate\",\"thread\":"
                        + "\"main\",\"message\":\"💤 Idle (3 peers), \\\"best\\\"\\n\"}",
                line.toString());
    }

    @Test
    void writesStackTraces() throws Exception {
        String error = line("failed", new IllegalStateException("why")).get("error").asText();
        assertTrue(error.startsWith("java.lang.IllegalStateException: why\n\tat "), error);
    }
}
