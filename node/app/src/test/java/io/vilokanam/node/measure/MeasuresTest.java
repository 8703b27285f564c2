package io.vilokanam.node.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import org.junit.jupiter.api.Test;

final class MeasuresTest {

    private final Measures measures = new Measures("dev");

    private String written() {
        StringBuilder text = new StringBuilder();
        measures.write(text);
        return text.toString();
    }

    @Test
    void writesEachKindAsPrometheusReadsIt() {
        measures.gauge("b", () -> 7, "status", "best");
        measures.gauge("b", () -> 5, "status", "a\"b\\c\nd");
        measures.fraction("c", () -> 0.25);
        measures.counters("a", "x", "y").of("1", "2").add(3);
        measures.gauges("d", "k", () -> Map.of("v", 1L, "u", 2L));
        assertEquals("""
                # TYPE a counter
                a{chain="dev",x="1",y="2"} 3
                # TYPE b gauge
                b{chain="dev",status="a\\"b\\\\c\\nd"} 5
                b{chain="dev",status="best"} 7
                # TYPE c gauge
                c{chain="dev"} 0.25
                # TYPE d gauge
                d{chain="dev",k="u"} 2
                d{chain="dev",k="v"} 1
                """, written());
    }

    @Test
    void holdsOnToWhatACounterReads() {
        LongAdder count = new LongAdder();
        measures.counter("n_total", count::sum);
        System.gc();
        count.add(3);
        assertEquals("""
                # TYPE n_total counter
                n_total{chain="dev"} 3
                """, written());
    }

    @Test
    void countsInHistogramsWhatIsBelowEachBound() {
        Histogram histogram = measures.histograms("h", new double[]{0.005, 1}, "p").of("x");
        histogram.record(0.005);
        histogram.recordNanos(500_000_000);
        histogram.record(2);
        assertEquals("""
                # TYPE h histogram
                h_bucket{chain="dev",p="x",le="0.005"} 1
                h_bucket{chain="dev",p="x",le="1"} 2
                h_bucket{chain="dev",p="x",le="+Inf"} 3
                h_sum{chain="dev",p="x"} 2.505
                h_count{chain="dev",p="x"} 3
                """, written());
    }

    @Test
    void tellsWhatWaitsInAChannel() {
        Channel channel = new Channel("q");
        channel.register(measures);
        channel.send();
        channel.send();
        channel.receive();
        assertEquals("""
                # TYPE substrate_unbounded_channel_len counter
                substrate_unbounded_channel_len{action="received",chain="dev",entity="q"} 1
                substrate_unbounded_channel_len{action="send",chain="dev",entity="q"} 2
                # TYPE substrate_unbounded_channel_size gauge
                substrate_unbounded_channel_size{chain="dev",entity="q"} 1
                """, written());
    }

    @Test
    void refusesOneNameForTwoKinds() {
        measures.gauge("n", () -> 1);
        assertThrows(IllegalArgumentException.class, () -> measures.counter("n", () -> 1));
    }
}
