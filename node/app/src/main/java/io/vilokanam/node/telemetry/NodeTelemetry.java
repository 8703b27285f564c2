package io.vilokanam.node.telemetry;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.node.authoring.Proposal;
import io.vilokanam.node.authoring.SlotListener;
import io.vilokanam.node.finality.FinalityListener;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.network.Traffic;
import io.vilokanam.node.network.announce.ChainPeers;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;

/** Tells telemetry servers what happens to a node, in the messages of stock nodes. */
public final class NodeTelemetry implements SlotListener, FinalityListener {

    private static final int SUBSTRATE_INFO = 0;
    private static final int CONSENSUS_INFO = 1;
    private static final int CONSENSUS_DEBUG = 5;
    private static final long INTERVAL_MILLIS = 5_000;
    private static final long MILLIS = 1_000;
    /** While the chain is downloaded, one block of so many is told. */
    private static final long SYNC_SHARE = 10;

    /**
     * What is told of.
     *
     * @param address how a voter's key is written
     * @param own the node's own voting keys
     */
    public record Sources(Chain chain, ChainStore store, ChainPeers peers, TransactionPool pool,
            Function<PublicKey, String> address, Function<VoterSet, Optional<PublicKey>> own) {}

    private final Telemetry telemetry;
    private final Sources sources;

    public NodeTelemetry(Telemetry telemetry, Sources sources) {
        this.telemetry = telemetry;
        this.sources = sources;
    }

    private void send(int verbosity, String message, Object... fields) {
        SortedMap<String, Object> payload = new TreeMap<>();
        payload.put("msg", message);
        for (int i = 0; i < fields.length; i += 2) {
            payload.put((String) fields[i], fields[i + 1]);
        }
        telemetry.send(verbosity, payload);
    }

    /** Tells every five seconds where the node stands, until the thread is interrupted. */
    public void run() throws InterruptedException {
        Traffic before = sources.peers().traffic();
        while (!Thread.currentThread().isInterrupted()) {
            Thread.sleep(INTERVAL_MILLIS);
            BlockRef best = sources.chain().best();
            BlockRef finalised = sources.chain().finalised();
            send(SUBSTRATE_INFO, "system.interval", "height", best.number(), "best", best.hash().toString(), "txcount",
                    sources.pool().status().ready(), "finalized_height", finalised.number(), "finalized_hash",
                    finalised.hash().toString(), "used_state_cache_size", sources.store().unwrittenBytes());
            Traffic now = sources.peers().traffic();
            send(SUBSTRATE_INFO, "system.interval", "peers", sources.peers().peers().size(), "bandwidth_download",
                    (now.received() - before.received()) * MILLIS / INTERVAL_MILLIS, "bandwidth_upload",
                    (now.sent() - before.sent()) * MILLIS / INTERVAL_MILLIS);
            before = now;
        }
    }

    /** Called with each event, under the chain's lock. */
    public void onEvent(ChainEvent event) {
        switch (event) {
            case ChainEvent.Imported imported -> {
                long number = imported.block().number();
                boolean isTold = imported.origin() != BlockOrigin.SYNC || number % SYNC_SHARE == 0;
                if (imported.route().isPresent() && isTold) {
                    send(SUBSTRATE_INFO, "block.import", "height", number, "best", imported.block().hash().toString(),
                            "origin", switch (imported.origin()) {
                                case OWN -> "Own";
                                case FILE -> "File";
                                case BROADCAST -> "NetworkBroadcast";
                                case SYNC -> "NetworkInitialSync";
                            });
                }
            }
            case ChainEvent.Finalised finalised -> send(SUBSTRATE_INFO, "notify.finalized", "height",
                    Long.toString(finalised.last().number()), "best", finalised.last().hash().toString());
        }
    }

    /** A transaction came into the pool. */
    public void onTransaction() {
        TransactionPool.Status status = sources.pool().status();
        send(SUBSTRATE_INFO, "txpool.import", "ready", status.ready(), "future", status.future());
    }

    @Override
    public void started(BlockRef parent) {
        // Told when the block is proposed: the slot stands in its header.
    }

    @Override
    public void proposed(Proposal proposal, Hash unsealed) {
        AuraDigest.slotOf(proposal.header())
                .ifPresent(slot -> send(CONSENSUS_DEBUG, "slots.starting_authorship", "slot_num", slot));
        send(CONSENSUS_INFO, "prepared_block_for_proposing", "number", Long.toString(proposal.header().number()),
                "hash",
                unsealed.toString());
    }

    @Override
    public void sealed(BlockRef block, Hash unsealed) {
        send(CONSENSUS_INFO, "slots.pre_sealed_block", "header_num", Long.toString(block.number()), "hash_now",
                block.hash().toString(), "hash_previously", unsealed.toString());
    }

    @Override
    public void failed(long slot, String why) {
        send(CONSENSUS_INFO, "slots.discarding_proposal_took_too_long", "slot", slot);
    }

    @Override
    public void setStarted(long setId, VoterSet voters) {
        String authorities = voters.voters().stream().map(voter -> '"' + sources.address().apply(voter.id()) + '"')
                .collect(Collectors.joining(",", "[", "]"));
        send(CONSENSUS_INFO, "afg.authority_set", "authority_id",
                sources.own().apply(voters).map(sources.address()).orElse(""), "authority_set_id",
                Long.toString(setId), "authorities", authorities);
    }

    @Override
    public void finalised(BlockRef block, GrandpaJustification justification) {
        send(CONSENSUS_INFO, "afg.finalized_blocks_up_to", "number", Long.toString(block.number()), "hash",
                block.hash().toString());
    }

    @Override
    public void gossip(GossipMessage message) {
        switch (message) {
            case GossipMessage.VoteMessage(var round, var setId, var signed) -> {
                Vote vote = signed.vote();
                send(CONSENSUS_DEBUG, vote.stage() == Stage.PRECOMMIT ? "afg.precommit_issued" : "afg.prevote_issued",
                        "round", round, "target_number", Long.toString(vote.target().number()), "target_hash",
                        vote.target().hash().toString());
                send(CONSENSUS_DEBUG, "afg.announcing_blocks_to_voted_peers", "block", vote.target().hash().toString(),
                        "round", Long.toString(round), "set_id", Long.toString(setId));
            }
            case GossipMessage.CommitMessage(var _, var _, var commit) -> send(CONSENSUS_DEBUG, "afg.commit_issued",
                    "target_number", Long.toString(commit.target().number()), "target_hash",
                    commit.target().hash().toString());
            case GossipMessage.Neighbor _,GossipMessage.CatchUpRequest _,GossipMessage.CatchUpMessage _ -> {
                // Of these stock nodes tell nothing.
            }
        }
    }

    @Override
    public void commitJudged(long round, Commit commit, boolean isGood) {
        List<String> signers = commit.precommits().stream()
                .map(precommit -> '"' + sources.address().apply(precommit.id()) + '"').toList();
        send(CONSENSUS_INFO, "afg.received_commit", "contains_precommits_signed_by", signers.toString(),
                "target_number", Long.toString(commit.target().number()), "target_hash",
                commit.target().hash().toString());
    }
}
