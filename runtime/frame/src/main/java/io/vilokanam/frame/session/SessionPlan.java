package io.vilokanam.frame.session;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.AccountId;

/** Decides who validates in sessions to come ({@code pallet_session::SessionManager}). */
@FunctionalInterface
public interface SessionPlan {

    /** The validators of session {@code index}, planned one session ahead; empty where those before go on. */
    Optional<List<AccountId>> newSession(Externalities ext, long index);

    /** Session {@code index} ends: its validators are still in office. */
    default void endSession(Externalities ext, long index) {}
}
