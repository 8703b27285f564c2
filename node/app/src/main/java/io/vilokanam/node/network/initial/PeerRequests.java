package io.vilokanam.node.network.initial;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.network.PeerJudge;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.RequestSender;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.scale.Bytes;

/** Asks one peer after the other and waits for the answer. For one thread. */
public final class PeerRequests {

    private static final ReputationChange BAD = new ReputationChange(-(1 << 29), "Bad answer in the initial sync");

    /** What is asked for. */
    public enum Kind {
        WARP, BLOCKS, STATE
    }

    /** What a peer said. */
    record Answer(PeerId peer, Bytes content) {}

    private final Map<Kind, RequestSender> senders;
    private final Supplier<Map<PeerId, BlockRef>> peers;
    private final PeerJudge judge;
    private int turn;

    /** @param peers those of this moment that have blocks, with their best ones */
    public PeerRequests(Map<Kind, RequestSender> senders, Supplier<Map<PeerId, BlockRef>> peers,
            PeerJudge judge) {
        this.senders = Map.copyOf(senders);
        this.peers = peers;
        this.judge = judge;
    }

    int count() {
        return peers.get().size();
    }

    /** Asks the next one of those that have a block of this height, or of the higher half where that is more. */
    Optional<Answer> ask(Kind kind, Bytes request, long number) throws InterruptedException {
        Map<PeerId, BlockRef> present = peers.get();
        List<Long> heights = present.values().stream().map(BlockRef::number).sorted().toList();
        long least = heights.isEmpty() ? number : Math.max(number, heights.get(heights.size() / 2));
        List<PeerId> able = present.entrySet().stream().filter(peer -> peer.getValue().number() >= least)
                .map(Map.Entry::getKey).toList();
        if (able.isEmpty()) {
            return Optional.empty();
        }
        PeerId peer = able.get(Math.floorMod(turn++, able.size()));
        BlockingQueue<RequestOutcome> answers = new LinkedBlockingQueue<>(1);
        senders.get(kind).send(peer, request, answers::add);
        return answers.take() instanceof RequestOutcome.Answered(var content) ? Optional.of(new Answer(peer, content))
                : Optional.empty();
    }

    void reportBad(PeerId peer) {
        judge.report(peer, BAD);
    }
}
