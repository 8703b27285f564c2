package io.vilokanam.rpc.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.rpc.backend.HealthProbe.Standing;

/**
 * What a probe asks for in its query, e.g. {@code /health/readiness?max-lag=3&max-finality-lag=10&max-age=30}: blocks behind the
 * peers, blocks that are not final, seconds since the last block. What is not named is not asked for.
 */
final class HealthLimits {

    private static final String LAG = "max-lag";
    private static final String FINALITY_LAG = "max-finality-lag";
    private static final String AGE = "max-age";
    private static final Set<String> KEYS = Set.of(LAG, FINALITY_LAG, AGE);

    private final Map<String, Long> limits;

    private HealthLimits(Map<String, Long> limits) {
        this.limits = limits;
    }

    /** Reads what follows the question mark of a path; empty where it holds anything else. */
    static Optional<HealthLimits> parse(String uri) {
        Map<String, Long> limits = new HashMap<>();
        int mark = uri.indexOf('?');
        for (String pair : mark < 0 ? new String[0] : uri.substring(mark + 1).split("&", -1)) {
            String[] sides = pair.split("=", 2);
            if (!KEYS.contains(sides[0]) || sides.length < 2 || !sides[1].matches("[0-9]{1,9}")) {
                return Optional.empty();
            }
            limits.put(sides[0], Long.parseLong(sides[1]));
        }
        return Optional.of(new HealthLimits(limits));
    }

    /** What does not hold, in words. */
    List<String> violations(Standing standing, boolean isReadiness) {
        List<String> violations = new ArrayList<>();
        if (!standing.isRunning()) {
            violations.add("an essential part of the node has ended");
        }
        if (isReadiness && standing.shouldHavePeers() && (standing.isSyncing() || standing.peers() == 0)) {
            violations.add(standing.isSyncing() ? "the chain is being downloaded" : "there are no peers");
        }
        require(violations, LAG, standing.target() - standing.best(), "blocks behind the peers");
        require(violations, FINALITY_LAG, standing.best() - standing.finalised(), "blocks not final");
        require(violations, AGE, standing.secondsSinceBlock(), "seconds since the last block");
        return violations;
    }

    private void require(List<String> violations, String key, long actual, String what) {
        if (limits.containsKey(key) && actual > limits.get(key)) {
            violations.add(actual + " " + what + ", " + key + " is " + limits.get(key));
        }
    }

    /** The answer to a probe. */
    static ObjectNode json(Standing standing, List<String> violations) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ok", violations.isEmpty());
        json.put("peers", standing.peers()).put("isSyncing", standing.isSyncing());
        json.put("best", standing.best()).put("finalized", standing.finalised()).put("target", standing.target());
        json.put("secondsSinceBlock", standing.secondsSinceBlock());
        ArrayNode why = json.putArray("violations");
        violations.forEach(why::add);
        return json;
    }
}
