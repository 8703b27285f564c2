package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.CREATOR;
import static io.vilokanam.pallets.tickstream.TickChain.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.EXPIRY;
import static io.vilokanam.pallets.tickstream.TickChain.KEY;
import static io.vilokanam.pallets.tickstream.TickChain.MINIMUM_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER;
import static io.vilokanam.pallets.tickstream.TickChain.VIEWER;
import static io.vilokanam.pallets.tickstream.TickChain.account;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Random people on a {@link TickChain}, whose {@link Ledger} is checked after each of their deeds. */
final class RandomWorld {

    static final List<AccountId> VIEWERS = List.of(VIEWER, OTHER, account("v1"), account("v2"), account("v3"));
    static final List<AccountId> CREATORS = List.of(CREATOR, account("c1"));
    /** The last three have no account at first. */
    private static final List<AccountId> PAYEES = List.of(CREATOR, OTHER, VIEWER, account("p1"), account("p2"),
            account("p3"));
    private static final int BATCH_MAX = 12;
    static final int CHAIN_MAX = 150;

    private final Random random;
    private final boolean isGoverned;
    private final TickChain chain = new TickChain(account("v1"), account("v2"), account("v3"), account("c1"));
    private final Ledger ledger = new Ledger(chain);
    private final RandomPatrons patrons;
    private Optional<TickStreamCall> lastBatch = Optional.empty();

    /** @param isGoverned whether governance changes the rules all the time */
    RandomWorld(long seed, boolean isGoverned) {
        random = new Random(seed);
        this.isGoverned = isGoverned;
        patrons = new RandomPatrons(random, chain, ledger);
        createStream();
    }

    TickChain chain() {
        return chain;
    }

    Ledger ledger() {
        return ledger;
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private long between(long least, long most) {
        return least + random.nextLong(most - least + 1);
    }

    void step() {
        int deed = random.nextInt(34);
        switch (deed >= 20 && deed < 25 && !isGoverned ? 19 : deed) {
            case 0 -> createStream();
            case 1 -> updateStream();
            case 2, 3, 4 -> open();
            case 5 -> topUp();
            case 6, 7, 8, 9, 10 -> settle();
            case 11 -> replay();
            case 12 -> claim();
            case 13 -> requestClose();
            case 14 -> closeWithWord();
            case 15 -> changeThePlatform();
            case 16 -> leaveOrComeBack();
            case 17 -> chain.attempt(Origin.signed(OTHER), new TickStreamCall.PayAccrued(oneOf(PAYEES)));
            case 20 -> limitPayouts();
            case 21 -> chain.ok(Origin.ROOT, new StreamRules.Call.SetLimits(random.nextInt(60), between(5, 40),
                    between(40, EXPIRY)));
            case 22, 23 -> judge(oneOf(PAYEES));
            case 24 -> chain.attempt(Origin.signed(OTHER), new StreamRules.Call.PayHeld(oneOf(PAYEES)));
            case 25 -> patrons.tip();
            case 26 -> patrons.setTiers();
            case 27 -> patrons.subscribe();
            case 28 -> patrons.sponsor();
            case 29 -> patrons.endSponsorship();
            case 30, 31 -> patrons.openSponsored();
            case 32 -> patrons.openGift();
            case 33 -> patrons.limitSpending();
            case 18 -> idle(random.nextInt(10) == 0 ? 40 : 3);
            default -> nextBlock();
        }
        ledger.check();
    }

    private void nextBlock() {
        chain.nextBlock(random.nextInt(40) == 0 ? between(1, 100_000_000) : between(1, 20_000));
        ledger.check();
    }

    void idle(int blocks) {
        for (int i = 0; i < blocks; i++) {
            nextBlock();
        }
    }

    // Streams.

    private List<Payee> payees() {
        List<AccountId> accounts = new ArrayList<>(PAYEES);
        Collections.shuffle(accounts, random);
        int count = random.nextInt(accounts.size());
        List<Payee> payees = new ArrayList<>();
        long left = Permill.ONE;
        for (int i = 0; i < count; i++) {
            long part = i == count - 1 ? left : between(1, left / 2);
            payees.add(new Payee(accounts.get(i), new Permill(part)));
            left -= part;
        }
        return payees;
    }

    private void createStream() {
        chain.ok(oneOf(CREATORS), new TickStreamCall.CreateStream(U128.of(between(1, 400)), payees(), random.nextInt(6),
                Bytes.EMPTY));
        ledger.streams++;
    }

    private void updateStream() {
        chain.attempt(Origin.signed(oneOf(CREATORS)), new TickStreamCall.UpdateStream(anyStream(),
                U128.of(random.nextInt(400)), payees(), random.nextInt(6), random.nextInt(4) > 0));
    }

    /** Mostly one that exists. */
    private long anyStream() {
        return random.nextInt(ledger.streams + 1);
    }

    // Sessions.

    private void open() {
        AccountId viewer = oneOf(VIEWERS);
        long stream = anyStream();
        Words words = new Words(random.nextLong(), (int) between(1, CHAIN_MAX));
        TickStreamCall.OpenSession call = TickChain.opening(stream, between(MINIMUM_DEPOSIT - 100, 20_000), words);
        if (chain.attempt(Origin.signed(viewer), call)) {
            ledger.opened(chain.ticks.findSessionOf(chain.ext, viewer, stream).orElseThrow(), words);
        }
    }

    private void topUp() {
        anySession().ifPresent(session -> {
            long amount = random.nextInt(1_000);
            AccountId viewer = random.nextInt(5) == 0 ? oneOf(VIEWERS) : session.payer();
            if (chain.attempt(Origin.signed(viewer), new TickStreamCall.TopUp(session.id(), U128.of(amount)))) {
                session.deposits += amount;
            }
        });
    }

    private Optional<Ledger.Account> anySession() {
        return ledger.sessions.isEmpty() ? Optional.empty() : Optional.of(oneOf(ledger.sessions));
    }

    private void requestClose() {
        anySession().ifPresent(session -> chain.attempt(Origin.signed(session.viewer()),
                new TickStreamCall.RequestClose(session.id())));
    }

    private void claim() {
        anySession().ifPresent(
                session -> attemptAsIfUnruled(Origin.signed(oneOf(VIEWERS)),
                        new TickStreamCall.Claim(entry(session))));
    }

    private void closeWithWord() {
        anySession().ifPresent(session -> attemptAsIfUnruled(Origin.signed(oneOf(PAYEES)),
                new TickStreamCall.CloseWithWord(entry(session))));
    }

    // Governance.

    private void limitPayouts() {
        Optional<U128> limit = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(U128.of(between(0, 5_000)));
        chain.ok(Origin.ROOT, new StreamRules.Call.SetYearlyPayout(limit));
    }

    /** A registrar's mind changes. */
    private void judge(AccountId payee) {
        if (!chain.known.remove(payee)) {
            chain.known.add(payee);
        }
    }

    /** Makes a call that may fail; but for the money of payees that waits, it does what it would do without a limit on payouts. */
    private void attemptAsIfUnruled(Origin origin, TickStreamCall call) {
        chain.ext.startTransaction();
        chain.ok(Origin.ROOT, new StreamRules.Call.SetYearlyPayout(Optional.empty()));
        boolean succeeds = chain.attempt(origin, call);
        Map<String, Object> unruled = outcome();
        chain.ext.rollbackTransaction();
        assertEquals(succeeds, chain.attempt(origin, call));
        assertEquals(unruled, outcome(), "the limit on payouts stops nothing");
    }

    /** All of the streams, and what belongs to whom, wherever it is. */
    private Map<String, Object> outcome() {
        Map<String, Object> outcome = new TreeMap<>();
        for (String item : List.of("Sessions", "SessionOf", "Due", "SettlementKeys", "Sponsorships")) {
            Map<Bytes, Bytes> entries = new TreeMap<>();
            chain.under(item).forEach((key, value) -> entries.put(key, Bytes.copyOf(value)));
            outcome.put(item, entries);
        }
        List<AccountId> everybody = new ArrayList<>(VIEWERS);
        everybody.addAll(PAYEES);
        everybody.addAll(CREATORS);
        everybody.forEach(who -> outcome.put(who.toString(), chain.free(who) + chain.accrued(who) + chain.held(who)));
        return outcome;
    }

    // Entries and batches.

    /** A true word that was released, an old one, or a lie. */
    private Entry entry(Ledger.Account session) {
        session.released = Math.min(session.words.length(), session.released + random.nextInt(20));
        Optional<Bytes> secret = random.nextInt(12) > 0 ? Optional.empty()
                : Optional.of(random.nextInt(3) == 0 ? session.words.word(0) : session.words.closeSecret());
        int ticks = random.nextInt(3) == 0 ? random.nextInt(session.released + 1) : session.released;
        return switch (random.nextInt(10)) {
            case 0 -> new Entry(session.id(), ticks + 1 + random.nextInt(30), session.words.word(ticks), secret);
            case 1 -> new Entry(session.id(), ticks, session.words.closeSecret(), secret);
            case 2 -> new Entry(random.nextInt(50), ticks, session.words.word(ticks), secret);
            default -> new Entry(session.id(), ticks, session.words.word(ticks), secret);
        };
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(BATCH_MAX); i >= 0; i--) {
            anySession().map(this::entry).ifPresent(entries::add);
        }
        return entries;
    }

    private Batch batch(List<Entry> entries) {
        boolean ample = random.nextInt(3) > 0;
        return new Batch(KEY, chain.nonce(), chain.number() + random.nextInt(5), ample ? 10_000 : random.nextInt(200),
                ample ? 192 : random.nextInt(8), entries);
    }

    private void settle() {
        List<Entry> entries = entries();
        if (entries.isEmpty()) {
            return;
        }
        Batch batch = batch(entries);
        Map<Bytes, Bytes> otherOrder = settledInOtherOrder(batch);
        TickStreamCall call = chain.signed(batch);
        attemptAsIfUnruled(Origin.NONE, call);
        assertEquals(otherOrder, chain.snapshotWithoutEvents(), "the order of entries does not matter");
        lastBatch = Optional.of(call);
        if (batch.hashes() == 10_000) {
            ledger.check();
            settleAgain(batch);
        }
    }

    private Map<Bytes, Bytes> settledInOtherOrder(Batch batch) {
        List<Entry> shuffled = new ArrayList<>(batch.entries());
        Collections.shuffle(shuffled, random);
        chain.ext.startTransaction();
        chain.ok(Origin.NONE, chain.signed(new Batch(batch.key(), batch.nonce(), batch.validUntil(), batch.hashes(),
                batch.payments(), shuffled)));
        Map<Bytes, Bytes> state = chain.snapshotWithoutEvents();
        chain.ext.rollbackTransaction();
        return state;
    }

    /** The same entries under the next nonce: all are skipped and nothing but the nonce changes. */
    private void settleAgain(Batch batch) {
        Map<Bytes, Bytes> before = withoutNonces();
        chain.ok(Origin.NONE,
                chain.signed(new Batch(KEY, chain.nonce(), chain.number(), batch.hashes(), batch.payments(),
                        batch.entries())));
        assertEquals(new TickStreamEvent.BatchSettled(KEY, chain.nonce() - 1, 0, batch.entries().size()),
                chain.ext.events().getLast());
        assertEquals(before, withoutNonces(), "a replay is a no-op");
    }

    private Map<Bytes, Bytes> withoutNonces() {
        Map<Bytes, Bytes> state = chain.snapshotWithoutEvents();
        chain.under("SettlementKeys").keySet().forEach(state::remove);
        return state;
    }

    private void replay() {
        lastBatch.ifPresent(call -> assertFalse(chain.attempt(Origin.NONE, call), "its nonce was used"));
    }

    // Money from outside.

    private void changeThePlatform() {
        chain.ok(Origin.ROOT, new TickStreamCall.SetPlatform(oneOf(PAYEES), new Permill(between(0, Permill.ONE))));
    }

    private void leaveOrComeBack() {
        AccountId who = oneOf(VIEWERS);
        AccountId bank = account("c1");
        if (chain.free(who) > 0) {
            chain.transfer(who, bank, chain.free(who));
        } else {
            chain.transfer(bank, who, 30_000);
        }
    }

    RandomPatrons patrons() {
        return patrons;
    }

    /** Gives those for whom something waits an account, and pays it out. */
    void payEverybody() {
        List<AccountId> all = new ArrayList<>(PAYEES);
        all.addAll(VIEWERS);
        all.addAll(CREATORS);
        patrons.endAll();
        ledger.check();
        chain.ok(Origin.ROOT, new StreamRules.Call.SetYearlyPayout(Optional.empty()));
        for (AccountId who : all) {
            if (chain.held(who) > 0) {
                chain.transfer(account("c1"), who, EXISTENTIAL_DEPOSIT);
                chain.ok(Origin.signed(OTHER), new StreamRules.Call.PayHeld(who));
                ledger.check();
            }
            if (chain.accrued(who) > 0) {
                chain.transfer(account("c1"), who, EXISTENTIAL_DEPOSIT);
                chain.ok(OTHER, new TickStreamCall.PayAccrued(who));
                ledger.check();
            }
        }
    }
}
