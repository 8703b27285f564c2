package io.vilokanam.node.metrics;

import java.util.concurrent.atomic.LongAdder;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.node.authoring.Proposal;
import io.vilokanam.node.authoring.SlotListener;
import io.vilokanam.node.finality.FinalityListener;
import io.vilokanam.node.importing.ImportObserver;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.measure.Histogram;
import io.vilokanam.node.measure.Measures;
import io.vilokanam.primitives.Hash;

/** Takes the time of what authoring, importing and voting do, under the names of stock nodes. */
public final class WorkMeasures implements SlotListener, FinalityListener, ImportObserver {

    private static final double MILLIS_PER_SECOND = 1e3;

    private final Histogram constructed;
    private final Histogram proposal;
    private final Histogram inherents;
    private final Measures.Family<LongAdder> ends;
    private final LongAdder prevotes;
    private final LongAdder precommits;
    private final LongAdder failedSlots;
    private final Measures.Family<LongAdder> processed;
    private final Measures.Family<Histogram> verified;
    private final Histogram imported;
    private final Histogram proofs;
    private final TaskMeasures tasks;
    private volatile long proposedTransactions;
    private volatile long round;

    public WorkMeasures(Measures measures, TaskMeasures tasks) {
        this.tasks = tasks;
        constructed = seconds(measures, "substrate_proposer_block_constructed");
        proposal = seconds(measures, "substrate_proposer_block_proposal_time");
        inherents = seconds(measures, "substrate_proposer_create_inherents_time");
        ends = measures.counters("substrate_proposer_end_proposal_reason", "reason");
        for (Proposal.EndReason reason : Proposal.EndReason.values()) {
            ends.of(reason.metric());
        }
        measures.gauge("substrate_proposer_number_of_transactions", () -> proposedTransactions);
        measures.gauge("substrate_finality_grandpa_round", () -> round);
        prevotes = measures.counters("substrate_finality_grandpa_prevotes_total").of();
        precommits = measures.counters("substrate_finality_grandpa_precommits_total").of();
        failedSlots = measures.counters("vilokanam_slots_failed_total").of();
        processed = measures.counters("substrate_import_queue_processed_total", "result");
        verified = measures.histograms("substrate_block_verification_time", Histogram.seconds(), "result");
        imported = seconds(measures, "substrate_block_verification_and_import_time");
        proofs = seconds(measures, "substrate_justification_import_time");
    }

    private static Histogram seconds(Measures measures, String name) {
        return measures.histograms(name, Histogram.seconds()).of();
    }

    @Override
    public void started(BlockRef parent) {
        // Counted when the block is proposed.
    }

    @Override
    public void proposed(Proposal made, Hash unsealed) {
        proposedTransactions = made.body().size();
        double took = made.took().toMillis() / MILLIS_PER_SECOND;
        constructed.record(took);
        proposal.record(took);
        inherents.recordNanos(made.inherentsTook().toNanos());
        ends.of(made.end().metric()).increment();
        tasks.polled("basic-authorship-proposer", made.took().toNanos());
    }

    @Override
    public void sealed(BlockRef block, Hash unsealed) {
        // The block shows in substrate_block_height.
    }

    @Override
    public void failed(long slot, String why) {
        failedSlots.increment();
    }

    @Override
    public void roundStarted(long setId, long number) {
        round = number;
    }

    @Override
    public void gossip(GossipMessage message) {
        if (message instanceof GossipMessage.VoteMessage(var _, var _, var vote)) {
            (vote.vote().stage() == Stage.PRECOMMIT ? precommits : prevotes).increment();
        }
    }

    @Override
    public void imported(ImportVerdict verdict, long verifyNanos, long nanos) {
        processed.of(result(verdict)).increment();
        if (verifyNanos > 0) {
            boolean isVerified = !(verdict instanceof ImportVerdict.BadSeal);
            verified.of(isVerified ? "success" : "verification_failed").recordNanos(verifyNanos);
        }
        if (verdict instanceof ImportVerdict.Imported) {
            imported.recordNanos(nanos);
        }
        tasks.polled("basic-block-import-worker", nanos);
    }

    /** A proof of finality of a peer was looked at. */
    public void proved(long nanos) {
        proofs.recordNanos(nanos);
    }

    private static String result(ImportVerdict verdict) {
        return switch (verdict) {
            case ImportVerdict.Imported _,ImportVerdict.AlreadyKnown _ -> "success";
            case ImportVerdict.UnknownParent _ -> "unknown_parent";
            case ImportVerdict.BadSeal _,ImportVerdict.WrongNumber _,ImportVerdict.BadInherents _ ->
                "verification_failed";
            case ImportVerdict.CannotExecute _ -> "missing_state";
            case ImportVerdict.WrongExtrinsicsRoot _,ImportVerdict.WrongStateRoot _,ImportVerdict.ExecutionFailed _,ImportVerdict.BadAnnouncement _ ->
                "bad_block";
            case ImportVerdict.NotOnFinalised _,ImportVerdict.TreeFull _ -> "failed";
        };
    }
}
