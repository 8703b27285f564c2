package io.vilokanam.node.offchain;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.offchain.collector.Followers;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;

/** Tells those who follow sessions and streams what is new, each second. */
public final class FollowerTelling {

    private static final Logger LOG = LoggerFactory.getLogger(FollowerTelling.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Followers followers;

    public FollowerTelling(Followers followers) {
        this.followers = followers;
    }

    /** Goes on until it is interrupted. */
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.sleep(PERIOD);
            followers.tell();
            try {
                followers.lookAtChain();
            } catch (ChainUnavailableException e) {
                LOG.debug("sessions that are followed cannot be looked up now: {}", e.getMessage());
            }
        }
    }
}
