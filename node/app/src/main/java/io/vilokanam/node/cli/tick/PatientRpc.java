package io.vilokanam.node.cli.tick;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;

/** Waits for a node that does not answer to come back. What must not be sent twice is not sent again. */
final class PatientRpc implements NodeRpc {

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int STEPS_MAX = 120;

    private final NodeRpc rpc;
    private final Pace pace;

    PatientRpc(NodeRpc rpc, Pace pace) {
        this.rpc = rpc;
        this.pace = pace;
    }

    @Override
    public JsonNode call(String method, Object... params) throws TickFailure {
        for (int step = 0;; step++) {
            try {
                return rpc.call(method, params);
            } catch (TickFailure e) {
                if (!e.isUnreachable() || step == STEPS_MAX || method.equals("author_submitExtrinsic")) {
                    throw e;
                }
                pace.pause(STEP);
            }
        }
    }
}
