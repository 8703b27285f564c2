package io.vilokanam.node.authoring;

import java.time.Duration;
import java.util.List;

import io.vilokanam.host.state.StateChanges;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/**
 * A block that was built and not sealed yet.
 *
 * @param body extrinsics without their lengths
 * @param took how long building it took
 */
public record Proposal(Header header, List<Bytes> body, StateChanges changes, EndReason end, Duration took) {

    /** Why no more transactions went in. */
    public enum EndReason {
        NO_MORE_TRANSACTIONS("NoMoreTransactions"), HIT_DEADLINE("HitDeadline"), HIT_BLOCK_SIZE_LIMIT(
                "HitBlockSizeLimit"), HIT_BLOCK_WEIGHT_LIMIT("HitBlockWeightLimit");

        private final String label;

        EndReason(String label) {
            this.label = label;
        }

        /** As stock nodes log it. */
        public String label() {
            return label;
        }
    }
}
