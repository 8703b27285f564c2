package io.vilokanam.benchmarks.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.pallets.tickstream.TickStreamEvent;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.U128;

/** Books of the simulation's own, beside the pallet's: what the pot owes after each block, and who has what in the end. */
final class Books {

    /** How often all that is stored is looked over. */
    private static final int FULL_CHECK_BLOCKS = 32;

    private final SimulatedChain chain;
    private final Map<AccountId, SimulatedViewer> viewers;
    private final U128 issued;
    private final Bytes sessions;
    private final Bytes accrued;
    private final Bytes sponsorships;
    /** What the pot owes at each height. */
    private final List<Long> owed = new ArrayList<>(List.of(0L));

    Books(SimulatedChain chain, Map<AccountId, SimulatedViewer> viewers) {
        this.chain = chain;
        this.viewers = viewers;
        issued = chain.issued();
        sessions = chain.prefixOf("TickStream", "Sessions");
        accrued = chain.prefixOf("TickStream", "Accrued");
        sponsorships = chain.prefixOf("TickStream", "Sponsorships");
    }

    private static void ensure(boolean holds, String otherwise, Object... what) {
        if (!holds) {
            throw new InvariantBroken(otherwise + " " + List.of(what));
        }
    }

    void tookBack(int blocks) {
        owed.subList(owed.size() - blocks, owed.size()).clear();
    }

    /** Checks all that the newest block touched. */
    void check() {
        long sum = owed.getLast();
        for (UndoState.Change change : chain.changed()) {
            Bytes key = change.key();
            Optional<byte[]> now = Optional.ofNullable(change.after());
            Optional<byte[]> before = Optional.ofNullable(change.before());
            if (SimulatedChain.isUnder(key, sessions)) {
                Optional<Session> old = decode(before, Session.CODEC);
                Optional<Session> present = decode(now, Session.CODEC);
                present.ifPresent(session -> check(old, session));
                sum += held(present) - held(old);
            } else if (SimulatedChain.isUnder(key, accrued)) {
                sum += amount(now) - amount(before);
            } else if (SimulatedChain.isUnder(key, sponsorships)) {
                sum += left(now) - left(before);
            }
        }
        owed.add(sum);
        long pot = chain.free(chain.ticks().pot()).minus(SimulatedChain.EXISTENTIAL_DEPOSIT).low();
        ensure(pot == sum, "the pot does not hold what it owes", pot, sum);
        ensure(chain.issued().equals(issued), "money came or went", chain.issued(), issued);
        if (chain.best().header().number() % FULL_CHECK_BLOCKS == 0) {
            checkAll();
        }
    }

    void checkAll() {
        List<String> faults = chain.ticks().tryState(chain.state());
        ensure(faults.isEmpty(), "the state is not sound", faults);
    }

    private static <T> Optional<T> decode(Optional<byte[]> value, Codec<T> codec) {
        return value.map(bytes -> {
            try {
                return codec.decodeAll(bytes);
            } catch (ScaleException e) {
                throw new InvariantBroken("stored bytes do not decode: " + e.getMessage());
            }
        });
    }

    private static long held(Optional<Session> session) {
        return session.map(one -> one.escrow().plus(one.reserve()).low()).orElse(0L);
    }

    private static long amount(Optional<byte[]> value) {
        return decode(value, Codecs.U128).map(U128::low).orElse(0L);
    }

    private static long left(Optional<byte[]> value) {
        return decode(value, Sponsorship.CODEC).map(one -> one.left().low()).orElse(0L);
    }

    private void check(Optional<Session> before, Session now) {
        SimulatedViewer viewer = viewers.get(now.terms().viewer());
        ensure(now.settledTicks() <= viewer.released, "a viewer paid for a second that was not released",
                viewer.account, now.settledTicks(), viewer.released);
        ensure(now.anchor().equals(viewer.word((int) now.settledTicks())), "the anchor is not the viewer's word",
                viewer.account, now.settledTicks());
        U128 gross = now.terms().grossOf(now.settledTicks());
        ensure(now.charged().equals(gross), "the price of the ticks was not charged", viewer.account, gross);
        ensure(now.feeTaken().equals(now.terms().fee().of(gross)), "the fee drifts", viewer.account, now.feeTaken());
        before.ifPresent(old -> {
            ensure(old.terms().equals(now.terms()) && old.funding().equals(now.funding()), "terms change",
                    viewer.account);
            ensure(old.settledTicks() <= now.settledTicks(), "settled ticks fall", viewer.account);
            U128 paid = now.ownOf(now.settledTicks()).minus(old.ownOf(old.settledTicks()));
            ensure(now.escrow().plus(paid).isAtLeast(old.escrow()), "escrow goes elsewhere", viewer.account);
        });
    }

    // In the end.

    /** Reckons from all events of the blocks that stand who must have what, and compares. */
    private final class Reckoning {

        private final Map<AccountId, Long> expected;
        private final Map<Long, List<Payee>> payees;
        private final Map<Long, AccountId> payers = new HashMap<>();
        private final Map<Long, AccountId> viewerOf = new HashMap<>();
        private final Map<Long, Long> deposits = new HashMap<>();
        private final Map<Long, U128> rates = new HashMap<>();
        private final Map<Long, AccountId> sponsors = new HashMap<>();
        private final Set<Long> ended = new HashSet<>();
        /** The block at which the challenge window of a session ends. */
        private final Map<Long, Long> windows = new HashMap<>();
        private int closed;

        Reckoning(Map<AccountId, Long> endowed, Map<Long, List<Payee>> payees) {
            this.expected = new HashMap<>(endowed);
            this.payees = payees;
        }

        private void add(AccountId who, long amount) {
            expected.merge(who, amount, Long::sum);
        }

        /** @param number of the block */
        void note(TickStreamEvent event, long number) {
            switch (event) {
                case TickStreamEvent.SessionOpened(long id, long _, AccountId viewer, U128 rate, U128 deposit) -> {
                    rates.put(id, rate);
                    payers.put(id, viewer);
                    viewerOf.put(id, viewer);
                    deposits.put(id, deposit.low());
                    add(viewer, -deposit.low());
                }
                case TickStreamEvent.SessionFunded(long id, var funding) -> funding.payer().ifPresent(payer -> {
                    add(payers.put(id, payer), deposits.get(id));
                    add(payer, -deposits.get(id));
                });
                case TickStreamEvent.ToppedUp(long id, U128 amount) -> add(payers.get(id), -amount.low());
                case TickStreamEvent.SessionClosed(long id, long ticks, U128 _, U128 refunded) -> {
                    add(payers.get(id), refunded.low());
                    // A top-up that was lost with a fork leaves words that nothing pays for.
                    boolean isUsedUp = refunded.isLessThan(rates.get(id));
                    closed(id, ticks, number, isUsedUp);
                }
                case TickStreamEvent.ReserveReturned(long _, long sponsorship, U128 amount) -> {
                    if (ended.contains(sponsorship)) {
                        add(sponsors.get(sponsorship), amount.low());
                    }
                }
                case TickStreamEvent.SponsorshipOpened(long id, long _, AccountId sponsor, U128 budget, var _) -> {
                    sponsors.put(id, sponsor);
                    add(sponsor, -budget.low());
                }
                case TickStreamEvent.SponsorshipEnded(long id, U128 returned) -> {
                    ended.add(id);
                    add(sponsors.get(id), returned.low());
                }
                case TickStreamEvent.Tipped(long _, AccountId from, U128 amount, U128 _) -> add(from, -amount.low());
                case TickStreamEvent.Subscribed(long _, AccountId viewer, Tier tier, long _) ->
                    add(viewer, -tier.price().low());
                case TickStreamEvent.StreamPaid(long stream, U128 amount) -> pay(payees.get(stream), amount);
                case TickStreamEvent.PlatformPaid(U128 amount) -> add(SimulatedChain.PLATFORM, amount.low());
                case TickStreamEvent.CloseRequested(long id, long until) -> windows.put(id, until);
                case TickStreamEvent.StreamCreated _,TickStreamEvent.StreamUpdated _,TickStreamEvent.Settled _,TickStreamEvent.EntrySkipped _,TickStreamEvent.BatchSettled _,TickStreamEvent.Accrued _,TickStreamEvent.AccruedPaid _,TickStreamEvent.SettlementKeySet _,TickStreamEvent.PlatformSet _,TickStreamEvent.TiersSet _,TickStreamEvent.SpendingLimitSet _ ->
                    {
                    }
            }
        }

        private void closed(long id, long ticks, long number, boolean isUsedUp) {
            closed++;
            SimulatedViewer viewer = viewers.get(viewerOf.get(id));
            // A payee that ends a session at once, without a window or within it, chooses its word itself.
            boolean isEndedByPayee = number < windows.getOrDefault(id, Long.MAX_VALUE);
            if (viewer.session() == id && !isEndedByPayee && !isUsedUp) {
                ensure(ticks >= viewer.safe(), "a creator lost seconds that a collector had written down",
                        viewer.account, id, ticks, viewer.safe());
            }
        }

        private void pay(List<Payee> to, U128 amount) {
            long left = amount.low();
            for (int i = 0; i < to.size(); i++) {
                long part = i == to.size() - 1 ? left : to.get(i).share().of(amount).low();
                left -= part;
                add(to.get(i).account(), part);
            }
        }

        void compare() {
            Map<AccountId, Long> waiting = waiting();
            expected.forEach((who, amount) -> {
                long has = chain.free(who).low() + waiting.getOrDefault(who, 0L);
                ensure(has == amount, "an account does not have what it should", who, has, amount);
            });
        }
    }

    private Map<AccountId, Long> waiting() {
        Map<AccountId, Long> all = new HashMap<>();
        Optional<byte[]> key = chain.state().nextKey(accrued.view());
        while (key.isPresent() && SimulatedChain.isUnder(Bytes.wrap(key.get()), accrued)) {
            byte[] full = key.get();
            // Behind the prefix stand 16 bytes of hash and the account.
            AccountId who = AccountId.wrap(Arrays.copyOfRange(full, full.length - AccountId.SIZE, full.length));
            all.put(who, amount(chain.state().get(full)));
            key = chain.state().nextKey(full);
        }
        return all;
    }

    /** @return how many sessions were closed */
    int reckon(Map<AccountId, Long> endowed, Map<Long, List<Payee>> payees) {
        checkAll();
        Reckoning reckoning = new Reckoning(endowed, payees);
        chain.blocks()
                .forEach(block -> block.events().forEach(event -> reckoning.note(event, block.header().number())));
        ensure(reckoning.closed == reckoning.viewerOf.size(), "a session is stuck", reckoning.closed,
                reckoning.viewerOf.size());
        reckoning.compare();
        return reckoning.closed;
    }
}
