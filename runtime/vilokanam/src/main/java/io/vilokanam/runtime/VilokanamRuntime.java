package io.vilokanam.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.api.Externalities;
import io.vilokanam.api.Hashing;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.frame.executive.Executive;
import io.vilokanam.frame.extension.TransactionExtensions;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.frame.runtimeapi.RuntimeApis;
import io.vilokanam.pallets.system.extension.CheckGenesis;
import io.vilokanam.pallets.system.extension.CheckMetadataHash;
import io.vilokanam.pallets.system.extension.CheckMortality;
import io.vilokanam.pallets.system.extension.CheckNonZeroSender;
import io.vilokanam.pallets.system.extension.CheckNonce;
import io.vilokanam.pallets.system.extension.CheckSpecVersion;
import io.vilokanam.pallets.system.extension.CheckTxVersion;
import io.vilokanam.pallets.system.extension.CheckWeight;
import io.vilokanam.pallets.system.extension.WeightReclaim;
import io.vilokanam.pallets.transactionpayment.BurnedFees;
import io.vilokanam.pallets.transactionpayment.ChargeTransactionPayment;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.runtime.api.AccountApis;
import io.vilokanam.runtime.api.ApiTypes;
import io.vilokanam.runtime.api.BlockApis;
import io.vilokanam.runtime.api.ConsensusApis;
import io.vilokanam.runtime.api.TickStreamApi;
import io.vilokanam.runtime.api.ViewFunctions;
import io.vilokanam.runtime.code.TrappingModule;
import io.vilokanam.runtime.composition.Composition;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.runtime.genesis.GenesisBuilder;

/** A runtime of Vilokanam in Java: one composition of pallets behind the entry points of the Polkadot runtime APIs. */
public final class VilokanamRuntime implements ChainRuntime {

    private final RuntimeVersion version;
    private final Pallets pallets;
    private final RuntimeApis apis;

    private VilokanamRuntime(Composition composition, Hashing hashing) {
        this.version = composition.version();
        this.pallets = composition.build(hashing, version);
        this.apis = new RuntimeApis(assemble(composition, pallets, version));
    }

    /** A runtime that can be composed: its version is known before. */
    public record Available(RuntimeVersion version, boolean beginsOwnChains, Supplier<VilokanamRuntime> composed) {}

    /** All native runtimes, oldest first. */
    public static List<Available> available(Hashing hashing) {
        List<Available> runtimes = new ArrayList<>();
        for (Composition composition : Composition.values()) {
            runtimes.add(new Available(composition.version(), composition.beginsOwnChains(),
                    () -> new VilokanamRuntime(composition, hashing)));
        }
        return List.copyOf(runtimes);
    }

    /** All native runtimes, composed. */
    public static List<VilokanamRuntime> all(Hashing hashing) {
        return available(hashing).stream().map(runtime -> runtime.composed.get()).toList();
    }

    private static TransactionExtensions extensions(Composition composition, Pallets pallets) {
        return new TransactionExtensions().with(new CheckNonZeroSender()).with(new CheckSpecVersion(pallets.system()))
                .with(new CheckTxVersion(pallets.system())).with(new CheckGenesis(pallets.system()))
                .with(new CheckMortality(pallets.system())).with(new CheckNonce(pallets.system()))
                .with(new CheckWeight(pallets.system()))
                .with(new ChargeTransactionPayment(pallets.payment(), pallets.system(),
                        new BurnedFees(pallets.balances().currency())))
                .with(new CheckMetadataHash(composition::metadataHash)).with(new WeightReclaim(pallets.system()));
    }

    private static List<RuntimeApi> assemble(Composition composition, Pallets pallets, RuntimeVersion version) {
        TransactionExtensions extensions = extensions(composition, pallets);
        Executive executive = new Executive(pallets.runtime(), pallets.system(), extensions);
        ApiTypes types = new ApiTypes(pallets.runtime(), extensions, executive.format());
        BlockApis blocks = new BlockApis(pallets.runtime(), executive, types);
        ConsensusApis consensus = new ConsensusApis(composition.cratePath());
        AccountApis accounts = new AccountApis(pallets.runtime(), extensions, pallets.payment(), types);
        List<RuntimeApi> apis = new ArrayList<>();
        apis.add(blocks.core(version));
        apis.add(new MetadataApi(composition.listsDraftMetadata(),
                () -> MetadataAssembly.describe(composition, pallets.runtime(), extensions, types, apis))
                .declaration());
        apis.add(ViewFunctions.declaration(pallets.runtime()));
        apis.add(blocks.blockBuilder());
        apis.add(blocks.transactionQueue());
        apis.add(blocks.offchainWorker());
        apis.add(consensus.aura(pallets.aura()));
        apis.add(consensus.sessionKeys());
        apis.add(consensus.grandpa(pallets.runtime(), pallets.grandpa(),
                pallets.townHall().map(townHall -> townHall.sessions().historical()), executive.format()));
        apis.add(accounts.accountNonce(pallets.system()));
        apis.add(accounts.transactionPayment());
        apis.add(accounts.transactionPaymentCall());
        apis.add(new GenesisBuilder(pallets, composition.platform()).declaration());
        pallets.tickStream().ifPresent(
                pallet -> apis.add(new TickStreamApi(pallets.runtime(), pallet, executive.format(), accounts,
                        pallets.system().accounts()::nonce).declaration()));
        return apis;
    }

    /** The pallets, for tools that make calls of this runtime. */
    public Pallets pallets() {
        return pallets;
    }

    /** The runtime APIs in the order in which metadata lists them. */
    public List<RuntimeApi> apis() {
        return apis.inOrder();
    }

    /** A {@code :code} that stands for this runtime on chain: see {@link TrappingModule}. */
    public byte[] code() {
        return TrappingModule.of(version, apis());
    }

    @Override
    public RuntimeVersion version() {
        return version;
    }

    @Override
    public byte[] call(String method, byte[] arguments, Externalities ext) throws RuntimeTrap {
        return apis.call(method, arguments, ext);
    }
}
