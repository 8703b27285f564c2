package io.vilokanam.rpc.backend;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;

/** The finality gadget. */
public interface GrandpaBackend {

    /** The rounds that are voted on; empty while no voter runs. */
    Optional<VoterState> roundState();

    /**
     * The SCALE form of {@code FinalityProof}: hash of the last block that the proof makes final, justification, headers from
     * the asked block (exclusive) to that one.
     *
     * @return empty where there is nothing to prove it with
     */
    Optional<Bytes> proveFinality(long number) throws FinalityProofException;

    /** Calls the listener with the SCALE form of each new justification. */
    Registration watchJustifications(Consumer<Bytes> listener);

    record VoterState(long setId, Round best, List<Round> background) {
        public VoterState {
            background = List.copyOf(background);
        }
    }

    /** Weights are sums over voters, unsigned. */
    record Round(long round, long totalWeight, long thresholdWeight, Tally prevotes, Tally precommits) {}

    /** Who has not voted yet, and what the votes that came weigh. */
    record Tally(long currentWeight, List<PublicKey> missing) {
        public Tally {
            missing = List.copyOf(missing);
        }
    }
}
