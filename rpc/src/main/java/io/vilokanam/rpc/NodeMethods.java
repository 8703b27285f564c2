package io.vilokanam.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.vilokanam.rpc.account.AccountMethods;
import io.vilokanam.rpc.archive.ArchiveMethods;
import io.vilokanam.rpc.author.AuthorMethods;
import io.vilokanam.rpc.backend.Backends;
import io.vilokanam.rpc.chain.ChainMethods;
import io.vilokanam.rpc.chainhead.ChainHeadMethods;
import io.vilokanam.rpc.chainspec.ChainSpecMethods;
import io.vilokanam.rpc.dev.DevMethods;
import io.vilokanam.rpc.grandpa.GrandpaMethods;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.offchain.OffchainMethods;
import io.vilokanam.rpc.payment.PaymentMethods;
import io.vilokanam.rpc.state.ChildStateMethods;
import io.vilokanam.rpc.state.StateMethods;
import io.vilokanam.rpc.system.SystemMethods;
import io.vilokanam.rpc.transaction.BroadcastMethods;
import io.vilokanam.rpc.transaction.WatchMethods;

/** The method families of a whole node. */
public final class NodeMethods {

    private NodeMethods() {}

    /**
     * All families; {@code ids} is where the ids of broadcasts come from.
     *
     * @param isArchive whether the node keeps all blocks and states: only then the archive methods are offered
     */
    public static List<MethodFamily> of(Backends backends, RandomGenerator ids, boolean isArchive) {
        var families = new ArrayList<>(legacy(backends));
        families.add(new ChainHeadMethods(backends.chain(), backends.state()));
        families.add(new BroadcastMethods(backends.chain(), backends.pool(), ids));
        families.add(new WatchMethods(backends.pool()));
        if (isArchive) {
            families.add(new ArchiveMethods(backends.chain(), backends.state()));
        }
        return families;
    }

    private static List<MethodFamily> legacy(Backends backends) {
        var chain = backends.chain();
        var state = backends.state();
        var pool = backends.pool();
        return List.of(new SystemMethods(backends.node()), new ChainMethods(chain), new StateMethods(chain, state),
                new ChildStateMethods(chain, state), new AuthorMethods(chain, state, pool, backends.keystore()),
                new AccountMethods(chain, state, pool), new PaymentMethods(chain, state),
                new OffchainMethods(backends.offchain()), new GrandpaMethods(backends.grandpa()),
                new DevMethods(chain, state), new ChainSpecMethods(chain, backends.node()));
    }
}
