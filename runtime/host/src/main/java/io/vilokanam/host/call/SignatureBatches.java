package io.vilokanam.host.call;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Verifies the signatures that a runtime announces. The node decides how: on which threads, and what it knows already of
 * transactions that went through its pool.
 */
@FunctionalInterface
public interface SignatureBatches {

    /** Verifies nothing ahead: each check is made when it is asked for. */
    SignatureBatches NONE = _ -> VerifiedSignatures.NONE;

    /** Begins to verify, and returns at once or when all is done; asked before it is done, the answer waits. */
    SignatureVerdicts begin(List<SignatureClaim> claims);

    /** Verifies a claim that was not announced; returns when it is decided. */
    default boolean verify(SignatureClaim claim) {
        return claim.holds();
    }

    /** Verifies claims that were not announced, together where that is cheaper; the answers in the order of the claims. */
    default boolean[] verify(List<SignatureClaim> claims) {
        boolean[] holds = new boolean[claims.size()];
        for (int i = 0; i < holds.length; i++) {
            holds[i] = verify(claims.get(i));
        }
        return holds;
    }

    /**
     * Verifies each announcement as one batch on the calling thread.
     *
     * @param random a cryptographic generator: who can foresee it can pass off invalid signatures
     */
    static SignatureBatches onCallingThread(RandomGenerator random) {
        return claims -> VerifiedSignatures.verify(claims, random);
    }
}
