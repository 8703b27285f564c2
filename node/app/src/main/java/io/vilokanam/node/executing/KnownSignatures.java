package io.vilokanam.node.executing;

import io.vilokanam.host.call.SignatureClaim;

/**
 * Claims that were verified and hold: those of a transaction that came through the pool are asked for again when it is looked at
 * once more and when it goes into a block. Two claims that meet in one place push each other out. Safe for several threads,
 * which at worst miss what another one has just noted.
 */
final class KnownSignatures {

    /** A power of two, twice as many as a stock pool holds transactions. */
    static final int PLACES = 1 << 14;
    /** The message of a transaction is no longer than this, others are not noted. */
    static final int MESSAGE_BYTES_MAX = 256;

    private final SignatureClaim[] places = new SignatureClaim[PLACES];

    void note(SignatureClaim claim) {
        if (claim.message().size() <= MESSAGE_BYTES_MAX) {
            places[place(claim)] = claim;
        }
    }

    boolean contains(SignatureClaim claim) {
        return claim.equals(places[place(claim)]);
    }

    private static int place(SignatureClaim claim) {
        return (claim.hashCode() ^ claim.hashCode() >>> 16) & PLACES - 1;
    }
}
