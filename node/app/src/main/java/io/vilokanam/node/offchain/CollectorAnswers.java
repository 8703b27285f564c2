package io.vilokanam.node.offchain;

import io.vilokanam.offchain.collector.CollectorFullException;
import io.vilokanam.offchain.collector.KnownSession;
import io.vilokanam.offchain.collector.Submission;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.tickchain.ChainUnavailableException;
import io.vilokanam.rpc.tickstream.TickBackend;
import io.vilokanam.rpc.tickstream.TickUnavailableException;
import io.vilokanam.scale.Bytes;

/** What RPC asks of the collector. */
public final class CollectorAnswers implements TickBackend {

    private final TickCollector collector;

    public CollectorAnswers(TickCollector collector) {
        this.collector = collector;
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
