package io.vilokanam.pallets.grandpa;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.session.MembershipProof;
import io.vilokanam.frame.session.Offence;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;

/** What reports of equivocations are checked against, in runtimes that have sessions ({@code EquivocationReportSystem}). */
public interface Accountability {

    /** Whose a GRANDPA key was, if the proof shows it. */
    Optional<AccountId> ownerOf(Externalities ext, PublicKey key, MembershipProof proof);

    /** The author of the current block: who reports what comes unsigned. */
    Optional<AccountId> author(Externalities ext);

    boolean isKnown(Externalities ext, Offence offence);

    /** Records an offence; false where it is known. */
    boolean report(Externalities ext, List<AccountId> reporters, Offence offence);

    /** So many blocks an unsigned report stays in the pool. */
    long longevity();
}
