package io.vilokanam.node.service;

import java.util.List;
import java.util.Optional;

import io.vilokanam.node.keystore.SignerAddress;
import io.vilokanam.node.telemetry.TelemetryEndpoint;

/**
 * What an operator decides about a node beside its chain, its doors and its peers.
 *
 * @param isVoting whether votes on finality are given and followed
 * @param offchainWork which off-chain workers run
 * @param isIndexing whether what runtimes write to the off-chain index is kept
 * @param telemetry whom the node tells of itself
 * @param guard whether a validator makes sure that nobody else signs with its keys
 * @param keys how keys are kept beside the folder
 */
public record Operator(boolean isVoting, OffchainWork offchainWork, boolean isIndexing,
        List<TelemetryEndpoint> telemetry, Guard guard, Keys keys) {

    /** Which off-chain workers run. */
    public enum OffchainWork {
        /** The runtime's and the settler. */
        ALL,
        /** The settler alone, which works wherever there is a key for it. */
        SETTLING,
        /** None. */
        NONE
    }

    /** Whether a validator makes sure, before it signs, that nobody else does with its keys. */
    public enum Guard {
        /** It signs at once. */
        OFF,
        /** It listens first where it does not know what it signed, or was away for long. */
        ON,
        /** It always listens first. */
        STRICT
    }

    /**
     * How keys are kept beside the folder.
     *
     * @param passphrase encrypts the files of the keystore
     * @param signer another process that holds keys
     */
    public record Keys(Optional<String> passphrase, Optional<SignerAddress> signer) {

        public static final Keys PLAIN = new Keys(Optional.empty(), Optional.empty());
    }

    /** What a node does of which nobody said anything. */
    public static final Operator STANDARD = new Operator(true, OffchainWork.ALL, false, List.of(), Guard.OFF,
            Keys.PLAIN);

    public Operator {
        telemetry = List.copyOf(telemetry);
    }
}
