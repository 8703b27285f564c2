package io.vilokanam.host.call;

import java.util.Optional;

/** What is known of signatures. */
@FunctionalInterface
public interface SignatureVerdicts {

    /** Whether a claim holds, just as its scheme's verification decides; empty if it is not known. */
    Optional<Boolean> find(SignatureClaim claim);
}
