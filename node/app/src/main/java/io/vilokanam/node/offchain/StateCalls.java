package io.vilokanam.node.offchain;

import java.util.Optional;

import io.vilokanam.api.Offchain;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.offchain.worker.RuntimeCalls;
import io.vilokanam.offchain.worker.StateMissingException;
import io.vilokanam.primitives.Hash;

/** Runtime calls for off-chain workers, on the states of the chain. */
public final class StateCalls implements RuntimeCalls {

    private final Chain chain;
    private final RuntimeExecutor executor;
    private final HostServices.CallLog log;

    public StateCalls(Chain chain, RuntimeExecutor executor, HostServices.CallLog log) {
        this.chain = chain;
        this.executor = executor;
        this.log = log;
    }

    @Override
    public byte[] call(Hash block, String method, byte[] arguments, Optional<Offchain> offchain)
            throws RuntimeTrap, StateMissingException {
        try (StateLease lease = chain.states().lease(block)
                .orElseThrow(() -> new StateMissingException(StateLease.missing(block)))) {
            return executor.call(lease.state(), method, arguments,
                    new HostServices(SignatureBatches.NONE, offchain, Optional.empty(), log));
        } catch (RuntimeUnavailableException e) {
            throw new RuntimeTrap(RuntimeTrap.Reason.PANIC, e.getMessage());
        }
    }
}
