package io.vilokanam.node.cli;

import java.nio.file.Path;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.chainspec.Genesis;
import io.vilokanam.node.chainspec.GenesisBlock;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.node.service.Platform;
import io.vilokanam.node.storage.InMemoryStore;
import io.vilokanam.node.storage.KeyValueStore;
import io.vilokanam.node.storage.RocksDbStore;

/** Opens a chain for commands that work without a running node. */
final class OfflineChain {

    private OfflineChain() {}

    /** The chain on disk. */
    static ChainCore open(SharedOptions shared, DatabaseOptions options, NodeLog log)
            throws ChainSpecException, RuntimeUnavailableException {
        Chains chains = new Chains();
        ChainSpec spec = chains.raw(shared.spec(chains));
        Path database = shared.folder(spec).resolve("db").resolve("full");
        log.note("DB path: " + database);
        return open(new RocksDbStore(database, options.cacheBytes()), options.keeping(true), spec, chains, log);
    }

    /** A chain in memory, which begins now. */
    static ChainCore inMemory(SharedOptions shared, DatabaseOptions options, NodeLog log)
            throws ChainSpecException, RuntimeUnavailableException {
        Chains chains = new Chains();
        return open(new InMemoryStore(), options.keeping(false), chains.raw(shared.spec(chains)), chains, log);
    }

    private static ChainCore open(KeyValueStore store, Keeping keeping, ChainSpec spec, Chains chains, NodeLog log)
            throws ChainSpecException, RuntimeUnavailableException {
        return ChainCore.open(new ChainCore.Setup(store, keeping, GenesisBlock.of((Genesis.Raw) spec.genesis()),
                chains.runtimes(), Platform.ofMachine(), log::runtime, _ -> {}));
    }
}
