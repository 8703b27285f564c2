package io.vilokanam.offchain.collector;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.offchain.tickchain.TickChain;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;

/** Sessions as the state of the best block has them. */
public final class BestBlockSessions implements SessionSource {

    private final TickChain chain;
    private final Supplier<Hash> best;

    public BestBlockSessions(TickChain chain, Supplier<Hash> best) {
        this.chain = chain;
        this.best = best;
    }

    @Override
    public Optional<Session> session(long id) throws ChainUnavailableException {
        return chain.sessions(best.get(), List.of(id)).getFirst();
    }

    @Override
    public List<Optional<Session>> sessions(List<Long> ids) throws ChainUnavailableException {
        return chain.sessions(best.get(), ids);
    }

    @Override
    public Settings.Limits limits() throws ChainUnavailableException {
        return chain.settings(best.get()).limits();
    }
}
