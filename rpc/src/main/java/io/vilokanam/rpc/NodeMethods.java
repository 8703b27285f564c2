package io.vilokanam.rpc;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.rpc.account.AccountMethods;
import io.vilokanam.rpc.author.AuthorMethods;
import io.vilokanam.rpc.backend.Backends;
import io.vilokanam.rpc.chain.ChainMethods;
import io.vilokanam.rpc.chainspec.ChainSpecMethods;
import io.vilokanam.rpc.dev.DevMethods;
import io.vilokanam.rpc.grandpa.GrandpaMethods;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.offchain.OffchainMethods;
import io.vilokanam.rpc.payment.PaymentMethods;
import io.vilokanam.rpc.state.ChildStateMethods;
import io.vilokanam.rpc.state.StateMethods;
import io.vilokanam.rpc.system.SystemMethods;

/** The method families of a whole node. */
public final class NodeMethods {

    private NodeMethods() {}

    /** All families but those of the new API. */
    public static List<MethodFamily> of(Backends backends) {
        var chain = backends.chain();
        var state = backends.state();
        var pool = backends.pool();
        return new ArrayList<>(List.of(new SystemMethods(backends.node()), new ChainMethods(chain),
                new StateMethods(chain, state), new ChildStateMethods(chain, state),
                new AuthorMethods(chain, state, pool, backends.keystore()), new AccountMethods(chain, state, pool),
                new PaymentMethods(chain, state), new OffchainMethods(backends.offchain()),
                new GrandpaMethods(backends.grandpa()), new DevMethods(chain, state),
                new ChainSpecMethods(chain, backends.node())));
    }
}
