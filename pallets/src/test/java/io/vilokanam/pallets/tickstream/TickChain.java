package io.vilokanam.pallets.tickstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.OriginCaller;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.fungible.HoldReasons;
import io.vilokanam.frame.fungible.Preservation;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.system.BlockLength;
import io.vilokanam.pallets.system.BlockWeights;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.pallets.timestamp.Timestamp;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** System, Timestamp, Balances, Utility and TickStream alone, block by block; what a test does reads as a sentence. */
final class TickChain {

    static final int INDEX = 20;
    private static final int RULES_INDEX = 27;
    static final long EXISTENTIAL_DEPOSIT = 1_000;
    static final long MINIMUM_DEPOSIT = 2_000;
    static final long ENDOWMENT = 1_000_000;
    static final long RATE = 100;
    static final long START = 1_700_000_000_000L;
    static final long SLOT = 2_000;
    static final int CHALLENGE = 30;
    static final int EXPIRY = 100;
    static final int DUE_PER_BLOCK = 8;
    static final int STEP_MAX = 4_096;
    static final int VALIDITY_MAX = 16;
    static final Settings.Limits LIMITS = new Settings.Limits(1_000, STEP_MAX, 30, CHALLENGE, EXPIRY);
    static final BatchRules.Limits BATCHES = new BatchRules.Limits(2_048, 262_144, 192, VALIDITY_MAX);
    static final long MAX_TICKS = 604_800;
    /** Picoseconds a hash: the pallet's promise. */
    private static final long HASH = 100_000;

    static final AccountId POT = account("pot");
    static final AccountId PLATFORM = account("platform");
    static final AccountId CREATOR = account("creator");
    static final AccountId VIEWER = account("viewer");
    static final AccountId OTHER = account("other");
    static final PublicKey KEY = key("settler");
    static final PublicKey OTHER_KEY = key("other settler");
    /** The platform's share. */
    static final Permill FEE = new Permill(100_000);
    static final Permill TIP_FEE = new Permill(50_000);

    final WatchedExternalities ext = new WatchedExternalities();
    final RuntimeScope scope = new RuntimeScope(ext, "tick_chain");
    final FrameSystem<AccountData> system;
    final Timestamp timestamp;
    final Balances balances;
    final Utility utility;
    final StreamRules rules;
    final TickStream ticks;
    /** Whom a registrar vouches for. */
    final Set<AccountId> known = new TreeSet<>();
    private long number;
    private long now = START;
    private PostDispatchInfo post = PostDispatchInfo.AS_ANNOUNCED;

    /** @param endowed who has {@link #ENDOWMENT} at genesis, besides creator, viewer, other and platform */
    TickChain(AccountId... endowed) {
        system = scope.add(0, "System", place -> new FrameSystem<>(scope, place, systemConfig()));
        timestamp = scope.add(1, "Timestamp", place -> new Timestamp(place, new Timestamp.Config(1), (_, _) -> {}));
        balances = scope.add(4, "Balances", place -> new Balances(place, balancesConfig(), system.accounts()));
        utility = scope.add(7, "Utility", place -> new Utility(place, scope, OriginCaller.codec("tick_chain")));
        rules = scope.add(RULES_INDEX, "StreamRules", place -> new StreamRules(place,
                new StreamRules.Config(POT, LIMITS, EnsureOrigin.ROOT, (_, who) -> known.contains(who)), timestamp,
                balances.currency()));
        ticks = scope.add(INDEX, "TickStream", place -> new TickStream(place, new TickStream.Config(POT,
                U128.of(MINIMUM_DEPOSIT), MAX_TICKS, DUE_PER_BLOCK, LIMITS, BATCHES,
                new TickStream.Genesis(PLATFORM, FEE, List.of()), PLATFORM, EnsureOrigin.ROOT, TIP_FEE), rules, system,
                timestamp,
                balances.currency()));
        List<Balances.Endowment> endowments = new ArrayList<>();
        endowments.add(new Balances.Endowment(POT, U128.of(EXISTENTIAL_DEPOSIT)));
        for (AccountId who : List.of(PLATFORM, CREATOR, VIEWER, OTHER)) {
            endowments.add(new Balances.Endowment(who, U128.of(ENDOWMENT)));
        }
        for (AccountId who : endowed) {
            endowments.add(new Balances.Endowment(who, U128.of(ENDOWMENT)));
        }
        system.build(ext);
        balances.build(ext, new Balances.Genesis(endowments));
        ticks.build(ext, new TickStream.Genesis(PLATFORM, FEE, List.of(KEY)));
        nextBlock();
    }

    private static FrameSystem.Config<AccountData> systemConfig() {
        return new FrameSystem.Config<>(new RuntimeVersion("vilokanam", "vilokanam", 1, 101, 1, List.of(), 1, 1),
                BlockWeights.of(new Weight(1_000_000_000_000L, -1), 75), BlockLength.of(5 * 1024 * 1024, 75), 2400,
                DbWeight.ROCKS_DB, 42, 16, AccountData.CODEC, AccountData.DEFAULT);
    }

    private static Balances.Config balancesConfig() {
        return new Balances.Config(U128.of(EXISTENTIAL_DEPOSIT), 50, 0, 0,
                HoldReasons.named("tick_chain::RuntimeHoldReason"),
                HoldReasons.named("tick_chain::RuntimeFreezeReason"));
    }

    static AccountId account(String name) {
        return AccountId.wrap(Sha2.hash256(Bytes.ascii("account " + name).view()));
    }

    static PublicKey key(String name) {
        return PublicKey.wrap(Sha2.hash256(Bytes.ascii("key " + name).view()));
    }

    // Blocks.

    long number() {
        return number;
    }

    /** Ends the block and starts the next one, a slot later. */
    TickChain nextBlock() {
        return nextBlock(SLOT);
    }

    TickChain nextBlock(long millis) {
        if (number > 0) {
            timestamp.onFinalize(ext, number);
        }
        ext.commitBlock();
        system.resetEvents(ext);
        number++;
        now += number == 1 ? 0 : millis;
        system.initialise(ext, number, Hash.wrap(ext.blake2b256(Bytes.ascii("block " + (number - 1)).view())),
                Digest.EMPTY);
        setTime();
        ext.forget();
        Weight due = ticks.onInitialize(ext, number);
        assertTrue(due.refTime() >= cost(), () -> "on_initialize is charged " + due + ", but costs " + cost());
        system.noteFinishedInitialise(ext);
        return this;
    }

    private void setTime() {
        try {
            scope.dispatch(ext, Origin.NONE, scope.call(timestamp, new Timestamp.Call.Set(now)));
        } catch (DispatchException e) {
            throw new AssertionError(e);
        }
    }

    /** Goes on as if the pallet came to the chain at this block. */
    TickChain bornAt(long block) {
        ext.delete(keyOf("TickStream", "DueCursor").view());
        number = block - 1;
        return nextBlock();
    }

    TickChain toBlock(long target) {
        while (number < target) {
            nextBlock();
        }
        return this;
    }

    /** Lets time pass within few blocks: so many ticks. */
    TickChain watch(long count) {
        return nextBlock(count * LIMITS.tickMillis());
    }

    // Calls.

    private void ok(Origin origin, RuntimeCall call) {
        try {
            dispatch(origin, call);
        } catch (DispatchException e) {
            throw new AssertionError(call.call() + " failed: " + e.error(), e);
        }
    }

    /** Dispatches a call and asserts that it was charged for what it did. */
    private void dispatch(Origin origin, RuntimeCall call) throws DispatchException {
        ext.forgetAccesses();
        post = scope.dispatch(ext, origin, call);
        Weight charged = post.weightOf(scope.dispatchInfo(call));
        assertTrue(charged.refTime() >= cost(), () -> call.call().getClass().getSimpleName() + " is charged "
                + charged.refTime() + " ps, but costs " + cost());
    }

    /** What storage accesses and hashes cost since they were last forgotten, in picoseconds. */
    long cost() {
        return DbWeight.ROCKS_DB.readsWrites(ext.reads(this::isCharged), ext.writes(this::isCharged)).refTime()
                + HASH * ext.hashed();
    }

    /** What the last call that succeeded weighed. */
    Weight weighed(TickStreamCall call) {
        return post.weightOf(scope.dispatchInfo(scope.call(ticks, call)));
    }

    TickChain ok(Origin origin, TickStreamCall call) {
        ok(origin, scope.call(ticks, call));
        return this;
    }

    TickChain ok(Origin origin, StreamRules.Call call) {
        ok(origin, scope.call(rules, call));
        return this;
    }

    void noop(Origin origin, StreamRules.Call call, DispatchError error) {
        noop(origin, scope.call(rules, call), error);
    }

    boolean attempt(Origin origin, TickStreamCall call) {
        return attempt(origin, scope.call(ticks, call));
    }

    boolean attempt(Origin origin, StreamRules.Call call) {
        return attempt(origin, scope.call(rules, call));
    }

    /** Makes a call that may fail; what fails leaves storage as it was. */
    private boolean attempt(Origin origin, RuntimeCall call) {
        Map<Bytes, Bytes> before = snapshot();
        try {
            dispatch(origin, call);
            return true;
        } catch (DispatchException e) {
            assertEquals(before, snapshot(), () -> call.call() + " failed with " + e.error() + ", but wrote");
            return false;
        }
    }

    TickChain ok(AccountId signer, TickStreamCall call) {
        return ok(Origin.signed(signer), call);
    }

    void noop(Origin origin, TickStreamCall call, DispatchError error) {
        noop(origin, scope.call(ticks, call), error);
    }

    /** Asserts that the call fails so, and that it leaves storage as it was. */
    private void noop(Origin origin, RuntimeCall call, DispatchError error) {
        Map<Bytes, Bytes> before = snapshot();
        assertEquals(error, assertThrows(DispatchException.class, () -> scope.dispatch(ext, origin, call),
                () -> call.call() + " succeeded").error());
        assertEquals(before, snapshot(), "storage is untouched");
    }

    void noop(Origin origin, TickStreamCall call, TickStreamError error) {
        noop(origin, call, module(error));
    }

    void noop(AccountId signer, TickStreamCall call, TickStreamError error) {
        noop(Origin.signed(signer), call, error);
    }

    static DispatchError module(TickStreamError error) {
        return new DispatchError.Module(ModuleError.of(INDEX, TickStreamError.ERRORS.indexOf(error)));
    }

    Map<Bytes, Bytes> snapshot() {
        Map<Bytes, Bytes> copy = new TreeMap<>();
        ext.state().forEach((key, value) -> copy.put(key, Bytes.copyOf(value)));
        return copy;
    }

    /** The state without events and their number. */
    Map<Bytes, Bytes> snapshotWithoutEvents() {
        Map<Bytes, Bytes> copy = snapshot();
        copy.remove(keyOf("System", "Events"));
        copy.remove(keyOf("System", "EventCount"));
        return copy;
    }

    Bytes keyOf(String pallet, String item) {
        return scope.slots().stream().filter(slot -> slot.name().equals(pallet))
                .flatMap(slot -> slot.scope().storage().stream()).filter(entry -> entry.item().equals(item)).findFirst()
                .orElseThrow().prefix();
    }

    /**
     * Whether an access to this key is charged to the call: all but what every block touches anyway, as in FRAME's
     * benchmarks.
     */
    boolean isCharged(Bytes key) {
        boolean system = key.hex().startsWith(Bytes.wrap(ext.twox128(Bytes.ascii("System").view())).hex());
        boolean charged = isOf(key, "System", "Account") || isOf(key, "System", "BlockHash");
        return (!system || charged) && !isOf(key, "Balances", "TotalIssuance")
                && !key.equals(WellKnownKeys.TRANSACTION_LEVEL);
    }

    private boolean isOf(Bytes key, String pallet, String item) {
        return key.hex().startsWith(keyOf(pallet, item).hex());
    }

    /** The entries of a storage item. */
    Map<Bytes, byte[]> under(String item) {
        return under("TickStream", item);
    }

    private Map<Bytes, byte[]> under(String pallet, String item) {
        byte[] prefix = keyOf(pallet, item).view();
        byte[] behind = prefix.clone();
        behind[behind.length - 1]++;
        return ext.state().subMap(Bytes.wrap(prefix), Bytes.wrap(behind));
    }

    long entriesOf(String item) {
        return under(item).size();
    }

    /** What waits for all accounts together. */
    long accrued() {
        return under("Accrued").values().stream().mapToLong(value -> u128(value).saturatedToU64()).sum();
    }

    /** What sponsors have put down and is not set aside. */
    long sponsorships() {
        long sum = 0;
        for (byte[] value : under("Sponsorships").values()) {
            try {
                sum += Sponsorship.CODEC.decodeAll(value).left().saturatedToU64();
            } catch (ScaleException e) {
                throw new AssertionError(e);
            }
        }
        return sum;
    }

    /** What governance lets wait for all accounts together. */
    long held() {
        return under("StreamRules", "Held").values().stream().mapToLong(value -> u128(value).saturatedToU64()).sum();
    }

    long held(AccountId who) {
        return rules.heldFor(ext, who).saturatedToU64();
    }

    /** Whether the queue holds a session at a block. */
    boolean isQueued(long block, long session) {
        byte[] key = new ScaleOutput().raw(keyOf("TickStream", "Due").view())
                .raw(Hasher.TWOX_64_CONCAT.apply(ext, Codecs.U32.encode(block)))
                .raw(Hasher.TWOX_64_CONCAT.apply(ext, Codecs.U64.encode(session))).toByteArray();
        return ext.state().containsKey(Bytes.wrap(key));
    }

    // What tests do again and again.

    /** A stream of {@link #CREATOR} at {@link #RATE}. */
    long createStream(Payee... payees) {
        return createStream(RATE, 0, payees);
    }

    long createStream(long rate, long freeTicks, Payee... payees) {
        ok(CREATOR,
                new TickStreamCall.CreateStream(U128.of(rate), List.of(payees), freeTicks, Bytes.ascii("a stream")));
        return ext.events().stream().filter(TickStreamEvent.StreamCreated.class::isInstance)
                .mapToLong(event -> ((TickStreamEvent.StreamCreated) event).stream()).max().orElseThrow();
    }

    static TickStreamCall.OpenSession opening(long stream, long deposit, Words words) {
        return new TickStreamCall.OpenSession(stream, U128.of(deposit), U128.of(1_000_000), words.length(),
                words.word(0),
                words.salt(), key("session"), words.closeHash());
    }

    long open(AccountId viewer, long stream, long deposit, Words words) {
        ok(viewer, opening(stream, deposit, words));
        return ticks.findSessionOf(ext, viewer, stream).orElseThrow();
    }

    static Batch batch(PublicKey key, long nonce, long validUntil, Entry... entries) {
        return new Batch(key, nonce, validUntil, 262_144, 192, List.of(entries));
    }

    TickStreamCall signed(Batch batch) {
        return new TickStreamCall.SettleBatch(batch,
                WatchedExternalities.sign(batch.key().bytes().view(), ticks.payload(ext, batch).view()));
    }

    /** Settles a batch of {@link #KEY} with its next nonce. */
    TickChain settle(Entry... entries) {
        return ok(Origin.NONE, signed(batch(KEY, nonce(), number, entries)));
    }

    long nonce() {
        return ticks.nextNonce(ext, KEY).orElseThrow();
    }

    /** Settles one entry, which must be skipped so, and nothing else may happen but the nonce. */
    void skips(Entry entry, SkipReason reason) {
        Optional<Session> before = session(entry.session());
        long pot = free(POT);
        ext.forget();
        long nonce = nonce();
        settle(entry);
        assertEquals(List.of(new TickStreamEvent.EntrySkipped(entry.session(), reason),
                new TickStreamEvent.BatchSettled(KEY, nonce, 0, 1)), ext.events());
        assertEquals(before, session(entry.session()));
        assertEquals(pot, free(POT));
    }

    void transfer(AccountId from, AccountId to, long amount) {
        try {
            balances.currency().transfer(ext, from, to, U128.of(amount), Preservation.EXPENDABLE);
        } catch (DispatchException e) {
            throw new AssertionError(e);
        }
    }

    // What is so.

    Optional<Session> session(long id) {
        return ticks.findSession(ext, id);
    }

    Session sessionNow(long id) {
        return session(id).orElseThrow(() -> new AssertionError("session " + id + " is over"));
    }

    Stream streamNow(long id) {
        return ticks.findStream(ext, id).orElseThrow();
    }

    long free(AccountId who) {
        return balances.currency().balance(ext, who).saturatedToU64();
    }

    long accrued(AccountId who) {
        byte[] key = new ScaleOutput().raw(keyOf("TickStream", "Accrued").view())
                .raw(Hasher.BLAKE2_128_CONCAT.apply(ext, AccountId.CODEC.encode(who))).toByteArray();
        return Optional.ofNullable(ext.state().get(Bytes.wrap(key))).map(TickChain::u128).orElse(U128.ZERO)
                .saturatedToU64();
    }

    private static U128 u128(byte[] value) {
        try {
            return Codecs.U128.decodeAll(value);
        } catch (ScaleException e) {
            throw new AssertionError(e);
        }
    }

    <E extends TickStreamEvent> List<E> events(Class<E> type) {
        return ext.events().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
