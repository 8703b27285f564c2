package io.vilokanam.node.finality;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.JustificationPeriod;
import io.vilokanam.consensus.grandpa.SignedVote;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.consensus.grandpa.authorities.AuthoritySet;
import io.vilokanam.consensus.grandpa.authorities.SetChangeException;
import io.vilokanam.consensus.grandpa.voter.GrandpaVoter;
import io.vilokanam.consensus.grandpa.voter.Input;
import io.vilokanam.consensus.grandpa.voter.Output;
import io.vilokanam.consensus.grandpa.voter.SetLimits;
import io.vilokanam.consensus.grandpa.voter.VoterConfig;
import io.vilokanam.consensus.grandpa.voter.VoterReport;
import io.vilokanam.consensus.grandpa.voter.VoterState;
import io.vilokanam.consensus.grandpa.voter.VotingRule;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.node.importing.BlockImporter;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.node.keystore.SignerUnavailableException;
import io.vilokanam.node.keystore.SigningPurpose;
import io.vilokanam.node.storage.KeyValueStore.Durability;
import io.vilokanam.node.storage.StoreFailure;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/**
 * The thread around the GRANDPA voter: hands it what happens, performs what it wants, and begins the next set's voter when one
 * set has ended. All votes are on disk before they are signed.
 */
public final class GrandpaDriver {

    /** So many inputs may wait; whoever brings one more waits too. */
    private static final int INPUTS_MAX = 4096;

    /** How often a signature is asked for again that nobody gave. */
    private static final long SIGNING_MILLIS = 1_000;

    /** How often a node without a key of the current voters looks whether it has got one. */
    private static final long KEY_MILLIS = 6_000;

    private static final Logger LOG = LoggerFactory.getLogger("grandpa");

    private static final byte[] STATE_KEY = Bytes.ascii("vilokanam_grandpa_voter").toArray();

    /**
     * How this node votes.
     *
     * @param gossipMillis the time a message needs to reach everybody
     */
    public record Options(long gossipMillis, VotingRule rule, JustificationPeriod period) {

        /** For a chain with one author: nobody to wait for. */
        public static Options development() {
            return new Options(VoterConfig.DEV_GOSSIP_MILLIS, VotingRule.NONE, JustificationPeriod.STOCK);
        }

        public static Options stock() {
            return new Options(VoterConfig.GOSSIP_MILLIS, VotingRule.STOCK, JustificationPeriod.STOCK);
        }
    }

    private final Chain chain;
    private final BlockImporter importer;
    private final GrandpaRules rules;
    private final Keystore keystore;
    private final Options options;
    private final LongSupplier nowMillis;
    private final StoredChainView view;
    private final BlockingQueue<LongFunction<Optional<Input>>> inputs = new ArrayBlockingQueue<>(INPUTS_MAX);
    private final List<FinalityListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<VoterReport> report = Optional.empty();
    private volatile Optional<CatchUp> completed = Optional.empty();

    private volatile int waiting;
    private volatile DoubleSignGuard guard = DoubleSignGuard.none();
    private boolean isHeld;
    private volatile Optional<PublicKey> ownKey = Optional.empty();
    private GrandpaVoter voter;
    private Optional<Long> timer = Optional.empty();
    private final Deque<Output.SignVote> unsigned = new ArrayDeque<>();
    private Optional<Long> signing = Optional.empty();
    private long keysSeen;

    public GrandpaDriver(Chain chain, BlockImporter importer, GrandpaRules rules, Keystore keystore, Options options,
            LongSupplier nowMillis) {
        this.chain = chain;
        this.importer = importer;
        this.rules = rules;
        this.keystore = keystore;
        this.options = options;
        this.nowMillis = nowMillis;
        this.view = new StoredChainView(chain);
    }

    public void listen(FinalityListener listener) {
        listeners.add(listener);
    }

    /** The rounds that are voted on; empty while the voter does not run. */
    public Optional<VoterReport> report() {
        return report;
    }

    /** The key that this node votes with in the current set. */
    public Optional<PublicKey> ownKey() {
        return ownKey;
    }

    /** How many messages wait for blocks that they are about. */
    public int waiting() {
        return waiting;
    }

    /**
     * Hands in a vote, commit or catch-up of others whose signatures were checked. Forgotten where it is of another set by the
     * time it is looked at. Waits while too much is waiting.
     */
    public void deliver(GossipMessage message) throws InterruptedException {
        if (guard.isHolding()) {
            tellGuard(message);
        }
        inputs.put(now -> voter.setId() == message.setId() ? Optional.of(input(message, now)) : Optional.empty());
    }

    private void tellGuard(GossipMessage message) {
        switch (message) {
            case GossipMessage.VoteMessage(var round, var setId, var vote) -> tellGuard(setId, round, vote.id());
            case GossipMessage.CommitMessage(var round, var setId, var commit) ->
                commit.precommits().forEach(precommit -> tellGuard(setId, round, precommit.id()));
            case GossipMessage.CatchUpMessage _,GossipMessage.Neighbor _,GossipMessage.CatchUpRequest _ -> {
                // Of rounds that are over, or of no vote at all.
            }
        }
    }

    private void tellGuard(long setId, long round, PublicKey voter) {
        if (keystore.has(KeyTypeId.GRANDPA, voter.bytes())) {
            guard.ownVoteHeard(setId, round, voter);
        } else {
            guard.roundHeard(setId, round);
        }
    }

    /** Before it runs: nothing is signed while the guard holds. */
    public void guard(DoubleSignGuard other) {
        guard = other;
    }

    /** Whether what this node voted in the current set is on disk. */
    public boolean knowsItsVotes() {
        return stored(rules.set().setId()).isPresent();
    }

    /** Looks again whether the guard holds. */
    public void wake() {
        inputs.offer(_ -> Optional.empty());
    }

    private static Input input(GossipMessage message, long now) {
        return switch (message) {
            case GossipMessage.VoteMessage(var round, var _, var vote) -> new Input.VoteReceived(now, round, vote);
            case GossipMessage.CommitMessage(var round, var _, var commit) ->
                new Input.CommitReceived(now, round, commit);
            case GossipMessage.CatchUpMessage(var _, var catchUp) -> new Input.CatchUpReceived(now, catchUp);
            case GossipMessage.Neighbor _,GossipMessage.CatchUpRequest _ ->
                throw new IllegalArgumentException("gossip keeps these to itself");
        };
    }

    /** The votes of the last round that was completed, if it is at least this one. */
    public Optional<CatchUp> catchUp(long round) {
        return completed.filter(last -> last.round() >= round);
    }

    /** Takes note of what happens to the chain; to be called with each event. Forgets a block where too much is waiting. */
    public void onEvent(ChainEvent event) {
        switch (event) {
            case ChainEvent.Imported imported ->
                inputs.offer(now -> Optional.of(new Input.BlockImported(now, imported.block())));
            case ChainEvent.Finalised finalised ->
                inputs.offer(now -> Optional.of(new Input.FinalityLearnt(now, finalised.last())));
        }
    }

    /** Votes until the thread is interrupted. */
    public void run() throws InterruptedException, KeystoreException {
        try {
            startVoter();
            while (!Thread.currentThread().isInterrupted()) {
                Optional<LongFunction<Optional<Input>>> next = next();
                long now = nowMillis.getAsLong();
                if (voter.setId() != rules.set().setId() || isHeld && !guard.isHolding() || hasGotKey(now)) {
                    startVoter();
                }
                Optional<Input> input = next.isPresent() ? next.get().apply(now) : due(now);
                if (input.isPresent()) {
                    step(input.get());
                }
                signAgain(now);
            }
        } finally {
            report = Optional.empty();
            completed = Optional.empty();
        }
    }

    /** The next input, or none when the time of the voter or of a signature has come. */
    private Optional<LongFunction<Optional<Input>>> next() throws InterruptedException {
        Optional<Long> at = Stream.of(timer, signing).flatMap(Optional::stream).min(Long::compare);
        if (at.isEmpty()) {
            return Optional.of(inputs.take());
        }
        long wait = at.get() - nowMillis.getAsLong();
        return wait <= 0 ? Optional.empty() : Optional.ofNullable(inputs.poll(wait, TimeUnit.MILLISECONDS));
    }

    private Optional<Input> due(long now) {
        if (timer.filter(at -> at <= now).isEmpty()) {
            return Optional.empty();
        }
        timer = Optional.empty();
        return Optional.of(new Input.TimerFired(now));
    }

    /** Whether a key of the current voters was inserted, or its signer came, since the voter began without one. */
    private boolean hasGotKey(long now) throws KeystoreException {
        if (isHeld || ownKey.isPresent() || now - keysSeen < KEY_MILLIS) {
            return false;
        }
        return heldKey(rules.set().voters()).isPresent();
    }

    private Optional<PublicKey> heldKey(VoterSet voters) throws KeystoreException {
        keysSeen = nowMillis.getAsLong();
        return keystore.publicKeys(KeyTypeId.GRANDPA).stream().filter(key -> key.size() == PublicKey.SIZE)
                .map(PublicKey::new).filter(voters::contains).findFirst();
    }

    private void startVoter() throws KeystoreException {
        AuthoritySet set = rules.set();
        VoterSet voters = set.voters();
        isHeld = guard.isHolding();
        Optional<PublicKey> own = isHeld ? Optional.empty() : heldKey(voters);
        ownKey = own;
        unsigned.clear();
        signing = Optional.empty();
        VoterConfig config = new VoterConfig(set.setId(), voters, own, options.gossipMillis(), options.rule());
        voter = new GrandpaVoter(config, view, SetLimits.of(rules::set, view), state(set.setId()), chain.finalised());
        timer = Optional.empty();
        listeners.forEach(listener -> listener.setStarted(set.setId(), voters));
        step(new Input.Started(nowMillis.getAsLong()));
    }

    /** What was persisted for this set, or its beginning behind the finalised block. */
    private VoterState state(long setId) {
        return stored(setId).orElseGet(() -> VoterState.first(setId, chain.finalised()));
    }

    private Optional<VoterState> stored(long setId) {
        return chain.store().auxiliary(STATE_KEY).map(GrandpaDriver::decode).filter(state -> state.setId() == setId);
    }

    private static VoterState decode(byte[] stored) {
        try {
            return VoterState.CODEC.decodeAll(stored);
        } catch (ScaleException e) {
            throw new StoreFailure("the database is damaged: the GRANDPA voter's state does not decode", e);
        }
    }

    private void step(Input first) throws KeystoreException {
        Deque<Input> own = new ArrayDeque<>(List.of(first));
        while (!own.isEmpty()) {
            boolean isEnded = false;
            for (Output output : voter.step(own.pop())) {
                isEnded |= output instanceof Output.SetEnded;
                perform(output).ifPresent(own::add);
            }
            if (isEnded) {
                startVoter();
                return;
            }
        }
        report = Optional.of(voter.report());
        waiting = voter.waiting();
    }

    /** Does what the voter wants; answers what follows for it. */
    private Optional<Input> perform(Output output) throws KeystoreException {
        switch (output) {
            case Output.Persist(var state) -> chain.store().batch()
                    .auxiliary(STATE_KEY, Optional.of(VoterState.CODEC.encode(state))).write(Durability.POWER);
            case Output.SignVote vote -> {
                return sign(vote);
            }
            case Output.Gossip(var message) -> listeners.forEach(listener -> listener.gossip(message));
            case Output.RoundStarted(var round) -> {
                completed = voter.catchUp(0);
                listeners.forEach(listener -> listener.roundStarted(voter.setId(), round));
            }
            case Output.Finalize finalize -> makeFinal(finalize);
            case Output.SetTimer(var at) -> timer = Optional.of(at);
            case Output.ReportEquivocation(var proof) -> listeners.forEach(listener -> listener.equivocated(proof));
            case Output.SeekBlock(var block) -> listeners.forEach(listener -> listener.blockWanted(block));
            case Output.CommitJudged(var round, var commit, var isGood) ->
                listeners.forEach(listener -> listener.commitJudged(round, commit, isGood));
            case Output.CatchUpJudged(var catchUp, var isGood) ->
                listeners.forEach(listener -> listener.catchUpJudged(catchUp, isGood));
            case Output.SetEnded _ -> {
                // The next voter starts when all outputs of this step are performed.
            }
        }
        return Optional.empty();
    }

    /** A vote whose signer does not answer is given later, while its round lasts: it is on disk, and stays the same. */
    private void signAgain(long now) throws KeystoreException {
        if (signing.filter(at -> at <= now).isEmpty()) {
            return;
        }
        signing = Optional.empty();
        List<Output.SignVote> votes = List.copyOf(unsigned);
        unsigned.clear();
        for (Output.SignVote vote : votes) {
            if (vote.setId() == voter.setId() && vote.round() >= voter.roundNumber()) {
                Optional<Input> signed = sign(vote);
                if (signed.isPresent()) {
                    step(signed.get());
                }
            }
        }
    }

    private Optional<Input> sign(Output.SignVote wanted) throws KeystoreException {
        Vote vote = wanted.vote();
        String stage = switch (vote.stage()) {
            case PREVOTE -> "prevote";
            case PRECOMMIT -> "precommit";
            case PRIMARY_PROPOSE -> "primary-propose";
        };
        try {
            Optional<Bytes> signature = keystore.sign(KeyTypeId.GRANDPA, Scheme.ED25519, wanted.id().bytes(),
                    vote.payload(wanted.round(), wanted.setId()),
                    new SigningPurpose.GrandpaVote(wanted.setId(), wanted.round(), stage));
            if (signature.isPresent()) {
                return Optional.of(new Input.VoteSigned(nowMillis.getAsLong(), wanted.round(),
                        new SignedVote(vote, signature.get(), wanted.id())));
            }
        } catch (SignerUnavailableException e) {
            if (e.isRefusal()) {
                LOG.warn("a vote is not given round={} stage={} reason={}", wanted.round(), stage, e.getMessage());
                return Optional.empty();
            }
        }
        unsigned.add(wanted);
        signing = Optional.of(nowMillis.getAsLong() + SIGNING_MILLIS);
        return Optional.empty();
    }

    private void makeFinal(Output.Finalize finalize) {
        BlockRef block = finalize.block();
        Justification justification = finalize.justification().asJustification();
        if (importer.finalise(block, justification, () -> options.period().keeps(block.number(),
                chain.finalised().number(), enactsChange(block)))) {
            listeners.forEach(listener -> listener.finalised(block, finalize.justification()));
        }
    }

    private boolean enactsChange(BlockRef block) {
        try {
            return rules.set().finalizing(block, view).newSet().isPresent();
        } catch (SetChangeException e) {
            throw new IllegalStateException("the voter finalises " + block + " against the rules of its set", e);
        }
    }
}
