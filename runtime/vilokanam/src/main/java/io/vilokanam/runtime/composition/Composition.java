package io.vilokanam.runtime.composition;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Hashing;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.OriginCaller;
import io.vilokanam.frame.fungible.HoldReasons;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.runtimeapi.ApiIdentity;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.pallets.aura.Aura;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.grandpa.Grandpa;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.BlockLength;
import io.vilokanam.pallets.system.BlockWeights;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.pallets.tickstream.BatchRules;
import io.vilokanam.pallets.tickstream.StreamGovernance;
import io.vilokanam.pallets.tickstream.StreamRules;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.pallets.timestamp.Timestamp;
import io.vilokanam.pallets.transactionpayment.TransactionPayment;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.runtime.api.Apis;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.U128;

/** Which pallets a runtime version has, at which indices, with which constants (DESIGN, "The chain"). */
public enum Composition {

    /** The eight pallets that a stock Substrate node runs; its Wasm form is such a node's own. */
    REFERENCE(100, "refchain_runtime", false, false, true, ""),
    /** And tick-stream. */
    TICK_STREAM(101, "vilokanam_runtime", true, false, false,
            "0xc0f77b6613f09a7f0abfbb4650b4bcf3c505b610f74d34e4abbf601ba7c94b72"),
    /** The eight, sessions, governance, team accounts and identity, as a stock Substrate node runs them. */
    FULL(110, "refchain_runtime_full", false, true, true, ""),
    /** All of it: the chain that is being built. */
    WHOLE(111, "vilokanam_runtime", true, true, false,
            "0xd297fd60f65491f0818531442cf4b4789b36e64dd20a059a04b3be6f900130ff");

    /** Milliseconds. */
    private static final long SLOT = 2_000;
    private static final long MINIMUM_PERIOD = SLOT / 2;

    /** A second of computation on FRAME's reference machine, without a limit for proofs. */
    private static final Weight MAX_BLOCK = new Weight(1_000_000_000_000L, -1);
    private static final long MAX_BLOCK_LENGTH = 5 * 1_024 * 1_024;
    private static final int NORMAL_PERCENT = 75;
    private static final long BLOCK_HASH_COUNT = 2_400;
    private static final int SS58_PREFIX = 42;
    private static final long MAX_CONSUMERS = 16;
    private static final int MAX_AUTHORITIES = 32;
    static final int MAX_LOCKS = 50;
    private static final int MAX_RESERVES = 50;

    /** One milli-VLK. */
    private static final U128 EXISTENTIAL_DEPOSIT = U128.of(1_000_000_000L);
    private static final int OPERATIONAL_FEE_MULTIPLIER = 5;

    private static final Settings.Limits TICKS = new Settings.Limits(1_000, 4_096, 30, 30, 43_200);
    /** A batch that reaches every limit fits half of a block's normal weight. */
    private static final BatchRules.Limits BATCHES = new BatchRules.Limits(2_048, 262_144, 192, 16);
    /** The same where payouts may have to wait: asking about each has its weight. */
    private static final BatchRules.Limits GOVERNED_BATCHES = new BatchRules.Limits(2_048, 262_144, 120, 16);
    /** The platform's share: ten in a hundred. */
    public static final Permill PLATFORM_FEE = new Permill(100_000);
    /** And of tips: five. */
    private static final Permill TIP_FEE = new Permill(50_000);
    /** Holds all escrow. */
    private static final AccountId TICK_POT = palletAccount("vlk/tick");
    /** Takes the platform's share where there is no treasury. */
    private static final AccountId FIRST_PLATFORM = palletAccount("vlk/plat");
    private static final long MAX_TICKS = 604_800;
    private static final int DUE_PER_BLOCK = 128;

    private final long specVersion;
    private final String cratePath;
    private final boolean hasTickStream;
    private final boolean hasTownHall;
    private final boolean listsDraftMetadata;
    private final String metadataHash;

    /** @param metadataHash hex digits, or none: what a Rust runtime takes from its build, so here too a test keeps it right */
    Composition(long specVersion, String cratePath, boolean hasTickStream, boolean hasTownHall,
            boolean listsDraftMetadata, String metadataHash) {
        this.specVersion = specVersion;
        this.cratePath = cratePath;
        this.hasTickStream = hasTickStream;
        this.hasTownHall = hasTownHall;
        this.listsDraftMetadata = listsDraftMetadata;
        this.metadataHash = metadataHash;
    }

    /** The root of the metadata's tree (RFC 78), which offline wallets sign over; empty where the runtime does not know it. */
    public Optional<Hash> metadataHash() {
        return metadataHash.isEmpty() ? Optional.empty() : Optional.of(Hash.fromHex(metadataHash));
    }

    public boolean hasTickStream() {
        return hasTickStream;
    }

    /** Whether it has sessions, governance, team accounts and identity. */
    public boolean hasTownHall() {
        return hasTownHall;
    }

    /** Whether metadata is listed in the draft format of 16, as the stock runtime does, or in the final one. */
    public boolean listsDraftMetadata() {
        return listsDraftMetadata;
    }

    /** The path that the types of the runtime itself bear in metadata. */
    public String cratePath() {
        return cratePath;
    }

    /** Which runtime this is. */
    public RuntimeVersion version() {
        List<RuntimeVersion.Api> apis = (hasTickStream ? Apis.WITH_TICK_STREAM : Apis.STOCK).stream()
                .map(ApiIdentity::entry).toList();
        return new RuntimeVersion("vilokanam", "vilokanam", 1, specVersion, 1, apis, 1, 1);
    }

    /** Builds the pallets at their indices, in order. */
    public Pallets build(Hashing hashing, RuntimeVersion version) {
        RuntimeScope runtime = new RuntimeScope(hashing, cratePath);
        FrameSystem<AccountData> system = runtime.add(0, "System", scope -> new FrameSystem<>(runtime, scope,
                new FrameSystem.Config<>(version, BlockWeights.of(MAX_BLOCK, NORMAL_PERCENT),
                        BlockLength.of(MAX_BLOCK_LENGTH, NORMAL_PERCENT), BLOCK_HASH_COUNT, DbWeight.ROCKS_DB,
                        SS58_PREFIX,
                        MAX_CONSUMERS, AccountData.CODEC, AccountData.DEFAULT)));
        // Timestamp tells Aura, which comes behind it.
        Aura[] later = new Aura[1];
        Timestamp timestamp = runtime.add(1, "Timestamp", scope -> new Timestamp(scope,
                new Timestamp.Config(MINIMUM_PERIOD), (ext, moment) -> later[0].onTimestampSet(ext, moment)));
        Aura aura = runtime.add(2, "Aura", scope -> new Aura(scope, new Aura.Config(SLOT, MAX_AUTHORITIES), system));
        later[0] = aura;
        Later<TownHall> builtLater = new Later<>();
        Grandpa grandpa = runtime.add(3, "Grandpa", scope -> new Grandpa(scope,
                new Grandpa.Config(MAX_AUTHORITIES, 0, hasTownHall ? Sessions.SET_ID_SESSION_ENTRIES_MAX : 0), system,
                hasTownHall ? Optional.of(Sessions.accountability(builtLater)) : Optional.empty()));
        Balances balances = runtime.add(4, "Balances",
                scope -> new Balances(scope, new Balances.Config(EXISTENTIAL_DEPOSIT, MAX_LOCKS,
                        hasTownHall ? MAX_RESERVES : 0, 0, holdReasons(),
                        HoldReasons.named(cratePath + "::RuntimeFreezeReason")), system.accounts()));
        TransactionPayment payment = runtime.add(5, "TransactionPayment", scope -> new TransactionPayment(scope,
                new TransactionPayment.Config(OPERATIONAL_FEE_MULTIPLIER, TransactionPayment.ONE), system));
        Sudo sudo = runtime.add(6, "Sudo", scope -> new Sudo(scope, runtime));
        Utility utility = runtime.add(7, "Utility",
                scope -> new Utility(scope, runtime, origins()));
        Optional<TownHall> townHall = hasTownHall
                ? Optional
                        .of(TownHall.build(new Foundation(runtime, system, timestamp, aura, grandpa, balances, utility,
                                origins(), hasTickStream)))
                : Optional.empty();
        townHall.ifPresent(builtLater::set);
        Optional<StreamRules> rules = townHall.filter(_ -> hasTickStream)
                .map(hall -> runtime.add(27, "StreamRules", scope -> new StreamRules(scope,
                        new StreamRules.Config(TICK_POT, TICKS, Governance.ROOT_OR_MOST_OF_COUNCIL,
                                hall.people().identity()::isVouchedFor),
                        timestamp, balances.currency())));
        Optional<TickStream> tickStream = hasTickStream
                ? Optional.of(runtime.add(20, "TickStream",
                        scope -> new TickStream(scope,
                                new TickStream.Config(TICK_POT, EXISTENTIAL_DEPOSIT,
                                        MAX_TICKS, DUE_PER_BLOCK, TICKS, hasTownHall ? GOVERNED_BATCHES : BATCHES,
                                        new TickStream.Genesis(platform(), PLATFORM_FEE, List.of()), FIRST_PLATFORM,
                                        hasTownHall ? Governance.ROOT_OR_MOST_OF_COUNCIL : EnsureOrigin.ROOT, TIP_FEE),
                                rules.<StreamGovernance>map(governed -> governed)
                                        .orElse(StreamGovernance.fixed(TICKS)),
                                system, timestamp, balances.currency())))
                : Optional.empty();
        return new Pallets(runtime, system, timestamp, aura, grandpa, balances, payment, sudo, utility, tickStream,
                rules,
                townHall);
    }

    /** The origins that calls of this runtime may have: System's, and those of the collectives. */
    public Codec<Origin> origins() {
        OriginCaller origins = OriginCaller.of(cratePath);
        return (hasTownHall ? TownHall.withOrigins(origins) : origins).codec();
    }

    /** Why tokens may be on hold. */
    public HoldReasons holdReasons() {
        HoldReasons reasons = HoldReasons.named(cratePath + "::RuntimeHoldReason");
        return hasTownHall ? TownHall.withHoldReasons(reasons) : reasons;
    }

    /**
     * Who takes the platform's share on development chains, and on chains that get tick-stream by an upgrade: the treasury where
     * there is one.
     */
    public AccountId platform() {
        return hasTownHall ? palletAccount(Governance.TREASURY_ID) : FIRST_PLATFORM;
    }

    /** Whether the chains that this program starts of its own begin with this composition. */
    public boolean beginsOwnChains() {
        return this == TICK_STREAM;
    }

    /** The account that nobody has a key of: {@code modl}, eight characters, zeros ({@code PalletId}). */
    static AccountId palletAccount(String id) {
        byte[] bytes = Bytes.ascii("modl" + id).view();
        return AccountId.wrap(Arrays.copyOf(bytes, AccountId.SIZE));
    }
}
