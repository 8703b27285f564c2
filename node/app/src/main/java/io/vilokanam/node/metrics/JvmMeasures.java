package io.vilokanam.node.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;

import io.vilokanam.node.measure.Measures;

/** What the virtual machine and the process use, under the names of Micrometer and of Prometheus' clients. */
final class JvmMeasures {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private JvmMeasures() {}

    static void register(Measures measures) {
        new JvmMemoryMetrics().bindTo(measures.registry());
        new JvmThreadMetrics().bindTo(measures.registry());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            measures.counter("jvm_gc_collections_total", collector::getCollectionCount, "gc", collector.getName());
            measures.fraction("jvm_gc_collection_seconds_sum", () -> collector.getCollectionTime() / MILLIS_PER_SECOND,
                    "gc", collector.getName());
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        measures.gauge("substrate_tokio_threads_alive", threads::getThreadCount);
        measures.counter("substrate_tokio_threads_total", threads::getTotalStartedThreadCount);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean process) {
            measures.fraction("process_cpu_seconds_total", () -> process.getProcessCpuTime() / NANOS_PER_SECOND);
            measures.gauge("process_open_fds", process::getOpenFileDescriptorCount);
            measures.gauge("process_max_fds", process::getMaxFileDescriptorCount);
        }
        measures.gauge("process_resident_memory_bytes", ResidentMemory::bytes);
    }
}
