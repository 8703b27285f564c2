package io.vilokanam.node.network.sync;

import io.vilokanam.node.network.ReputationChange;

/** What peers lose by what they do in sync, with the values of {@code sc_network_sync}'s {@code rep}. */
final class SyncReputation {

    static final ReputationChange BAD_BLOCK = new ReputationChange(-(1 << 29), "Block verification failed");
    static final ReputationChange NOT_REQUESTED = new ReputationChange(-(1 << 29), "Not requested block data");
    static final ReputationChange BAD_JUSTIFICATION = new ReputationChange(-(1 << 16), "Bad justification");
    static final ReputationChange UNKNOWN_ANCESTOR = new ReputationChange(-(1 << 16), "DB Error");
    static final ReputationChange BAD_MESSAGE = new ReputationChange(-(1 << 12), "Bad message");
    static final ReputationChange TIMEOUT = new ReputationChange(-(1 << 10), "Request timeout");
    static final ReputationChange REFUSED = new ReputationChange(-(1 << 10), "Request refused");

    private SyncReputation() {}
}
