package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.EXISTENTIAL_DEPOSIT;
import static io.vilokanam.pallets.tickstream.TickChain.POT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.U128;

/** Books of its own beside the pallet's, from what people did and from the events; the invariants are checked against them. */
final class Ledger {

    /** What is known of a session besides what the pallet stores. */
    static final class Account {

        final Words words;
        private final long id;
        private final Terms terms;
        private final long sponsored;
        private final AccountId payer;
        /** Words up to this one were given away. */
        int released;
        long deposits;
        private long settled;
        private long gross;
        private long fees;
        private boolean isOver;

        private Account(long id, Session session, Words words) {
            this.id = id;
            this.terms = session.terms();
            this.words = words;
            this.deposits = session.escrow().saturatedToU64();
            this.sponsored = session.sponsoredTicks();
            this.payer = session.payer();
        }

        AccountId payer() {
            return payer;
        }

        /** What a sponsor pays of so many ticks. */
        private long ofSponsor(long ticks) {
            long paid = Math.max(0, ticks - terms.freeTicks());
            return Math.min(paid, sponsored) * terms.rate().saturatedToU64();
        }

        long id() {
            return id;
        }

        AccountId viewer() {
            return terms.viewer();
        }
    }

    private final TickChain chain;
    private final U128 issued;
    private final Map<Long, Long> paidToStreams = new TreeMap<>();
    private long paidToPlatform;
    private final Map<Long, Long> earnedBesides = new TreeMap<>();
    private long feesBesides;
    final List<Account> sessions = new ArrayList<>();
    /** The kinds of events and reasons that came up. */
    final Set<String> seen = new TreeSet<>();
    int streams;

    Ledger(TickChain chain) {
        this.chain = chain;
        this.issued = chain.balances.currency().totalIssuance(chain.ext);
    }

    void opened(long id, Words words) {
        assertEquals(sessions.size(), id, "ids are counted");
        sessions.add(new Account(id, chain.sessionNow(id), words));
    }

    /** Takes note of what happened since the last time, and compares. */
    void check() {
        chain.ext.events().forEach(this::note);
        chain.ext.forget();
        long escrow = 0;
        for (Account account : sessions) {
            if (!account.isOver) {
                escrow += check(account, chain.sessionNow(account.id));
            }
        }
        assertEquals(sessions.stream().filter(account -> !account.isOver).count(), chain.entriesOf("Sessions"));
        assertEquals(escrow + chain.accrued() + chain.held() + chain.sponsorships() + EXISTENTIAL_DEPOSIT,
                chain.free(POT),
                "the pot holds what it owes");
        assertEquals(List.of(), chain.ticks.tryState(chain.ext));
        assertEquals(issued, chain.balances.currency().totalIssuance(chain.ext), "total issuance");
        checkPayments();
    }

    private void note(TickStreamEvent event) {
        seen.add(event instanceof TickStreamEvent.EntrySkipped(long _, SkipReason reason) ? reason.name()
                : event.getClass().getSimpleName());
        switch (event) {
            case TickStreamEvent.Settled(long id, long ticks, U128 gross, U128 fee) -> {
                Account account = sessions.get((int) id);
                assertTrue(ticks > account.settled, "settled ticks grow");
                assertTrue(ticks <= account.released, "only released words pay");
                account.settled = ticks;
                account.gross += gross.saturatedToU64();
                account.fees += fee.saturatedToU64();
            }
            case TickStreamEvent.StreamPaid(long stream, U128 amount) ->
                paidToStreams.merge(stream, amount.saturatedToU64(),
                        Long::sum);
            case TickStreamEvent.PlatformPaid(U128 amount) -> paidToPlatform += amount.saturatedToU64();
            case TickStreamEvent.SessionClosed(long id, long ticks, U128 charged, U128 refunded) -> {
                Account account = sessions.get((int) id);
                account.isOver = true;
                assertEquals(account.settled, ticks);
                assertEquals(account.gross, charged.saturatedToU64());
                assertEquals(account.deposits + account.ofSponsor(ticks), charged.plus(refunded).saturatedToU64(),
                        "no more than the escrow is lost");
            }
            case TickStreamEvent.Tipped(long stream, AccountId _, U128 amount, U128 fee) -> {
                assertEquals(amount.low() * 5 / 100, fee.low());
                earnedBesides.merge(stream, amount.minus(fee).saturatedToU64(), Long::sum);
                feesBesides += fee.saturatedToU64();
            }
            case TickStreamEvent.Subscribed(long stream, AccountId _, Tier tier, long _) -> {
                long fee = chain.ticks.settings(chain.ext).fee().of(tier.price()).saturatedToU64();
                earnedBesides.merge(stream, tier.price().saturatedToU64() - fee, Long::sum);
                feesBesides += fee;
            }
            default -> {
            }
        }
    }

    /** @return what is in escrow and what a sponsor set aside */
    private long check(Account account, Session session) {
        long id = account.id;
        Terms terms = account.terms;
        assertEquals(terms, session.terms(), "terms never change");
        assertEquals(account.settled, session.settledTicks());
        assertEquals(account.words.word((int) account.settled), session.anchor(), "the anchor is the newest word");
        long due = Math.max(0, account.settled - terms.freeTicks()) * terms.rate().saturatedToU64();
        assertEquals(due, session.charged().saturatedToU64());
        assertEquals(due, account.gross);
        assertEquals(due * terms.fee().parts() / 1_000_000, account.fees, "fees do not drift");
        assertEquals(account.fees, session.feeTaken().saturatedToU64());
        assertEquals(account.deposits + account.ofSponsor(account.settled), due + session.escrow().saturatedToU64());
        assertEquals(id, chain.ticks.findSessionOf(chain.ext, terms.viewer(), terms.stream()).orElseThrow());
        long next = switch (session.status()) {
            case SessionStatus.Open(long expiresAt) -> expiresAt;
            case SessionStatus.Closing(long until) -> until;
        };
        assertTrue(chain.isQueued(next, id), () -> "session " + id + " is not queued for block " + next);
        return session.escrow().saturatedToU64() + account.ofSponsor(Long.MAX_VALUE)
                - account.ofSponsor(account.settled);
    }

    /** What went to creators and platform is what was taken from escrow, to the planck. */
    private void checkPayments() {
        Map<Long, Long> earned = new TreeMap<>(earnedBesides);
        earned.values().removeIf(amount -> amount == 0);
        long fees = feesBesides;
        for (Account account : sessions) {
            long net = account.gross - account.fees;
            if (net > 0) {
                earned.merge(account.terms.stream(), net, Long::sum);
            }
            fees += account.fees;
        }
        assertEquals(earned, paidToStreams);
        assertEquals(fees, paidToPlatform);
    }
}
