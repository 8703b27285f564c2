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
 * @param inherentsTook how long the inherents took of that
 */
public record Proposal(Header header, List<Bytes> body, StateChanges changes, EndReason end, Duration took,
        Duration inherentsTook) {

    /** Why no more transactions went in. */
    public enum EndReason {
        NO_MORE_TRANSACTIONS("NoMoreTransactions", "no_more_transactions"), HIT_DEADLINE("HitDeadline",
                "hit_deadline"), HIT_BLOCK_SIZE_LIMIT("HitBlockSizeLimit",
                        "hit_block_size_limit"), HIT_BLOCK_WEIGHT_LIMIT("HitBlockWeightLimit",
                                "hit_block_weight_limit");

        private final String label;
        private final String metric;

        EndReason(String label, String metric) {
            this.label = label;
            this.metric = metric;
        }

        /** As stock nodes log it. */
        public String label() {
            return label;
        }

        /** As stock nodes count it. */
        public String metric() {
            return metric;
        }
    }
}
