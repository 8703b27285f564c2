package io.vilokanam.host.call;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of signatures before a runtime asks: a block's signatures are verified together, and in parallel, before it
 * is executed, and the runtime's checks are answered from here.
 */
public final class VerifiedSignatures {

    /** Nothing is known: each check is made when it is asked for. */
    public static final VerifiedSignatures NONE = new VerifiedSignatures(Map.of());

    private final Map<SignatureClaim, Boolean> verdicts;

    private VerifiedSignatures(Map<SignatureClaim, Boolean> verdicts) {
        this.verdicts = verdicts;
    }

    /** Claims with whether they hold, as the scheme's own verification decides. */
    public static VerifiedSignatures of(Map<SignatureClaim, Boolean> verdicts) {
        return new VerifiedSignatures(Map.copyOf(verdicts));
    }

    /** Whether a claim holds, if it was among those verified. */
    public Optional<Boolean> find(SignatureClaim claim) {
        return Optional.ofNullable(verdicts.get(claim));
    }
}
