package io.vilokanam.host.call;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.vilokanam.crypto.batch.BatchVerifier;

/**
 * Signatures that were verified together. Whoever has several threads verifies a part of the claims on each and joins the
 * answers with {@link #and}.
 */
public final class VerifiedSignatures implements SignatureVerdicts {

    public static final VerifiedSignatures NONE = new VerifiedSignatures(Map.of());

    private final Map<SignatureClaim, Boolean> verdicts;

    private VerifiedSignatures(Map<SignatureClaim, Boolean> verdicts) {
        this.verdicts = verdicts;
    }

    /**
     * Verifies claims as one batch.
     *
     * @param random a cryptographic generator: who can foresee it can pass off invalid signatures
     */
    public static VerifiedSignatures verify(List<SignatureClaim> claims, RandomGenerator random) {
        var batch = new BatchVerifier();
        for (SignatureClaim claim : claims) {
            batch.add(claim.scheme(), claim.publicKey().view(), claim.message().view(), claim.signature().view());
        }
        boolean[] valid = batch.verify(random);
        Map<SignatureClaim, Boolean> verdicts = HashMap.newHashMap(valid.length);
        for (int i = 0; i < valid.length; i++) {
            verdicts.put(claims.get(i), valid[i]);
        }
        return new VerifiedSignatures(verdicts);
    }

    /** What is known here or there. */
    public VerifiedSignatures and(VerifiedSignatures other) {
        Map<SignatureClaim, Boolean> both = new HashMap<>(verdicts);
        both.putAll(other.verdicts);
        return new VerifiedSignatures(both);
    }

    @Override
    public Optional<Boolean> find(SignatureClaim claim) {
        return Optional.ofNullable(verdicts.get(claim));
    }
}
