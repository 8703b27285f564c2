package io.vilokanam.frame.session;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.session.SessionKeys;

/** Who validates, as others ask ({@code frame_support::traits::ValidatorSet}). */
public interface ValidatorSet {

    /** Who validates in this session. */
    List<AccountId> validators(Externalities ext);

    /** The index of this session. */
    long currentIndex(Externalities ext);

    /** The keys that an account has registered last. */
    Optional<SessionKeys> keysOf(Externalities ext, AccountId validator);
}
