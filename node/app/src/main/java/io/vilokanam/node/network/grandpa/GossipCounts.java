package io.vilokanam.node.network.grandpa;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

import io.vilokanam.consensus.grandpa.gossip.GossipInput;
import io.vilokanam.consensus.grandpa.gossip.GossipOutput;
import io.vilokanam.node.measure.Measures;
import io.vilokanam.node.network.address.PeerId;

/**
 * Counts what becomes of messages of the voters, in the words of stock nodes: votes that are passed on are kept, commits and
 * catch-ups are used and not kept, all else is discarded. Read by any thread, written by the protocol's.
 */
public final class GossipCounts {

    /** By the first byte of a message. */
    private static final List<String> KINDS = List.of("vote", "commit", "neighbor", "catch_up_request", "catch_up");
    /** Messages of rounds that are so far behind are of no use any more. */
    private static final long ROUNDS_KEPT = 2;

    private volatile BiConsumer<String, String> shown = (_, _) -> {};
    private final LongAdder registered = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final NavigableMap<Long, Long> keptInRound = new TreeMap<>();
    private long round;

    void count(GossipInput<PeerId> input, List<GossipOutput<PeerId>> outputs) {
        switch (input) {
            case GossipInput.Received<PeerId>(var _, var _, var message) -> {
                boolean isUsed = outputs.stream().anyMatch(output -> output instanceof GossipOutput.Deliver<PeerId>);
                int kind = message.size() == 0 ? KINDS.size() : message.at(0) & 0xff;
                if (kind < KINDS.size()) {
                    String action = !isUsed ? "discard" : kind == 0 ? "keep" : "process_and_discard";
                    shown.accept(KINDS.get(kind), action);
                    if (action.equals("keep")) {
                        register();
                    }
                }
            }
            case GossipInput.Say<PeerId> _ -> register();
            case GossipInput.RoundStarted<PeerId>(var _, var begun) -> {
                round = begun;
                NavigableMap<Long, Long> old = keptInRound.headMap(round - ROUNDS_KEPT, true);
                old.values().forEach(expired::add);
                old.clear();
            }
            case GossipInput.SetStarted<PeerId> _ -> {
                keptInRound.values().forEach(expired::add);
                keptInRound.clear();
            }
            case GossipInput.PeerConnected<PeerId> _,GossipInput.PeerDisconnected<PeerId> _,GossipInput.CommitJudged<PeerId> _,GossipInput.CatchUpJudged<PeerId> _,GossipInput.TimerFired<PeerId> _ -> {
                // Nothing that is said by or to anybody.
            }
        }
    }

    private void register() {
        registered.increment();
        keptInRound.merge(round, 1L, Long::sum);
    }

    /** From now on what comes of messages is shown too. */
    public void register(Measures measures) {
        Measures.Family<LongAdder> counters = measures
                .counters("substrate_finality_grandpa_communication_gossip_validator_messages", "message", "action");
        shown = (message, action) -> counters.of(message, action).increment();
    }

    /** Messages that were passed on. */
    public long registered() {
        return registered.sum();
    }

    /** Those of them that are of no use any more. */
    public long expired() {
        return expired.sum();
    }
}
