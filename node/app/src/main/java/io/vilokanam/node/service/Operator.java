package io.vilokanam.node.service;

import java.util.List;

import io.vilokanam.node.telemetry.TelemetryEndpoint;

/**
 * What an operator decides about a node beside its chain, its doors and its peers.
 *
 * @param isVoting whether votes on finality are given and followed
 * @param offchainWork which off-chain workers run
 * @param telemetry whom the node tells of itself
 */
public record Operator(boolean isVoting, OffchainWork offchainWork, List<TelemetryEndpoint> telemetry) {

    /** Which off-chain workers run. */
    public enum OffchainWork {
        /** The runtime's and the settler. */
        ALL,
        /** The settler alone, which works wherever there is a key for it. */
        SETTLING,
        /** None. */
        NONE
    }

    /** What a node does of which nobody said anything. */
    public static final Operator STANDARD = new Operator(true, OffchainWork.ALL, List.of());

    public Operator {
        telemetry = List.copyOf(telemetry);
    }
}
