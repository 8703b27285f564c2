package io.vilokanam.offchain.settler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.offchain.collector.Pending;
import io.vilokanam.offchain.collector.Sweep;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.primitives.tickstream.Settings;

/** The round through all sessions in which each is found when it is due, a piece a block. */
final class Round {

    /** So many are found beyond what is expected to fit. */
    private static final int SPARE = 64;

    private final TickCollector collector;
    private final SettlementPlanner planner;
    private final SettlerCounts counts;
    private final Sweep sweep;
    /** Found before, but not settled yet as they did not fit. */
    private List<Long> kept = List.of();
    /** How many it makes sense to find in turn: somewhat more than fitted the last time, where not all did. */
    private int worthFinding = Integer.MAX_VALUE;
    private long looked;
    private long begunAt = -1;
    private long lag;

    Round(TickCollector collector, SettlementPlanner planner, SettlerCounts counts) {
        this.collector = collector;
        this.planner = planner;
        this.counts = counts;
        this.sweep = collector.sweep();
    }

    /**
     * These were due and did not fit: they come before those behind them, so that nobody waits for a round more.
     *
     * @param sent how many fitted
     */
    void keep(List<Pending> waiting, int sent) {
        kept = waiting.stream().map(one -> one.session().id()).toList();
        worthFinding = waiting.isEmpty() ? Integer.MAX_VALUE : sent + sent / 4 + SPARE;
    }

    /**
     * Sessions that may be due: all urgent ones first, then those that were kept, then those whose turn has come.
     *
     * @param looks how many sessions are looked at
     * @param max how many are found
     */
    List<Pending> find(long number, Settings settings, int looks, int max, Turn turn) {
        Map<Long, Pending> found = new LinkedHashMap<>();
        collector.urgent(max).forEach(one -> found.put(one.session().id(), one));
        for (long id : kept) {
            collector.find(id).filter(_ -> found.size() < max)
                    .ifPresent(known -> found.putIfAbsent(id, new Pending(known, Optional.empty())));
        }
        long challenge = settings.limits().challengeBlocks();
        int size = collector.size();
        int rows = Math.min(looks, size);
        Sweep.RowTest isDue = (session, ticks, settledTicks, sentAt, _, until) -> {
            looked++;
            if (ticks <= settledTicks) {
                return false;
            }
            lag = Math.max(lag, number - sentAt);
            return until - number <= challenge || planner.hasWaited(number, session, sentAt, turn);
        };
        sweep.next(rows, Math.min(max, worthFinding) - found.size(), isDue)
                .forEach(one -> found.putIfAbsent(one.session().id(), one));
        if (looked >= size) {
            counts.lagBlocks = lag;
            counts.roundBlocks = begunAt < 0 ? 1 : number - begunAt;
            lag = 0;
            looked = 0;
            begunAt = number;
        }
        return new ArrayList<>(found.values());
    }
}
