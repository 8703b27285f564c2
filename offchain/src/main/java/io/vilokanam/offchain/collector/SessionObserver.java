package io.vilokanam.offchain.collector;

/** Hears of what the collector learns; called by whoever brought the news, must not block. */
public interface SessionObserver {

    /** Whether changes of this session are of interest: what nobody wants to hear is not put together. */
    default boolean follows(long session, long stream) {
        return true;
    }

    /** A newer word, or news from the chain. Calls about one session may overtake each other. */
    void changed(KnownSession session);

    /** The session is over for good. */
    void ended(long id);
}
