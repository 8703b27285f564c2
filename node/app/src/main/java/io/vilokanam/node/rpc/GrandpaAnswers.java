package io.vilokanam.node.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.FinalityProof;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.authorities.SetHistory;
import io.vilokanam.consensus.grandpa.voter.VoterReport;
import io.vilokanam.node.finality.GrandpaDriver;
import io.vilokanam.node.finality.GrandpaRules;
import io.vilokanam.node.finality.LatestJustification;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.rpc.backend.FinalityProofException;
import io.vilokanam.rpc.backend.GrandpaBackend;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.scale.Bytes;

/** What RPC asks of GRANDPA. Source of the proofs: sc-consensus-grandpa, {@code finality_proof.rs}. */
public final class GrandpaAnswers implements GrandpaBackend {

    private final Chain chain;
    private final GrandpaRules rules;
    private final Optional<GrandpaDriver> driver;
    private final List<Consumer<Bytes>> listeners = new CopyOnWriteArrayList<>();

    public GrandpaAnswers(Chain chain, GrandpaRules rules, Optional<GrandpaDriver> driver) {
        this.chain = chain;
        this.rules = rules;
        this.driver = driver;
        chain.listen(this::onEvent);
    }

    /** Whoever proved it, our voter or a peer: the proof is written together with the finality. */
    private void onEvent(ChainEvent event) {
        if (event instanceof ChainEvent.Finalised finalised && !listeners.isEmpty()) {
            LatestJustification.read(chain.store()).filter(proof -> proof.target().equals(finalised.last()))
                    .map(proof -> Bytes.wrap(GrandpaJustification.CODEC.encode(proof)))
                    .ifPresent(encoded -> listeners.forEach(listener -> listener.accept(encoded)));
        }
    }

    @Override
    public Optional<VoterState> roundState() {
        return driver.flatMap(GrandpaDriver::report).map(report -> new VoterState(report.setId(), round(report.best()),
                report.background().stream().map(GrandpaAnswers::round).toList()));
    }

    private static Round round(VoterReport.RoundReport round) {
        return new Round(round.round(), round.totalWeight(), round.thresholdWeight(), tally(round.prevotes()),
                tally(round.precommits()));
    }

    private static Tally tally(VoterReport.VotesReport votes) {
        return new Tally(votes.currentWeight(), votes.missing());
    }

    @Override
    public Optional<Bytes> proveFinality(long number) throws FinalityProofException {
        if (number > chain.finalised().number()) {
            throw new FinalityProofException("Block not yet finalized");
        }
        SetHistory history = rules.set().history();
        SetHistory.Membership membership = history.sets().isEmpty() ? new SetHistory.Membership.Latest()
                : history.setOf(number);
        return switch (membership) {
            case SetHistory.Membership.Latest() -> latest(number);
            case SetHistory.Membership.Past(var set) -> past(number, set.lastBlock());
            case SetHistory.Membership.Unknown() -> throw new FinalityProofException(
                    "Block not covered by authority set changes");
        };
    }

    private Optional<Bytes> latest(long number) {
        return LatestJustification.read(chain.store()).filter(proof -> proof.target().number() >= number)
                .flatMap(proof -> proof(number, proof.target(), Bytes.wrap(GrandpaJustification.CODEC.encode(proof))));
    }

    private Optional<Bytes> past(long number, long lastBlock) {
        Optional<Hash> hash = chain.canonicalHash(lastBlock);
        Optional<Justification> stored = hash.flatMap(chain::justifications)
                .flatMap(all -> all.stream().filter(proof -> proof.engine().equals(DigestItem.GRANDPA)).findFirst());
        return stored.flatMap(proof -> proof(number, new BlockRef(hash.get(), lastBlock), proof.encoded()));
    }

    private Optional<Bytes> proof(long number, BlockRef target, Bytes justification) {
        List<Header> headers = new ArrayList<>();
        for (long at = number + 1; at <= target.number() && headers.size() < FinalityProof.UNKNOWN_HEADERS_MAX; at++) {
            chain.canonicalHash(at).flatMap(chain::header).ifPresent(headers::add);
        }
        return Optional.of(Bytes.wrap(
                FinalityProof.CODEC.encode(new FinalityProof(target.hash(), justification, headers))));
    }

    @Override
    public Registration watchJustifications(Consumer<Bytes> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
