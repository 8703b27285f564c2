package io.vilokanam.pallets.tickstream;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.vilokanam.api.Externalities;
import io.vilokanam.pallets.tickstream.Settlement.Outcome;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/**
 * One batch at work: what it may still use, and what it owes to whom. Entries are taken in an order of their own, by session
 * and ticks: what a batch does must not depend on how it was put together, not even where it paid for too little.
 */
final class BatchRun {

    private static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::session)
            .thenComparingLong(Entry::ticks)
            .thenComparing(Entry::word).thenComparing(entry -> entry.closeSecret().orElse(Bytes.EMPTY));

    private final TickStream pallet;
    private final Externalities ext;
    private final Batch batch;
    private final long now;
    private final Map<Long, Stream> touched = new TreeMap<>();
    private final Map<Long, U128> earned = new TreeMap<>();
    private U128 fees = U128.ZERO;
    private long hashesLeft;
    private long paymentsLeft;
    private long settled;
    private long skipped;

    /** @param now the block's time in milliseconds since 1970 */
    BatchRun(TickStream pallet, Externalities ext, Batch batch, long now) {
        this.pallet = pallet;
        this.ext = ext;
        this.batch = batch;
        this.now = now;
        this.hashesLeft = batch.hashes();
        this.paymentsLeft = batch.payments();
    }

    /**
     * Settles what settles, then pays each stream and the platform once.
     *
     * @return what that weighed
     */
    Weight settle() {
        batch.entries().stream().sorted(ORDER).forEachOrdered(this::settle);
        earned.forEach((id, amount) -> pallet.income.payStream(ext, id, touched.get(id), amount));
        pallet.income.payPlatform(ext, fees);
        pallet.events.deposit(ext, new TickStreamEvent.BatchSettled(batch.key(), batch.nonce(), settled, skipped));
        long payments = batch.payments() - paymentsLeft;
        return pallet.governed(TickStreamWeights.settleBatch(batch, batch.hashes() - hashesLeft, payments), payments);
    }

    private void settle(Entry entry) {
        Optional<SkipReason> reason = tryToSettle(entry);
        if (reason.isEmpty()) {
            settled++;
        } else {
            skipped++;
            pallet.events.deposit(ext, new TickStreamEvent.EntrySkipped(entry.session(), reason.get()));
        }
    }

    private Optional<SkipReason> tryToSettle(Entry entry) {
        Optional<Session> found = pallet.sessions.find(ext, entry.session());
        if (found.isEmpty()) {
            return Optional.of(SkipReason.UNKNOWN_SESSION);
        }
        Session session = found.get();
        if (entry.closeSecret().isPresent() && !opens(session, entry.closeSecret().get())) {
            return Optional.of(SkipReason.SECRET_MISMATCH);
        }
        boolean closes = entry.closeSecret().isPresent() && session.isOpen();
        if (closes) {
            // Whether or not the word settles: the viewer has said that the session ends.
            session = pallet.sessions.closing(ext, entry.session(), session);
            pallet.sessions.put(ext, entry.session(), session);
        }
        Optional<SkipReason> reason = settle(session, entry);
        return closes && reason.equals(Optional.of(SkipReason.NOTHING_NEW)) ? Optional.empty() : reason;
    }

    private Optional<SkipReason> settle(Session session, Entry entry) {
        if (!reserve(session.terms().stream())) {
            return Optional.of(SkipReason.OUT_OF_PAYMENTS);
        }
        return switch (pallet.settlement.settle(ext, session, entry, now, hashesLeft)) {
            case Outcome.Settled(Session after, U128 gross, U128 fee, long hashes) -> {
                hashesLeft -= hashes;
                fees = fees.plus(fee);
                earned.merge(session.terms().stream(), gross.minus(fee), U128::plus);
                pallet.sessions.put(ext, entry.session(), after);
                pallet.events.deposit(ext, new TickStreamEvent.Settled(entry.session(), entry.ticks(), gross, fee));
                yield Optional.empty();
            }
            case Outcome.Skipped(SkipReason reason, long hashes) -> {
                hashesLeft -= hashes;
                yield Optional.of(reason);
            }
        };
    }

    private boolean opens(Session session, Bytes secret) {
        return Bytes.wrap(ext.sha256(secret.view())).equals(session.terms().closeHash());
    }

    /**
     * Sets aside the payments of a stream when its first entry comes. The first stream that does not fit ends it for all
     * that come behind: a batch reads no more streams than it paid for, and one.
     */
    private boolean reserve(long id) {
        if (touched.containsKey(id)) {
            return true;
        }
        if (paymentsLeft == 0) {
            return false;
        }
        Stream stream = pallet.streams.find(ext, id)
                .orElseThrow(() -> new IllegalStateException("session of stream " + id + ", which does not exist"));
        if (stream.payees().size() > paymentsLeft) {
            paymentsLeft = 0;
            return false;
        }
        paymentsLeft -= stream.payees().size();
        touched.put(id, stream);
        return true;
    }
}
