package io.vilokanam.node.cli;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/** Asks a runtime for the next nonce of an account. */
final class NonceCall {

    private static final String METHOD = "AccountNonceApi_account_nonce";

    private NonceCall() {}

    static long of(RuntimeExecutor executor, ChainState state, Bytes account) throws RuntimeUnavailableException {
        try {
            return Codecs.U32.decodeAll(executor.call(state, METHOD, account.toArray()));
        } catch (RuntimeTrap | ScaleException e) {
            throw new RuntimeUnavailableException(METHOD + " failed: " + e.getMessage());
        }
    }
}
