package io.vilokanam.consensus.grandpa.justification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.FinalityProof;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.authorities.SetHistory;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/** Answers {@code grandpa_proveFinality} ({@code sc_consensus_grandpa::finality_proof::prove_finality}). */
public final class FinalityProver {

    /** The answer for a block. */
    public sealed interface Outcome {

        record Proved(FinalityProof proof) implements Outcome {}

        /** The block may be final, but no justification is there to show it. */
        record NoJustification() implements Outcome {}

        /** The block is above the last finalised one. */
        record NotFinalized(long block, long finalized) implements Outcome {}

        /** Nobody here knows which set the block belongs to. */
        record UnknownSet(long block) implements Outcome {}
    }

    private final ProofSource source;

    public FinalityProver(ProofSource source) {
        this.source = source;
    }

    /** Proves that the block of this height is final, by the last block of its set or by the newest justification. */
    public Outcome prove(long block, SetHistory history) {
        if (block > source.finalized().number()) {
            return new Outcome.NotFinalized(block, source.finalized().number());
        }
        return switch (history.setOf(block)) {
            case SetHistory.Membership.Latest() -> source.newestJustification()
                    .map(newest -> proof(block, newest.target(), newest.asJustification().encoded()))
                    .orElse(new Outcome.NoJustification());
            case SetHistory.Membership.Past(var set) -> source.hash(set.lastBlock())
                    .flatMap(hash -> source.justification(hash)
                            .map(encoded -> proof(block, new BlockRef(hash, set.lastBlock()), encoded)))
                    .orElse(new Outcome.NoJustification());
            case SetHistory.Membership.Unknown() -> new Outcome.UnknownSet(block);
        };
    }

    private Outcome proof(long block, BlockRef justified, Bytes justification) {
        List<Header> headers = new ArrayList<>();
        long last = Math.min(justified.number(), block + FinalityProof.UNKNOWN_HEADERS_MAX);
        for (long number = block + 1; number <= last; number++) {
            source.hash(number).flatMap(source::header).ifPresent(headers::add);
        }
        return new Outcome.Proved(new FinalityProof(justified.hash(), justification, headers));
    }

    /**
     * A warp-sync proof from a finalised block on ({@code sc_consensus_grandpa::warp_proof}); empty where {@code begin}
     * is not on the finalised chain, or a justification or the history is missing.
     */
    public Optional<WarpSync> warp(Hash begin, SetHistory history) {
        Optional<Header> from = source.header(begin);
        boolean isFinal = from.isPresent() && from.get().number() <= source.finalized().number()
                && source.hash(from.get().number()).filter(begin::equals).isPresent();
        return isFinal ? history.endedAfter(from.get().number()).flatMap(ended -> warp(from.get().number(), ended))
                : Optional.empty();
    }

    private Optional<WarpSync> warp(long begin, List<SetHistory.Ended> ended) {
        WarpSync.Builder proof = new WarpSync.Builder();
        for (SetHistory.Ended set : ended) {
            Optional<Header> header = source.hash(set.lastBlock()).flatMap(source::header);
            if (header.isEmpty()) {
                return Optional.empty();
            }
            if (!WarpSync.Builder.hasChange(header.get())) {
                // The set ended by force: trust cannot be handed on beyond it.
                break;
            }
            Optional<Bytes> justification = source.justification(BlockRef.hashOf(header.get()));
            if (justification.isEmpty()) {
                return Optional.empty();
            }
            if (!proof.add(header.get(), justification.get())) {
                return Optional.of(proof.build(false));
            }
        }
        long newest = proof.lastNumber().map(number -> number + 1).orElse(begin);
        Optional<GrandpaJustification> best = source.newestJustification()
                .filter(justification -> justification.target().number() >= newest);
        boolean isFinished = best.isEmpty() || source.header(best.get().target().hash())
                .filter(header -> proof.add(header, best.get().asJustification().encoded())).isPresent();
        return Optional.of(proof.build(isFinished));
    }
}
