package io.vilokanam.offchain.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.offchain.collector.SessionSource;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.offchain.tickchain.TickChain;
import io.vilokanam.offchain.worker.BestBlock;
import io.vilokanam.offchain.worker.FinalisedBlock;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Tick-stream's rules over immutable states of blocks, with forks; an independent model of the pallet. */
public final class ModelChain implements TickChain, SessionSource {

    public static final PublicKey KEY = new PublicKey(Bytes.wrap(new byte[32]));
    public static final long BLOCK_MILLIS = 2_000;
    public static final long START_MILLIS = 1_000_000_000;
    public static final Settings.Limits LIMITS = new Settings.Limits(1_000, 4_096, 30, 30, 43_200);

    // Picoseconds.
    private static final long BASE_WEIGHT = 775_000_000;
    private static final long ENTRY_WEIGHT = 130_000_000;
    private static final long HASH_WEIGHT = 100_000;
    private static final long PAYMENT_WEIGHT = 290_000_000;
    private static final long CLOSE_WEIGHT = 100_000_000;

    /** {@code paid}: what the creators of each stream and the platform got, together. */
    private record State(Header header, Map<Long, Session> sessions, long nonce, U128 paid) {}

    private final Map<Hash, State> states = new HashMap<>();
    private final Map<Long, Integer> payees = new TreeMap<>();
    private Settings settings = new Settings(AccountId.ZERO, new Permill(100_000), U128.ONE, 86_400, 2_048, 262_144,
            2_048, 8,
            LIMITS);
    private Hash best;
    private FinalisedBlock finalised;
    private int forks;
    private int skipped;

    public ModelChain() {
        Header genesis = new Header(Hash.ZERO, 0, Hash.ZERO, Hash.ZERO, new Digest(List.of()));
        best = hash(genesis);
        finalised = new FinalisedBlock(best, 0);
        states.put(best, new State(genesis, Map.of(), 0, U128.ZERO));
    }

    private static Hash hash(Header header) {
        return Hash.wrap(Blake2b.hash256(Header.CODEC.encode(header)));
    }

    public BestBlock best() {
        return new BestBlock(best, states.get(best).header);
    }

    public FinalisedBlock finalised() {
        return finalised;
    }

    public long now() {
        return START_MILLIS + number() * BLOCK_MILLIS;
    }

    public long number() {
        return states.get(best).header.number();
    }

    public int skipped() {
        return skipped;
    }

    public U128 paid() {
        return states.get(best).paid;
    }

    public void settings(Settings other) {
        settings = other;
    }

    public Settings settings() {
        return settings;
    }

    public void addStream(long id, int payeesOfStream) {
        payees.put(id, payeesOfStream);
    }

    /** Writes a session into the state of the best block. */
    public void put(long id, Session session) {
        Map<Long, Session> sessions = new TreeMap<>(states.get(best).sessions);
        sessions.put(id, session);
        State state = states.get(best);
        states.put(best, new State(state.header, sessions, state.nonce, state.paid));
    }

    /** Writes many. */
    public void putAll(Map<Long, Session> many) {
        Map<Long, Session> sessions = new TreeMap<>(states.get(best).sessions);
        sessions.putAll(many);
        State state = states.get(best);
        states.put(best, new State(state.header, sessions, state.nonce, state.paid));
    }

    public Optional<Session> find(long id) {
        return Optional.ofNullable(states.get(best).sessions.get(id));
    }

    /** Makes the next best block, with these extrinsics in it as far as they are valid. */
    public BestBlock produce(List<Bytes> extrinsics) {
        State parent = states.get(best);
        Header header = new Header(best, parent.header.number() + 1,
                Hash.wrap(Blake2b.hash256(new byte[]{(byte) forks})),
                Hash.ZERO, new Digest(List.of()));
        Map<Long, Session> sessions = new TreeMap<>(parent.sessions);
        sessions.values().removeIf(
                session -> session.status() instanceof SessionStatus.Closing(long until) && until <= header.number());
        State state = new State(header, sessions, parent.nonce, parent.paid);
        for (Bytes extrinsic : extrinsics) {
            state = apply(state, decode(extrinsic));
        }
        best = hash(header);
        states.put(best, state);
        return best();
    }

    /** Whether a batch could go into the next block. */
    public boolean isValid(Bytes extrinsic) {
        Batch batch = decode(extrinsic);
        State state = states.get(best);
        return batch.nonce() == state.nonce && batch.validUntil() > state.header.number()
                && batch.validUntil() <= state.header.number() + 1 + settings.validityMax()
                && batch.entries().size() <= settings.entriesMax() && batch.hashes() <= settings.hashesMax()
                && batch.payments() <= settings.paymentsMax();
    }

    private State apply(State state, Batch batch) {
        if (batch.nonce() != state.nonce || batch.validUntil() < state.header.number()) {
            return state;
        }
        U128 paid = state.paid;
        Map<Long, Session> sessions = new TreeMap<>(state.sessions);
        long hashes = 0;
        for (Entry entry : batch.entries()) {
            Session session = sessions.get(entry.session());
            long step = session == null ? 0 : entry.ticks() - session.settledTicks();
            boolean closes = session != null && entry.closeSecret().isPresent() && session.isOpen();
            if (session == null || step < 0 || step > LIMITS.stepMax() || step == 0 && !closes) {
                skipped++;
                continue;
            }
            hashes += step;
            U128 gross = session.terms().grossOf(entry.ticks()).minus(session.charged());
            byte[] reached = Sha2.chain(session.terms().salt().view(), entry.word().view(), (int) step);
            long now = START_MILLIS + state.header.number() * BLOCK_MILLIS;
            boolean ahead = entry.ticks() > Math.max(0, now - session.terms().openedAt()) / 1_000 + LIMITS.leadMax();
            if (ahead || gross.isMoreThan(session.escrow()) || !Arrays.equals(reached, session.anchor().view())) {
                skipped++;
                continue;
            }
            paid = paid.plus(gross);
            SessionStatus status = closes ? new SessionStatus.Closing(state.header.number() + LIMITS.challengeBlocks())
                    : session.status();
            sessions.put(entry.session(), new Session(session.terms(), entry.word(), entry.ticks(),
                    session.charged().plus(gross), U128.ZERO, session.escrow().minus(gross), status));
        }
        if (hashes > batch.hashes()) {
            throw new AssertionError("the batch announced " + batch.hashes() + " hashes and used " + hashes);
        }
        return new State(state.header, sessions, state.nonce + 1, paid);
    }

    /** Goes back some blocks, not behind the finalised one: the next block begins a fork. */
    public void retract(int blocks) {
        for (int i = 0; i < blocks && number() > finalised.number(); i++) {
            best = states.get(best).header.parentHash();
        }
        forks++;
    }

    public void finalise(long behind) {
        Hash at = best;
        for (long i = 0; i < behind && states.get(at).header.number() > finalised.number(); i++) {
            at = states.get(at).header.parentHash();
        }
        finalised = new FinalisedBlock(at, states.get(at).header.number());
    }

    private static Batch decode(Bytes extrinsic) {
        try {
            return Batch.CODEC.decodeAll(extrinsic.view());
        } catch (ScaleException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Settings settings(Hash at) {
        return settings;
    }

    @Override
    public Optional<Stream> stream(Hash at, long stream) {
        return Optional.ofNullable(payees.get(stream)).map(count -> new Stream(AccountId.ZERO, U128.ONE,
                java.util.Collections.nCopies(count, new Payee(AccountId.ZERO, new Permill(1))), 0, Bytes.EMPTY, true));
    }

    @Override
    public List<Optional<Session>> sessions(Hash at, List<Long> ids) throws ChainUnavailableException {
        return ids.stream().map(id -> Optional.ofNullable(states.get(at).sessions.get(id))).toList();
    }

    @Override
    public Optional<Session> session(long id) {
        return find(id);
    }

    @Override
    public Settings.Limits limits() {
        return LIMITS;
    }

    @Override
    public Optional<Long> nextNonce(Hash at, PublicKey key) {
        return Optional.of(states.get(at).nonce);
    }

    @Override
    public Bytes batchPayload(Hash at, Batch batch) {
        return Bytes.wrap(Batch.CODEC.encode(batch));
    }

    @Override
    public Bytes batchExtrinsic(Hash at, Batch batch, Bytes signature) {
        return new ScaleOutput().raw(Batch.CODEC.encode(batch)).toBytes();
    }

    @Override
    public long batchWeight(Hash at, Batch batch) {
        return BASE_WEIGHT + ENTRY_WEIGHT * batch.entries().size() + HASH_WEIGHT * batch.hashes()
                + PAYMENT_WEIGHT * batch.payments() + CLOSE_WEIGHT * batch.closes();
    }
}
