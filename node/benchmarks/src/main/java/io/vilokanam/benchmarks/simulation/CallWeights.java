package io.vilokanam.benchmarks.simulation;

import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.ForwardingExternalities;
import io.vilokanam.api.StateVersion;
import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.crypto.hash.Sha2Chain;
import io.vilokanam.crypto.sr25519.Sr25519KeyPair;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.runtime.composition.Composition;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/**
 * Measures what each call of tick-stream costs on our own runtime at its worst: the processor time of the calling thread, in
 * microseconds, and beside it what the pallet announces without the storage costs. Storage is in memory: what reads and writes cost on
 * a disk is FRAME's RocksDB figures, which the weights add. Arguments: rounds, and calls a round.
 */
public final class CallWeights {

    private static final int ROUNDS = 15;
    private static final int CALLS = 200;
    /** Sessions that are in the state besides. */
    private static final int CROWD = 5_000;
    private static final int STEP = 4_096;
    private static final long VLK = 1_000_000_000_000L;
    private static final long NOW = 1_700_000_000_000L;
    private static final AccountId CREATOR = SimulatedChain.account("creator");
    private static final AccountId VIEWER = SimulatedChain.account("viewer");
    private static final AccountId OTHER = SimulatedChain.account("other");

    private record Case(String name, Origin origin, TickStreamCall call) {}

    private final int rounds;
    private final int calls;
    private final SecureRandom random = new SecureRandom();
    private final Pallets pallets = Composition.WHOLE.build(new HostHashing(), Composition.WHOLE.version());
    private final TickStream ticks = pallets.tickStream().orElseThrow();
    private final Externalities ext = new HostExternalities(new StorageOverlay(ChainState.empty(), StateVersion.V1),
            HostServices.onChain(SignatureBatches.onCallingThread(random), (_, _) -> {}));
    private final Sr25519KeyPair key = Sr25519KeyPair.fromMiniSecret(Sha2.hash256(new byte[]{1}));
    private final PublicKey settler = PublicKey.wrap(key.publicKey());
    private final Sr25519KeyPair given = Sr25519KeyPair.fromMiniSecret(Sha2.hash256(new byte[]{2}));
    private final SimulatedViewer words = new SimulatedViewer(1, 0, 0, STEP, STEP, new Sha2Chain());

    private CallWeights(int rounds, int calls) {
        this.rounds = rounds;
        this.calls = calls;
        List<Balances.Endowment> endowments = new ArrayList<>();
        endowments.add(new Balances.Endowment(ticks.pot(), SimulatedChain.EXISTENTIAL_DEPOSIT));
        for (AccountId who : List.of(CREATOR, VIEWER, OTHER)) {
            endowments.add(new Balances.Endowment(who, U128.of(1_000_000 * VLK)));
        }
        for (int i = 0; i < CROWD; i++) {
            endowments.add(new Balances.Endowment(crowd(i), U128.of(10 * VLK)));
        }
        pallets.system().build(ext);
        pallets.balances().build(ext, new Balances.Genesis(endowments));
        ticks.build(ext, new TickStream.Genesis(SimulatedChain.PLATFORM, Composition.PLATFORM_FEE, List.of(settler)));
        block(1, NOW);
        setUp();
    }

    private static AccountId crowd(int index) {
        return SimulatedChain.account("crowd " + index);
    }

    static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        int calls = args.length > 1 ? Integer.parseInt(args[1]) : CALLS;
        new CallWeights(rounds, calls).run();
    }

    private void block(long number, long now) {
        pallets.system().initialise(ext, number, Hash.ZERO, Digest.EMPTY);
        ext.put(SimulatedChain.prefixOf(pallets, "Timestamp", "Now").view(), Codecs.U64.encode(now));
    }

    private void ok(AccountId signer, TickStreamCall call) {
        run(new Case("", Origin.signed(signer), call));
    }

    private void run(Case one) {
        run(ext, one);
    }

    private void run(Externalities host, Case one) {
        try {
            pallets.runtime().dispatch(host, one.origin, pallets.runtime().call(ticks, one.call));
        } catch (DispatchException e) {
            throw new IllegalStateException(one.call + " failed: " + e.error(), e);
        }
    }

    private static List<Payee> newcomers(String name) {
        List<Payee> payees = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            payees.add(new Payee(SimulatedChain.account(name + " payee " + i), new Permill(125_000)));
        }
        return payees;
    }

    private Opening opening(long stream) {
        Opening any = words.opening(U128.of(VLK), U128.of(VLK));
        return new Opening(stream, any.deposit(), any.maxRate(), any.maxTicks(), any.anchor(), any.salt(),
                any.sessionKey(), any.closeHash());
    }

    private static TickStreamCall open(Opening opening) {
        return new TickStreamCall.OpenSession(opening.stream(), opening.deposit(), opening.maxRate(),
                opening.maxTicks(), opening.anchor(), opening.salt(), opening.sessionKey(), opening.closeHash());
    }

    private static final Tier TIER = new Tier(U128.of(VLK), 30, new Permill(100_000));

    /** Stream 0 has no session of the viewer's, stream 1 has one and payees without accounts, in stream 2 the crowd watches. */
    private void setUp() {
        for (int i = 0; i < 3; i++) {
            ok(CREATOR, new TickStreamCall.CreateStream(U128.of(VLK / 100_000), i == 2 ? List.of() : newcomers("s" + i),
                    5, Bytes.wrap(new byte[128])));
        }
        ok(CREATOR, new TickStreamCall.SetTiers(0, List.of(TIER)));
        ok(OTHER, new TickStreamCall.Sponsor(0, U128.of(VLK), new Sponsorship.Terms(10, U128.of(VLK), U128.ZERO, 9)));
        for (AccountId who : List.of(VIEWER, OTHER)) {
            ok(who, new TickStreamCall.SetSpendingLimit(Optional.of(U128.of(100_000 * VLK))));
        }
        ok(VIEWER, open(opening(1)));
        for (int i = 0; i < CROWD; i++) {
            ok(crowd(i), open(opening(2)));
        }
        block(2, NOW + STEP * 1_000L);
    }

    private Entry entry(long session, int tick) {
        return new Entry(session, tick, words.word(tick), Optional.empty());
    }

    private TickStreamCall batch(int entries, int tick) {
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            all.add(entry(1 + i, tick));
        }
        Batch batch = new Batch(settler, 0, 3, (long) entries * tick, 8, all);
        return new TickStreamCall.SettleBatch(batch,
                Bytes.wrap(key.sign(ticks.payload(ext, batch).toArray(), random)));
    }

    private List<Case> cases() {
        Origin viewer = Origin.signed(VIEWER);
        Origin creator = Origin.signed(CREATOR);
        AccountId receiver = AccountId.wrap(given.publicKey());
        Gift gift = new Gift(VIEWER, receiver, 3, opening(0));
        Bytes consent = Bytes.wrap(given.sign(ticks.payload(ext, gift).toArray(), random));
        return List.of(
                new Case("create_stream", creator, new TickStreamCall.CreateStream(U128.ONE, newcomers("n"), 5,
                        Bytes.wrap(new byte[128]))),
                new Case("update_stream", creator,
                        new TickStreamCall.UpdateStream(1, U128.ONE, newcomers("n"), 5, true)),
                new Case("open_session", viewer, open(opening(0))),
                new Case("top_up", viewer, new TickStreamCall.TopUp(0, U128.of(VLK))),
                new Case("settle_batch, 1 entry of 1 hash", Origin.NONE, batch(1, 1)),
                new Case("settle_batch, 1,024 entries of 1 hash", Origin.NONE, batch(1_024, 1)),
                new Case("settle_batch, 1,024 entries of 128 hashes", Origin.NONE, batch(1_024, 128)),
                new Case("claim, 2,000 hashes, 8 new payees", Origin.signed(OTHER),
                        new TickStreamCall.Claim(entry(0, 2_000))),
                new Case("claim, 4,096 hashes, 8 new payees", Origin.signed(OTHER),
                        new TickStreamCall.Claim(entry(0, STEP))),
                new Case("request_close", viewer, new TickStreamCall.RequestClose(0)),
                new Case("close_with_word, 4,096 hashes", creator, new TickStreamCall.CloseWithWord(entry(0, STEP))),
                new Case("set_settlement_key", Origin.ROOT, new TickStreamCall.SetSettlementKey(settler, false)),
                new Case("set_platform", Origin.ROOT,
                        new TickStreamCall.SetPlatform(OTHER, Composition.PLATFORM_FEE)),
                new Case("tip, 8 new payees", viewer, new TickStreamCall.Tip(0, U128.of(VLK))),
                new Case("set_tiers, 8", creator, new TickStreamCall.SetTiers(1, tiers())),
                new Case("subscribe, 8 new payees", viewer, new TickStreamCall.Subscribe(0, TIER)),
                new Case("sponsor", viewer, new TickStreamCall.Sponsor(0, U128.of(VLK),
                        new Sponsorship.Terms(10, U128.of(VLK), U128.ZERO, 9))),
                new Case("end_sponsorship", Origin.signed(OTHER), new TickStreamCall.EndSponsorship(0)),
                new Case("open_sponsored", viewer, new TickStreamCall.OpenSponsored(0, opening(0))),
                new Case("open_gift", viewer,
                        new TickStreamCall.OpenGift(receiver, 3, opening(0), new MultiSignature.Sr25519(consent))),
                new Case("set_spending_limit", viewer,
                        new TickStreamCall.SetSpendingLimit(Optional.of(U128.of(200_000 * VLK)))));
    }

    private static List<Tier> tiers() {
        List<Tier> tiers = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            tiers.add(new Tier(U128.of(VLK), i, new Permill(100_000)));
        }
        return tiers;
    }

    private void run() {
        System.out.println("| call | processor, µs | reads, writes | with RocksDB, µs | announced, µs |");
        List<Case> cases = cases();
        for (int i = 0; i < 3; i++) {
            cases.forEach(one -> time(one, Math.max(1, calls / 10)));
        }
        for (Case one : cases) {
            int times = one.call instanceof TickStreamCall.SettleBatch ? Math.max(1, calls / 50) : calls;
            double[] each = new double[rounds];
            Arrays.setAll(each, _ -> time(one, times));
            Arrays.sort(each);
            report(one, each[rounds / 2]);
        }
    }

    /** Microseconds of processor time a call; what it did is taken back. */
    private double time(Case one, int times) {
        var threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            ext.startTransaction();
            run(one);
            ext.rollbackTransaction();
        }
        return (threads.getCurrentThreadCpuTime() - begin) / 1_000.0 / times;
    }

    private void report(Case one, double micros) {
        RuntimeCall call = pallets.runtime().call(ticks, one.call);
        double announced = pallets.runtime().dispatchInfo(call).callWeight().refTime() / 1e6;
        Accesses accesses = new Accesses();
        accesses.startTransaction();
        run(accesses, one);
        accesses.rollbackTransaction();
        double storage = DbWeight.ROCKS_DB.readsWrites(accesses.reads(), accesses.writes()).refTime() / 1e6;
        String verdict = storage + micros <= announced ? "" : " | TOO LITTLE";
        System.out.printf("| %s | %.0f | %d, %d | %.0f | %.0f |%s%n", one.name, micros, accesses.reads(),
                accesses.writes(), storage + micros, announced, verdict);
    }

    /** Notes which keys a call reads and writes that are charged to it: not what every block touches anyway. */
    private final class Accesses extends ForwardingExternalities {

        private final Set<Bytes> read = new HashSet<>();
        private final Set<Bytes> written = new HashSet<>();

        Accesses() {
            super(CallWeights.this.ext);
        }

        private boolean isCharged(Bytes key) {
            return CHARGED.stream().anyMatch(prefix -> key.hex().startsWith(prefixOf(prefix).hex()));
        }

        long reads() {
            return read.stream().filter(this::isCharged).count();
        }

        long writes() {
            return written.stream().filter(this::isCharged).count();
        }

        @Override
        public Optional<byte[]> get(byte[] key) {
            read.add(Bytes.copyOf(key));
            return super.get(key);
        }

        @Override
        public boolean exists(byte[] key) {
            read.add(Bytes.copyOf(key));
            return super.exists(key);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            written.add(Bytes.copyOf(key));
            super.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            written.add(Bytes.copyOf(key));
            super.delete(key);
        }
    }

    /** The items of other pallets that calls of tick-stream are charged for, and all of its own. */
    private static final List<String> CHARGED = List.of("TickStream", "StreamRules", "System.Account",
            "System.BlockHash", "Timestamp.Now");

    private Bytes prefixOf(String pallet) {
        String[] parts = pallet.split("\\.");
        byte[] first = ext.twox128(Bytes.ascii(parts[0]).view());
        return parts.length == 1 ? Bytes.wrap(first) : new ScaleOutput().raw(first)
                .raw(ext.twox128(Bytes.ascii(parts[1]).view())).toBytes();
    }
}
