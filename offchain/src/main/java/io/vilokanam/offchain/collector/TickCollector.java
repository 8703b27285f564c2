package io.vilokanam.offchain.collector;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/**
 * Takes in words of viewers and keeps the newest one a session. A word is checked against the newest one known, normally by one
 * hash; only the first word of a session asks the chain. Any thread may call; sessions are spread over stripes with a lock
 * each, and nothing is hashed under a lock.
 *
 * <p>Words are written to the store by {@link #flush}, which the shell calls each second: a crash loses at most the words
 * of one second, and the next word of a viewer makes up for them.
 *
 * <p>Where a stripe is full, a session gives way whose words are all settled, the longest silent one of
 * {@value #EVICTION_PROBES} that are looked at in turn: nothing is lost with it, as the chain holds its newest word. Sessions
 * with unsettled words never give way.
 */
public final class TickCollector {

    private static final int STRIPE_BITS = 6;
    /** The parts that sessions are spread over. */
    public static final int STRIPES = 1 << STRIPE_BITS;

    private static final int EVICTION_PROBES = 16;

    private final SessionSource source;
    private final RowStore store;
    private final InstantSource clock;
    private final CollectorOptions options;
    private final int stripeMax;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final List<SessionObserver> observers = new CopyOnWriteArrayList<>();
    private final List<RowPasser> passers = new CopyOnWriteArrayList<>();
    private final Object flushing = new Object();
    private volatile long flushMillis;
    private volatile long best;
    private volatile Optional<Settings.Limits> limits = Optional.empty();

    public TickCollector(SessionSource source, RowStore store, InstantSource clock, CollectorOptions options) {
        this.source = source;
        this.store = store;
        this.clock = clock;
        this.options = options;
        this.stripeMax = Math.max(1, options.sessionsMax() / STRIPES);
        Arrays.setAll(stripes, _ -> new Stripe());
    }

    /**
     * Takes up what was written to the store before; called once, before anything else.
     *
     * @return how many entries could not be taken up: of another version, or more than there is room for
     */
    public int restore() {
        int[] refused = {0};
        int unreadable = store.forEach((session, secret) -> {
            Stripe stripe = stripe(session.id());
            synchronized (stripe) {
                boolean isNewer = stripe.sessions.find(session.id()).map(held -> session.ticks() > held.ticks())
                        .orElse(true);
                if (stripe.sessions.size() >= stripeMax) {
                    refused[0]++;
                } else if (isNewer) {
                    stripe.put(session);
                    secret.ifPresent(bytes -> {
                        stripe.secrets.put(session.id(), bytes);
                        stripe.markUrgent(session.id());
                    });
                }
            }
        });
        return unreadable + refused[0];
    }

    /**
     * Takes in a word.
     *
     * @param session u64
     * @param ticks the number of the word in the session's hash chain
     * @param word 32 bytes
     */
    public Submission submit(long session, long ticks, Bytes word)
            throws ChainUnavailableException, CollectorFullException {
        return submit(session, ticks, word, WordLimits.NONE);
    }

    private Submission submit(long session, long ticks, Bytes word, WordLimits rate)
            throws ChainUnavailableException, CollectorFullException {
        Optional<KnownSession> found = known(session);
        if (found.isEmpty()) {
            return Submission.UNKNOWN;
        }
        KnownSession known = found.get();
        Verdict verdict = judge(known, ticks, word);
        if (Stripe.mayHaveChanged(verdict) && known.refreshedAt() < best) {
            found = reload(session);
            if (found.isEmpty()) {
                return Submission.UNKNOWN;
            }
            known = found.get();
            verdict = judge(known, ticks, word);
        }
        return verdict == Verdict.ACCEPTED ? accept(known, ticks, word, rate) : Submission.of(verdict, known);
    }

    /** Begins to answer a batch: draws what the look-ups will read into the cache, all at once instead of one by one. */
    public void begin(WordBatch batch) {
        batch.nowMillis = clock.millis();
        int drawn = 0;
        for (int i = 0; i < batch.count(); i++) {
            long id = batch.session(i);
            SessionTable sessions = stripe(id).sessions;
            batch.rows[i] = sessions.guess(id);
            drawn += sessions.draw(batch.rows[i]);
        }
        batch.drawn = drawn;
    }

    /**
     * Takes in a word of a batch that was begun, where that needs neither the chain nor many hashes: else answers
     * {@link WordBatch#LATER}, and {@link #takeSlowly} does it.
     *
     * @return the code of the answer, which stands in the batch
     */
    public int take(WordBatch batch, int index, WordLimits rate) {
        Optional<Settings.Limits> rules = limits;
        if (rules.isEmpty()) {
            return WordBatch.LATER;
        }
        long id = batch.session(index);
        Stripe stripe = stripe(id);
        Optional<KnownSession> told = Optional.empty();
        int code;
        synchronized (stripe) {
            code = stripe.take(batch, index, rules.get(), best, rate);
            if (isNews(code) && !observers.isEmpty()) {
                int row = stripe.sessions.locate(id, batch.rows[index]);
                long stream = RowCodec.u64(stripe.sessions.page(row),
                        SessionTable.offset(row) + RowCodec.STREAM_AT);
                told = observers.stream().anyMatch(one -> one.follows(id, stream))
                        ? Optional.of(stripe.sessions.read(row)) : Optional.empty();
            }
        }
        if (told.isPresent()) {
            tellChanged(told.get());
        }
        return code;
    }

    /** Whether the word is the newest one of its session now. */
    static boolean isNews(int code) {
        return code == Verdict.ACCEPTED.ordinal() || code == Verdict.CLOSING.ordinal();
    }

    /** Takes in a word of a batch for which the chain may have to be asked; may take milliseconds. */
    public int takeSlowly(WordBatch batch, int index, WordLimits rate) {
        try {
            learn(batch, index);
            if (known(batch.session(index)).isEmpty()) {
                batch.answer(index, Submission.UNKNOWN);
                return Verdict.UNKNOWN.ordinal();
            }
            limits();
            int code = take(batch, index, rate);
            if (code == WordBatch.LATER) {
                Submission answer = submit(batch.session(index), batch.ticks(index), batch.word(index), rate);
                batch.answer(index, answer);
                return answer.verdict().ordinal();
            }
            return code;
        } catch (ChainUnavailableException | CollectorFullException e) {
            batch.answer(index, WordBatch.UNAVAILABLE);
            return WordBatch.UNAVAILABLE;
        }
    }

    /** Asks about the session of a word and, with the same question, about others that are not known and come next. */
    private void learn(WordBatch batch, int from) throws ChainUnavailableException, CollectorFullException {
        if (isKnown(batch.session(from))) {
            return;
        }
        Set<Long> unknown = new LinkedHashSet<>();
        for (int i = from; i < batch.count() && unknown.size() < SessionSource.SESSIONS_MAX; i++) {
            if (!isKnown(batch.session(i))) {
                unknown.add(batch.session(i));
            }
        }
        if (unknown.size() > 1) {
            long block = best;
            List<Long> ids = List.copyOf(unknown);
            List<Optional<Session>> found = source.sessions(ids);
            for (int i = 0; i < ids.size(); i++) {
                if (found.get(i).isPresent()) {
                    learnt(ids.get(i), found.get(i).get(), block);
                }
            }
        }
    }

    private boolean isKnown(long id) {
        Stripe stripe = stripe(id);
        synchronized (stripe) {
            return stripe.sessions.locate(id) != SessionTable.NOWHERE;
        }
    }

    /** What a word is worth beside the newest one known; hashes at most {@link CollectorOptions#hashesPerWordMax} times. */
    private Verdict judge(KnownSession known, long ticks, Bytes word) throws ChainUnavailableException {
        SessionFacts facts = known.facts();
        if (ticks <= known.ticks()) {
            return Verdict.STALE;
        }
        if (ticks > facts.payableTicks()) {
            return Verdict.EXHAUSTED;
        }
        Settings.Limits rules = limits();
        long steps = ticks - known.ticks();
        if (ticks > facts.ticksPossible(clock.millis(), rules.tickMillis(), rules.leadMax())
                || steps > options.hashesPerWordMax()) {
            return Verdict.AHEAD;
        }
        byte[] reached = Sha2.chain(facts.salt().view(), word.view(), (int) steps);
        return Arrays.equals(reached, known.word().view()) ? Verdict.ACCEPTED : Verdict.MISMATCH;
    }

    /** Keeps a word that hashes back to {@code known}, unless a newer one came meanwhile. */
    private Submission accept(KnownSession known, long ticks, Bytes word, WordLimits rate)
            throws CollectorFullException {
        Stripe stripe = stripe(known.id());
        KnownSession next;
        synchronized (stripe) {
            KnownSession newest = stripe.sessions.find(known.id()).orElse(known);
            if (!newest.facts().salt().equals(known.facts().salt())) {
                return Submission.of(Verdict.MISMATCH, newest);
            }
            if (newest.ticks() >= ticks) {
                return Submission.of(Verdict.STALE, newest);
            }
            next = newest.withWord(ticks, word, best);
            insert(stripe, next);
            stripe.took(known.id(), rate);
        }
        tellChanged(next);
        return Submission.of(next.facts().isClosing() ? Verdict.CLOSING : Verdict.ACCEPTED, next);
    }

    /** Takes in the secret with which a viewer closes the session; it goes to the chain with the next settlement. */
    public Submission release(long session, Bytes secret) throws ChainUnavailableException, CollectorFullException {
        Optional<Session> onChain = source.session(session);
        Optional<KnownSession> found = known(session);
        if (onChain.isEmpty() || found.isEmpty()) {
            return Submission.UNKNOWN;
        }
        KnownSession known = found.get();
        if (!Bytes.wrap(Sha2.hash256(secret.view())).equals(onChain.get().terms().closeHash())) {
            return Submission.of(Verdict.MISMATCH, known);
        }
        if (!onChain.get().isOpen()) {
            return Submission.of(Verdict.CLOSING, known);
        }
        Stripe stripe = stripe(session);
        synchronized (stripe) {
            // Nodes that pass secrets on hear their own again: then nothing has changed.
            if (!secret.equals(stripe.secrets.get(session))) {
                insert(stripe, stripe.sessions.find(session).orElse(known));
                stripe.secrets.put(session, secret);
                stripe.markUrgent(session);
            }
        }
        return Submission.of(Verdict.ACCEPTED, known);
    }

    /** A session as the collector knows it, without asking the chain. */
    public Optional<KnownSession> find(long session) {
        Stripe stripe = stripe(session);
        synchronized (stripe) {
            return stripe.sessions.find(session);
        }
    }

    /** A session as the collector knows it or else the chain. */
    public Optional<KnownSession> look(long session) throws ChainUnavailableException, CollectorFullException {
        return known(session);
    }

    /** Asks the chain about a session that the collector knows; tells the observers where it is over. */
    void recheck(long id) throws ChainUnavailableException {
        Optional<Session> onChain = source.session(id);
        if (onChain.isPresent()) {
            refresh(id, onChain.get(), best);
        } else {
            tellEnded(id);
        }
    }

    private Optional<KnownSession> known(long session) throws ChainUnavailableException, CollectorFullException {
        Optional<KnownSession> found = find(session);
        return found.isPresent() ? found : reload(session);
    }

    /** Asks the chain about a session; one that is not there keeps its word, as the block may yet lose to another. */
    private Optional<KnownSession> reload(long id) throws ChainUnavailableException, CollectorFullException {
        long block = best;
        Optional<Session> onChain = source.session(id);
        return onChain.isEmpty() ? Optional.empty() : Optional.of(learnt(id, onChain.get(), block));
    }

    private KnownSession learnt(long id, Session session, long block) throws CollectorFullException {
        Stripe stripe = stripe(id);
        synchronized (stripe) {
            KnownSession now = stripe.sessions.find(id).map(old -> old.refreshed(session, block))
                    .orElseGet(() -> KnownSession.first(id, session, block));
            insert(stripe, now);
            return now;
        }
    }

    private void insert(Stripe stripe, KnownSession session) throws CollectorFullException {
        if (stripe.sessions.size() >= stripeMax && stripe.sessions.find(session.id()).isEmpty()) {
            KnownSession gone = stripe.sessions
                    .longestSilent(EVICTION_PROBES,
                            other -> !other.isUnsettled() && !stripe.secrets.containsKey(other.id()))
                    .orElseThrow(() -> new CollectorFullException(options.sessionsMax()));
            stripe.remove(gone.id());
        }
        stripe.put(session);
    }

    private Settings.Limits limits() throws ChainUnavailableException {
        Optional<Settings.Limits> known = limits;
        if (known.isPresent()) {
            return known.get();
        }
        Settings.Limits loaded = source.limits();
        limits = Optional.of(loaded);
        return loaded;
    }

    /** Shows each change from now on to {@code passer} too, when it is written: for who passes words on to other nodes. */
    public void onWritten(RowPasser passer) {
        passers.add(passer);
    }

    // For those who follow.

    /** Calls the observer for each change of a session from now on. */
    public void observe(SessionObserver observer) {
        observers.add(observer);
    }

    private void tellChanged(KnownSession session) {
        for (SessionObserver observer : observers) {
            if (observer.follows(session.id(), session.facts().stream())) {
                observer.changed(session);
            }
        }
    }

    private void tellEnded(long id) {
        for (SessionObserver observer : observers) {
            observer.ended(id);
        }
    }

    // For the settler.

    /** The best block is another one; the rules are those of its state. */
    public void onBestBlock(long number, Settings.Limits rules) {
        limits = Optional.of(rules);
        best = number;
    }

    /** All sessions that a settler may want to look at, with their close secrets; a copy. */
    public List<Pending> select(Predicate<Pending> condition) {
        List<Pending> selected = new ArrayList<>();
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                stripe.sessions.forEach(session -> {
                    Pending pending = new Pending(session, Optional.ofNullable(stripe.secrets.get(session.id())));
                    if (condition.test(pending)) {
                        selected.add(pending);
                    }
                });
            }
        }
        return selected;
    }

    /** Takes note of what the chain says at block {@code number}; a secret that has done its work is forgotten. */
    public void refresh(long id, Session session, long number) {
        Stripe stripe = stripe(id);
        Optional<KnownSession> now;
        synchronized (stripe) {
            now = stripe.sessions.find(id).map(known -> known.refreshed(session, number));
            now.ifPresent(stripe::put);
            if (!session.isOpen()) {
                stripe.secrets.remove(id);
            }
        }
        now.ifPresent(this::tellChanged);
    }

    /** The session is over for good. */
    public void forget(long id) {
        Stripe stripe = stripe(id);
        synchronized (stripe) {
            stripe.remove(id);
        }
        tellEnded(id);
    }

    /** A batch with entries of these sessions was sent at block {@code number}. */
    public void settlementSent(Collection<Long> sessions, long number) {
        for (long id : sessions) {
            Stripe stripe = stripe(id);
            synchronized (stripe) {
                stripe.sessions.find(id).ifPresent(known -> stripe.put(known.withSettlementSent(number)));
            }
        }
    }

    /** Unsettled words of this worth do not wait for an interval; holds for what is learnt from now on. */
    public void settleFrom(U128 largeValue) {
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                stripe.sessions.largeValue(largeValue);
            }
        }
    }

    /** How many sessions are held. */
    public int size() {
        int sum = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                sum += stripe.sessions.size();
            }
        }
        return sum;
    }

    /** Sessions that close or are worth much, with words that are not settled; at most {@code max}. */
    public List<Pending> urgent(int max) {
        List<Pending> found = new ArrayList<>();
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                stripe.urgent(found, max);
            }
        }
        return found;
    }

    /** A new way round all sessions. */
    public Sweep sweep() {
        return new Sweep(stripes);
    }

    /** Writes what changed since the last call; a stripe is locked only while the changes of one page are gathered. */
    public void flush() {
        synchronized (flushing) {
            long begun = clock.millis();
            boolean isBehind = store.isBehind();
            for (int number = 0; number < STRIPES; number++) {
                if (isBehind) {
                    synchronized (stripes[number]) {
                        stripes[number].sessions.markAll();
                    }
                }
                int pages = 1;
                for (int page = 0; page < pages; page++) {
                    RowChanges changes;
                    synchronized (stripes[number]) {
                        pages = stripes[number].sessions.pages();
                        changes = changes(number, page);
                    }
                    if (changes.count() > 0 || !changes.removed().isEmpty()) {
                        store.write(changes);
                        passers.forEach(passer -> passer.pass(changes));
                    }
                }
            }
            store.written();
            passers.forEach(RowPasser::written);
            flushMillis = Math.max(0, clock.millis() - begun);
        }
    }

    /** How long the last {@link #flush} took. */
    public Duration flushTime() {
        return Duration.ofMillis(flushMillis);
    }

    private RowChanges changes(int number, int page) {
        Stripe stripe = stripes[number];
        int[] positions = stripe.sessions.takeChanged(page);
        byte[] rows = new byte[positions.length * RowCodec.SIZE];
        Map<Long, Bytes> secrets = new HashMap<>();
        for (int i = 0; i < positions.length; i++) {
            System.arraycopy(stripe.sessions.page(positions[i]), SessionTable.offset(positions[i]), rows,
                    i * RowCodec.SIZE, RowCodec.SIZE);
            if (!stripe.secrets.isEmpty()) {
                long id = RowCodec.u64(rows, i * RowCodec.SIZE + RowCodec.ID_AT);
                Optional.ofNullable(stripe.secrets.get(id)).ifPresent(secret -> secrets.put(id, secret));
            }
        }
        return new RowChanges(number, stripe.sessions.size(), positions, rows, stripe.takeRemoved(), secrets);
    }

    private Stripe stripe(long id) {
        return stripes[(int) (SessionTable.spread(id) >>> Long.SIZE - STRIPE_BITS)];
    }
}
