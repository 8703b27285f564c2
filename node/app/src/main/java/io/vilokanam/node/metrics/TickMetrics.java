package io.vilokanam.node.metrics;

import java.util.Optional;

import io.vilokanam.node.measure.Measures;
import io.vilokanam.node.offchain.listener.TickFrames;
import io.vilokanam.node.offchain.listener.TickListener;
import io.vilokanam.node.offchain.passing.WordPassing;
import io.vilokanam.offchain.collector.ForeignWords;
import io.vilokanam.offchain.collector.RowForcing;
import io.vilokanam.offchain.collector.TickCollector;
import io.vilokanam.offchain.settler.SettlerCounts;

/** Metrics of the tick collector, its listener and the settler: names and meanings are in {@code docs/tick-stream.md}. */
public final class TickMetrics {

    private static final double MILLIS_PER_SECOND = 1_000;

    private TickMetrics() {}

    /** Adds the series; each is read when somebody asks. */
    public static void add(Measures measures, TickCollector collector, SettlerCounts settler,
            Optional<TickListener> listener) {
        measures.gauge("vilokanam_tick_sessions", collector::size);
        measures.fraction("vilokanam_tick_write_behind_seconds",
                () -> collector.flushTime().toMillis() / MILLIS_PER_SECOND);
        measures.gauge("vilokanam_tick_settlement_lag_blocks", settler::lagBlocks);
        measures.gauge("vilokanam_tick_settlement_round_blocks", settler::roundBlocks);
        measures.gauge("vilokanam_tick_settlement_due", settler::due);
        measures.gauge("vilokanam_tick_settlement_weight_picoseconds", settler::weight);
        measures.counter("vilokanam_tick_batches_total", settler::batches);
        measures.counter("vilokanam_tick_batches_refused_total", settler::refused);
        measures.counter("vilokanam_tick_entries_total", settler::entries);
        measures.counter("vilokanam_tick_hashes_total", settler::hashes);
        measures.counter("vilokanam_tick_sessions_read_total", settler::asked);
        measures.counter("vilokanam_tick_foreign_settlements_total", settler::foreign);
        listener.ifPresent(door -> listener(measures, door));
    }

    /** And of the rows on the disk. */
    public static void addForcing(Measures measures, RowForcing forcing) {
        measures.fraction("vilokanam_tick_force_seconds", () -> forcing.took().toMillis() / MILLIS_PER_SECOND);
    }

    /** And of words that nodes pass on to one another. */
    public static void addPassing(Measures measures, ForeignWords words, Optional<WordPassing> passing) {
        measures.counter("vilokanam_tick_foreign_words_total", words::taken, "verdict", "accepted");
        measures.counter("vilokanam_tick_foreign_words_total", words::others, "verdict", "other");
        passing.ifPresent(made -> {
            measures.counter("vilokanam_tick_passed_words_total", made::sent);
            measures.counter("vilokanam_tick_dropped_words_total", made::dropped);
        });
    }

    private static void listener(Measures measures, TickListener listener) {
        measures.gauge("vilokanam_tick_connections", listener::connections);
        measures.counter("vilokanam_tick_connections_accepted_total", listener::accepted);
        measures.counter("vilokanam_tick_connections_refused_total", listener::refused);
        for (TickFrames.Code code : TickFrames.Code.values()) {
            measures.counter("vilokanam_tick_words_total", () -> listener.answered(code), "verdict", code.label());
        }
    }
}
