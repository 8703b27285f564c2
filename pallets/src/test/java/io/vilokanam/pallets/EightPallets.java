package io.vilokanam.pallets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.frame.dispatch.OriginCaller;
import io.vilokanam.frame.executive.Executive;
import io.vilokanam.frame.extension.TransactionExtensions;
import io.vilokanam.frame.fungible.HoldReason;
import io.vilokanam.frame.fungible.HoldReasons;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.time.OnTimestampSet;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.pallets.aura.Aura;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.grandpa.Grandpa;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.BlockLength;
import io.vilokanam.pallets.system.BlockWeights;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.pallets.system.Phase;
import io.vilokanam.pallets.system.SystemEvent;
import io.vilokanam.pallets.system.extension.CheckGenesis;
import io.vilokanam.pallets.system.extension.CheckMetadataHash;
import io.vilokanam.pallets.system.extension.CheckMortality;
import io.vilokanam.pallets.system.extension.CheckNonZeroSender;
import io.vilokanam.pallets.system.extension.CheckNonce;
import io.vilokanam.pallets.system.extension.CheckSpecVersion;
import io.vilokanam.pallets.system.extension.CheckTxVersion;
import io.vilokanam.pallets.system.extension.CheckWeight;
import io.vilokanam.pallets.system.extension.WeightReclaim;
import io.vilokanam.pallets.timestamp.Timestamp;
import io.vilokanam.pallets.transactionpayment.BurnedFees;
import io.vilokanam.pallets.transactionpayment.ChargeTransactionPayment;
import io.vilokanam.pallets.transactionpayment.TransactionPayment;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The eight pallets of the recorded chain with its parameters, at the same indices; one hold and two freezes besides. */
public final class EightPallets {

    public static final AccountId ALICE = AccountId
            .fromHex("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
    public static final AccountId BOB = AccountId
            .fromHex("0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48");
    public static final AccountId CHARLIE = AccountId
            .fromHex("0x90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22");
    public static final AccountId DAVE = AccountId
            .fromHex("0x306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20");
    public static final long EXISTENTIAL_DEPOSIT = 1_000_000_000L;
    public static final HoldReason HOLD = new HoldReason(4, 0);
    public static final HoldReason OTHER_HOLD = new HoldReason(4, 1);

    private static final RuntimeVersion VERSION = new RuntimeVersion("vilokanam", "vilokanam", 1, 100, 1, List.of(), 1,
            1);
    private static final int MAX_CONSUMERS = 16;

    public final InMemoryExternalities ext;
    public final RuntimeScope scope;
    public final FrameSystem<AccountData> system;
    public final Balances balances;
    public final Sudo sudo;
    public final Utility utility;
    public final Executive executive;

    private final TransactionPayment payment;

    public EightPallets() {
        this(new InMemoryExternalities());
    }

    /** @param ext the host; nothing is written to it yet */
    public EightPallets(InMemoryExternalities ext) {
        this.ext = ext;
        this.scope = new RuntimeScope(ext, "refchain_runtime");
        var config = new FrameSystem.Config<>(VERSION, BlockWeights.of(new Weight(1_000_000_000_000L, -1), 75),
                BlockLength.of(5 * 1024 * 1024, 75), 2400, DbWeight.ROCKS_DB, 42, MAX_CONSUMERS, AccountData.CODEC,
                AccountData.DEFAULT);
        system = scope.add(0, "System", place -> new FrameSystem<>(scope, place, config));
        List<OnTimestampSet> aura = new ArrayList<>();
        scope.add(1, "Timestamp", place -> new Timestamp(place, new Timestamp.Config(1_000),
                (host, moment) -> aura.getFirst().onTimestampSet(host, moment)));
        aura.add(scope.add(2, "Aura", place -> new Aura(place, new Aura.Config(2_000, 32), system)));
        scope.add(3, "Grandpa", place -> new Grandpa(place, new Grandpa.Config(32, 0, 0), system, Optional.empty()));
        balances = scope.add(4, "Balances", place -> new Balances(place, balancesConfig(), system.accounts()));
        payment = scope.add(5, "TransactionPayment", place -> new TransactionPayment(place,
                new TransactionPayment.Config(5, TransactionPayment.ONE), system));
        sudo = scope.add(6, "Sudo", place -> new Sudo(place, scope));
        utility = scope.add(7, "Utility", place -> new Utility(place, scope, OriginCaller.codec("refchain_runtime")));
        executive = new Executive(scope, system, new TransactionExtensions().with(new CheckNonZeroSender())
                .with(new CheckSpecVersion(system)).with(new CheckTxVersion(system)).with(new CheckGenesis(system))
                .with(new CheckMortality(system)).with(new CheckNonce(system)).with(new CheckWeight(system))
                .with(new ChargeTransactionPayment(payment, system, new BurnedFees(balances.currency())))
                .with(new CheckMetadataHash(Optional::empty)).with(new WeightReclaim(system)));
    }

    private static Balances.Config balancesConfig() {
        return new Balances.Config(U128.of(EXISTENTIAL_DEPOSIT), 50, 0, 0,
                HoldReasons.named("refchain_runtime::RuntimeHoldReason").with(4, "Balances", "test::pallet::HoldReason",
                        "First", "Second"),
                HoldReasons.named("refchain_runtime::RuntimeFreezeReason"));
    }

    /** Builds genesis with these endowments in existential deposits, //Alice as sudo, and starts block 1. */
    public EightPallets atBlockOne(Balances.Endowment... endowments) {
        system.build(ext);
        payment.build(ext);
        balances.build(ext, new Balances.Genesis(List.of(endowments)));
        sudo.build(ext, new Sudo.Genesis(Optional.of(ALICE)));
        ext.commitBlock();
        system.resetEvents(ext);
        system.initialise(ext, 1, Hash.ZERO, Digest.EMPTY);
        system.noteFinishedInitialise(ext);
        return this;
    }

    public static Balances.Endowment has(AccountId who, long existentialDeposits) {
        return new Balances.Endowment(who, U128.of(existentialDeposits * EXISTENTIAL_DEPOSIT));
    }

    /** The events of the block so far, in order. */
    public List<Object> events() {
        Map<Integer, Variants<?>> tables = Map.of(0, SystemEvent.TABLE, 4, Balances.EVENTS, 6, Sudo.EVENTS, 7,
                Utility.EVENTS);
        var item = scope.slotOf(system).scope().storage().stream().filter(entry -> entry.item().equals("Events"))
                .findFirst();
        List<Object> events = new ArrayList<>();
        ScaleInput in = new ScaleInput(ext.get(item.orElseThrow().prefix().view()).orElse(new byte[1]));
        try {
            for (long left = in.compactU32(); left > 0; left--) {
                Phase.CODEC.decode(in);
                events.add(tables.get(in.u8()).decode(in));
                in.skip((int) (in.compactU32() * Hash.SIZE));
            }
            in.expectEnd();
        } catch (ScaleException e) {
            throw new AssertionError(e);
        }
        return events;
    }

    /** Forgets the events so far. */
    public EightPallets withoutEvents() {
        system.resetEvents(ext);
        return this;
    }

    public AccountData account(AccountId who) {
        return system.accounts().get(ext, who);
    }
}
