package io.vilokanam.consensus.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.consensus.aura.AuraVerdict;
import io.vilokanam.consensus.aura.AuraVerifier;
import io.vilokanam.consensus.aura.SlotClock;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.GrandpaLog;
import io.vilokanam.consensus.grandpa.SignedVote;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.consensus.grandpa.authorities.AuthoritySet;
import io.vilokanam.consensus.grandpa.authorities.SetChangeException;
import io.vilokanam.consensus.grandpa.gossip.GossipInput;
import io.vilokanam.consensus.grandpa.gossip.GossipOutput;
import io.vilokanam.consensus.grandpa.gossip.GossipTimes;
import io.vilokanam.consensus.grandpa.gossip.GrandpaGossip;
import io.vilokanam.consensus.grandpa.gossip.PeerRole;
import io.vilokanam.consensus.grandpa.justification.JustificationVerdict;
import io.vilokanam.consensus.grandpa.justification.JustificationVerifier;
import io.vilokanam.consensus.grandpa.voter.GrandpaVoter;
import io.vilokanam.consensus.grandpa.voter.Input;
import io.vilokanam.consensus.grandpa.voter.Output;
import io.vilokanam.consensus.grandpa.voter.SetLimits;
import io.vilokanam.consensus.grandpa.voter.VoterConfig;
import io.vilokanam.consensus.grandpa.voter.VoterState;
import io.vilokanam.consensus.grandpa.voter.VotingRule;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/**
 * A whole node in miniature: Aura, import, the authority set, gossip and the voter, wired as a real node wires them.
 * Chain, authority set and voter state are its disk and survive a crash; all else is memory.
 */
class SimNode {

    static final SlotClock SLOTS = new SlotClock(2_000);
    static final long GOSSIP_MILLIS = 333;
    static final GossipTimes TIMES = new GossipTimes(20_000, 15_000, 10_000, 5_000);

    /** The next-set announcements that the chain's authors write: at which height, who, after how many blocks. */
    record PlannedChange(long height, List<Integer> validators, long delay) {}

    final int index;
    private final Simulation net;
    private final List<PlannedChange> plan;
    private final PublicKey key;
    private final List<PublicKey> authors;
    private final JustificationVerifier verifier = new JustificationVerifier(FakeKeys.CHECK);
    private final AuraVerifier aura = new AuraVerifier(FakeKeys.CHECK);

    // On disk.
    final SimChain chain;
    private AuthoritySet set;
    private VoterState state;

    // In memory.
    private Optional<GrandpaVoter> voter = Optional.empty();
    private Optional<GrandpaGossip<Integer>> gossip = Optional.empty();
    private final Map<Hash, List<Header>> orphans = new HashMap<>();
    private int life;

    SimNode(int index, int validators, Simulation net, BlockRef genesis, List<PlannedChange> plan) {
        this.index = index;
        this.net = net;
        this.plan = plan;
        this.key = FakeKeys.key(index);
        this.authors = new ArrayList<>();
        List<Authority> authorities = new ArrayList<>();
        for (int i = 0; i < validators; i++) {
            authors.add(FakeKeys.key(i));
            authorities.add(new Authority(FakeKeys.key(i), 1));
        }
        chain = new SimChain(genesis);
        set = AuthoritySet.genesis(authorities).orElseThrow();
        state = VoterState.first(0, genesis);
    }

    boolean isUp() {
        return gossip.isPresent();
    }

    long setId() {
        return set.setId();
    }

    /** Which of the node's lives this is: timers of an earlier one are void. */
    int life() {
        return life;
    }

    private long now() {
        return net.clock(this);
    }

    void start() {
        life++;
        gossip = Optional.of(new GrandpaGossip<>(TIMES, FakeKeys.CHECK,
                round -> voter.flatMap(present -> present.catchUp(round))));
        startVoter();
        net.slotTimer(this, SLOTS.nextSlotStart(now()));
    }

    void crash() {
        gossip = Optional.empty();
        voter = Optional.empty();
        orphans.clear();
    }

    private void startVoter() {
        var config = new VoterConfig(set.setId(), set.voters(), Optional.of(key), GOSSIP_MILLIS, VotingRule.NONE);
        perform(gossip.orElseThrow().step(new GossipInput.SetStarted<>(now(), set.setId(), set.voters())));
        voter = Optional.of(new GrandpaVoter(config, chain, SetLimits.of(() -> set, chain), state, chain.finalized()));
        tell(new Input.Started(now()));
    }

    void connect(int peer) {
        perform(gossip.orElseThrow().step(new GossipInput.PeerConnected<>(now(), peer, PeerRole.AUTHORITY)));
        net.send(this, peer, new Wire.Block(chain.header(chain.best().hash()).orElse(genesisChild())));
    }

    /** A block that nobody can use, for want of anything to announce at genesis. */
    private static Header genesisChild() {
        return new Header(Hash.ZERO, 1, Hash.ZERO, Hash.ZERO, Digest.EMPTY);
    }

    void disconnect(int peer) {
        perform(gossip.orElseThrow().step(new GossipInput.PeerDisconnected<>(now(), peer)));
    }

    void slot() {
        long slot = SLOTS.slotAt(now());
        if (AuraVerifier.author(slot, authors).filter(key::equals).isPresent() && slot > slotOf(chain.best())) {
            author(slot, chain.best());
        }
        set.awaitingJustification(chain, chain.finalized().number())
                .forEach(block -> net.broadcast(this, new Wire.JustificationRequest(block)));
        net.slotTimer(this, SLOTS.nextSlotStart(now()));
    }

    void author(long slot, BlockRef parent) {
        imported(build(slot, parent, 0), -1);
    }

    private long slotOf(BlockRef block) {
        return chain.header(block.hash()).flatMap(AuraDigest::slotOf).orElse(0L);
    }

    Header build(long slot, BlockRef parent, int variant) {
        List<DigestItem> items = new ArrayList<>(List.of(AuraDigest.preDigest(slot)));
        plan.stream().filter(change -> change.height == parent.number() + 1).forEach(change -> {
            var next = change.validators.stream().map(i -> new Authority(FakeKeys.key(i), 1)).toList();
            items.add(new DigestItem.Consensus(DigestItem.GRANDPA,
                    Bytes.wrap(GrandpaLog.CODEC.encode(new GrandpaLog.ScheduledChange(next, change.delay)))));
        });
        byte[] root = new byte[Hash.SIZE];
        root[0] = (byte) variant;
        var unsealed = new Header(parent.hash(), parent.number() + 1, Hash.wrap(root), Hash.ZERO, new Digest(items));
        byte[] message = AuraVerifier.sealedMessage(unsealed).toArray();
        return unsealed.withDigest(unsealed.digest().plus(AuraDigest.seal(FakeKeys.sign(key, message))));
    }

    void receive(int from, Wire wire) {
        switch (wire) {
            case Wire.Block(var header) -> imported(header, from);
            case Wire.BlockRequest(var hash) ->
                chain.header(hash).ifPresent(header -> net.send(this, from, new Wire.Block(header)));
            case Wire.Gossip(var bytes) ->
                perform(gossip.orElseThrow().step(new GossipInput.Received<>(now(), from, bytes)));
            case Wire.JustificationRequest(var block) -> chain.justification(block)
                    .ifPresent(proof -> net.send(this, from, new Wire.JustificationAnswer(proof)));
            case Wire.JustificationAnswer(var justification) -> synced(justification);
        }
    }

    void imported(Header header, int from) {
        Hash hash = BlockRef.hashOf(header);
        if (chain.knows(hash) || header.number() <= chain.finalized().number()) {
            return;
        }
        if (!chain.knows(header.parentHash())) {
            List<Header> waiting = orphans.computeIfAbsent(header.parentHash(), _ -> new ArrayList<>());
            if (!waiting.contains(header)) {
                waiting.add(header);
            }
            net.send(this, from, new Wire.BlockRequest(header.parentHash()));
            return;
        }
        var parentSlot = OptionalLong.of(chain.header(header.parentHash()).flatMap(AuraDigest::slotOf).orElse(0L));
        if (aura.check(header, authors, SLOTS.slotAt(now()), parentSlot) instanceof AuraVerdict.Invalid) {
            return;
        }
        try {
            var outcome = set.importing(header, chain);
            set = outcome.set();
            BlockRef block = chain.add(header);
            net.broadcastBut(this, from, new Wire.Block(header));
            tell(new Input.BlockImported(now(), block));
        } catch (SetChangeException refused) {
            throw new AssertionError("nobody announces a wrong change here: " + refused.getMessage());
        }
        List<Header> children = orphans.remove(hash);
        if (children != null) {
            children.forEach(child -> imported(child, from));
        }
    }

    /** A justification by sync, for a block that ends the set. */
    private void synced(GrandpaJustification justification) {
        BlockRef block = justification.target();
        if (chain.knows(block.hash()) && block.number() > chain.finalized().number()
                && verifier.verify(justification, set.setId(),
                        set.authorities()) instanceof JustificationVerdict.Valid) {
            finalized(block, justification);
        }
    }

    private void finalized(BlockRef block, GrandpaJustification justification) {
        if (block.number() <= chain.finalized().number()) {
            return;
        }
        try {
            var outcome = set.finalizing(block, chain);
            set = outcome.set();
            net.noteFinal(this, chain.finalize(block, justification));
            if (outcome.newSet().isPresent()) {
                state = VoterState.first(set.setId(), block);
                startVoter();
            }
        } catch (SetChangeException refused) {
            throw new AssertionError("safety: finality passes over a change: " + refused.getMessage());
        }
    }

    void voterTimer() {
        tell(new Input.TimerFired(now()));
    }

    void gossipTimer() {
        perform(gossip.orElseThrow().step(new GossipInput.TimerFired<>(now())));
    }

    private void tell(Input input) {
        GrandpaVoter speaker = voter.orElseThrow();
        for (Output output : speaker.step(input)) {
            perform(output, speaker);
        }
    }

    private void perform(Output output, GrandpaVoter speaker) {
        boolean isPresent = voter.filter(present -> present == speaker).isPresent();
        switch (output) {
            case Output.Persist(var next) -> {
                if (isPresent) {
                    state = next;
                }
            }
            case Output.SignVote(var round, var setId, var _, var vote) -> {
                if (isPresent) {
                    cast(round, setId, vote);
                }
            }
            case Output.Gossip(var message) -> {
                if (isPresent) {
                    perform(gossip.orElseThrow().step(new GossipInput.Say<>(now(), message)));
                }
            }
            case Output.RoundStarted(var round) -> {
                if (isPresent) {
                    perform(gossip.orElseThrow().step(new GossipInput.RoundStarted<>(now(), round)));
                }
            }
            case Output.Finalize(var block, var _, var justification) -> {
                assertValid(justification, speaker);
                finalized(block, justification);
            }
            case Output.SetTimer(var at) -> net.voterTimer(this, at);
            case Output.ReportEquivocation(var proof) -> net.noteEquivocation(this, proof);
            case Output.SeekBlock(var block) -> net.broadcast(this, new Wire.BlockRequest(block.hash()));
            case Output.CommitJudged(var round, var commit, var isGood) ->
                perform(gossip.orElseThrow().step(new GossipInput.CommitJudged<>(now(), round, commit, isGood)));
            case Output.CatchUpJudged(var catchUp, var isGood) ->
                perform(gossip.orElseThrow().step(new GossipInput.CatchUpJudged<>(now(), catchUp, isGood)));
            case Output.SetEnded _ -> {
                // The finality that ended the set has started the next voter already.
            }
        }
    }

    private void assertValid(GrandpaJustification justification, GrandpaVoter speaker) {
        if (speaker.setId() == set.setId() && verifier.verify(justification, set.setId(),
                set.authorities()) instanceof JustificationVerdict.Invalid invalid) {
            throw new AssertionError("safety: a voter's own justification is invalid: " + invalid.reason());
        }
    }

    void cast(long round, long setId, Vote vote) {
        net.noteVote(this, setId, round, vote);
        tell(new Input.VoteSigned(now(), round, sign(round, setId, vote)));
    }

    SignedVote sign(long round, long setId, Vote vote) {
        return new SignedVote(vote, FakeKeys.sign(key, vote.payload(round, setId)), key);
    }

    private void perform(List<GossipOutput<Integer>> outputs) {
        for (GossipOutput<Integer> output : outputs) {
            switch (output) {
                case GossipOutput.Send<Integer>(var peer, var bytes) -> net.send(this, peer, new Wire.Gossip(bytes));
                case GossipOutput.Deliver<Integer>(var message) -> deliver(message);
                case GossipOutput.Report<Integer>(var peer, var reputation) ->
                    net.noteReputation(this, peer, reputation);
                case GossipOutput.SetTimer<Integer>(var at) -> net.gossipTimer(this, at);
            }
        }
    }

    private void deliver(GossipMessage message) {
        if (voter.filter(present -> present.setId() == message.setId()).isEmpty()) {
            return;
        }
        switch (message) {
            case GossipMessage.VoteMessage(var round, var _, var vote) ->
                tell(new Input.VoteReceived(now(), round, vote));
            case GossipMessage.CommitMessage(var round, var _, var commit) ->
                tell(new Input.CommitReceived(now(), round, commit));
            case GossipMessage.CatchUpMessage(var _, var catchUp) ->
                tell(new Input.CatchUpReceived(now(), catchUp));
            case GossipMessage.Neighbor _,GossipMessage.CatchUpRequest _ ->
                throw new AssertionError("gossip keeps these to itself");
        }
    }

    long round() {
        return voter.map(GrandpaVoter::roundNumber).orElse(0L);
    }

    @Override
    public String toString() {
        return "node " + index + (isUp() ? "" : " (down)") + ": best " + chain.best().number() + ", finalised "
                + chain.finalized().number() + ", set " + set.setId() + ", round " + round();
    }
}
