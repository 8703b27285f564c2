package io.vilokanam.offchain.collector;

import java.util.Optional;

import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;

/** The chain at its best block, as the collector asks it. */
public interface SessionSource {

    /** A session that is not over. */
    Optional<Session> session(long id) throws ChainUnavailableException;

    Settings.Limits limits() throws ChainUnavailableException;
}
