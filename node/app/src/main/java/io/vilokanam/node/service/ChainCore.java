package io.vilokanam.node.service;

import java.util.List;
import java.util.function.Consumer;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.consensus.grandpa.authorities.AuthoritySet;
import io.vilokanam.crypto.ed25519.Ed25519;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.node.chainspec.GenesisBlock;
import io.vilokanam.node.executing.NativeRuntimes;
import io.vilokanam.node.executing.ParallelSignatures;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.finality.GrandpaRules;
import io.vilokanam.node.importing.BlockImporter;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.importing.SealsAhead;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.node.storage.KeyValueStore;

/** What every command that works on a chain needs: its store, its rules, and the executor of its runtimes. */
public record ChainCore(ChainStore store, Chain chain, RuntimeExecutor executor, GrandpaRules grandpa,
        BlockImporter importer, ParallelSignatures signatures) implements AutoCloseable {

    /** GRANDPA's check of one signature. */
    public static final SignatureCheck ED25519 = (signer, message, signature) -> Ed25519.verify(signer.bytes().view(),
            message, signature.view());

    /**
     * What a chain is opened with.
     *
     * @param log takes what runtimes log
     * @param onNewSet hears of authority sets that take over
     */
    public record Setup(KeyValueStore store, Keeping keeping, GenesisBlock genesis,
            List<ChainRuntime> runtimes, Platform platform, HostServices.CallLog log,
            Consumer<AuthoritySet> onNewSet) {}

    /** Opens the chain of a store, or begins it. */
    public static ChainCore open(Setup setup) throws RuntimeUnavailableException {
        ChainStore store = new ChainStore(setup.store());
        Chain chain = Chain.open(store, setup.genesis(), setup.keeping());
        ParallelSignatures signatures = new ParallelSignatures(setup.platform().random(),
                Runtime.getRuntime().availableProcessors());
        RuntimeExecutor executor = new RuntimeExecutor(new NativeRuntimes(setup.runtimes()),
                HostServices.onChain(signatures, setup.log()));
        GrandpaRules grandpa = GrandpaRules.open(chain, executor, ED25519, setup.onNewSet());
        BlockImporter importer = new BlockImporter(chain, executor, new SealsAhead(signatures), grandpa,
                setup.platform().clock());
        return new ChainCore(store, chain, executor, grandpa, importer, signatures);
    }

    @Override
    public void close() {
        signatures.close();
        chain.pruner().close();
        store.close();
    }
}
