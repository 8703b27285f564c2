package io.vilokanam.node.offchain;

import java.util.Optional;
import java.util.function.Consumer;

import io.vilokanam.offchain.collector.CollectorFullException;
import io.vilokanam.offchain.collector.Followers;
import io.vilokanam.offchain.collector.KnownSession;
import io.vilokanam.offchain.collector.SessionFacts;
import io.vilokanam.offchain.collector.Submission;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.tickstream.TickBackend;
import io.vilokanam.rpc.tickstream.TickUnavailableException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** What RPC asks of the collector. */
public final class CollectorAnswers implements TickBackend {

    private final TickCollector collector;
    private final Followers followers;

    public CollectorAnswers(TickCollector collector, Followers followers) {
        this.collector = collector;
        this.followers = followers;
    }

    @Override
    public Answer submit(long session, long ticks, Bytes word) throws TickUnavailableException {
        try {
            return answer(collector.submit(session, ticks, word));
        } catch (ChainUnavailableException | CollectorFullException e) {
            throw new TickUnavailableException(e.getMessage());
        }
    }

    @Override
    public Answer release(long session, Bytes secret) throws TickUnavailableException {
        try {
            return answer(collector.release(session, secret));
        } catch (ChainUnavailableException | CollectorFullException e) {
            throw new TickUnavailableException(e.getMessage());
        }
    }

    @Override
    public long paidTicks(long session) {
        return collector.find(session).map(KnownSession::ticks).orElse(0L);
    }

    @Override
    public Registration followSession(long session, Consumer<Progress> listener) throws TickUnavailableException {
        try {
            return followers.followSession(session, known -> listener.accept(progress(known)))::run;
        } catch (ChainUnavailableException e) {
            throw new TickUnavailableException(e.getMessage());
        }
    }

    private static Progress progress(Optional<KnownSession> known) {
        if (known.isEmpty()) {
            return new Progress(Status.OVER, 0, 0, 0, U128.ZERO);
        }
        SessionFacts facts = known.get().facts();
        long ticks = known.get().ticks();
        return new Progress(facts.isClosing() ? Status.CLOSING : Status.OPEN, ticks, facts.settledTicks(),
                Math.max(0, facts.payableTicks() - ticks), facts.leftAfter(ticks));
    }

    @Override
    public Registration followStream(long stream, Consumer<TickBackend.StreamProgress> listener) {
        return followers.followStream(stream,
                progress -> listener.accept(new TickBackend.StreamProgress(progress.paying(),
                        progress.paidTicks(), progress.settledTicks(), progress.paid(), progress.settled(),
                        progress.changed().stream().map(CollectorAnswers::change).toList())))::run;
    }

    private static Change change(io.vilokanam.offchain.collector.StreamProgress.Change change) {
        Status status = switch (change.status()) {
            case OPEN -> Status.OPEN;
            case CLOSING -> Status.CLOSING;
            case OVER -> Status.OVER;
        };
        return new Change(change.session(), status, change.paidTicks(), change.settledTicks());
    }

    private static Answer answer(Submission submission) {
        TickBackend.Verdict verdict = switch (submission.verdict()) {
            case ACCEPTED -> TickBackend.Verdict.ACCEPTED;
            case STALE -> TickBackend.Verdict.STALE;
            case AHEAD -> TickBackend.Verdict.AHEAD;
            case MISMATCH -> TickBackend.Verdict.MISMATCH;
            case CLOSING -> TickBackend.Verdict.CLOSING;
            case EXHAUSTED -> TickBackend.Verdict.EXHAUSTED;
            case UNKNOWN -> TickBackend.Verdict.UNKNOWN;
        };
        return new Answer(verdict, submission.paidTicks(), submission.settledTicks(), submission.leftTicks(),
                submission.left());
    }
}
