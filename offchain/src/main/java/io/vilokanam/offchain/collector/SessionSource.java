package io.vilokanam.offchain.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;

/** The chain at its best block, as the collector asks it. */
public interface SessionSource {

    /** So many sessions are asked for at once. */
    int SESSIONS_MAX = 64;

    /** A session that is not over. */
    Optional<Session> session(long id) throws ChainUnavailableException;

    /** Several of them, in the order of their ids; at most {@value #SESSIONS_MAX}. */
    default List<Optional<Session>> sessions(List<Long> ids) throws ChainUnavailableException {
        List<Optional<Session>> found = new ArrayList<>();
        for (long id : ids) {
            found.add(session(id));
        }
        return found;
    }

    Settings.Limits limits() throws ChainUnavailableException;
}
