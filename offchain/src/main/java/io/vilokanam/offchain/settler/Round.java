package io.vilokanam.offchain.settler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.vilokanam.offchain.collector.Pending;
import io.vilokanam.offchain.collector.Sweep;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.primitives.tickstream.Settings;

/** The round through all sessions in which each is found when it is due, a piece a block. */
final class Round {

    private final TickCollector collector;
    private final SettlementPlanner planner;
    private final SettlerCounts counts;
    private final Sweep sweep;
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
     * Sessions that may be due: all urgent ones first, then those whose turn has come.
     *
     * @param looks how many sessions are looked at
     * @param max how many are found
     */
    List<Pending> find(long number, Settings settings, int looks, int max, Turn turn) {
        Map<Long, Pending> found = new LinkedHashMap<>();
        collector.urgent(max).forEach(one -> found.put(one.session().id(), one));
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
        sweep.next(rows, max - found.size(), isDue).forEach(one -> found.putIfAbsent(one.session().id(), one));
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
