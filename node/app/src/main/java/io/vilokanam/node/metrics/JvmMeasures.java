package io.vilokanam.node.metrics;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;

import com.sun.management.UnixOperatingSystemMXBean;

import io.vilokanam.node.measure.Measures;

/** What the virtual machine and the process use, under the names of the usual Java clients. */
final class JvmMeasures {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private JvmMeasures() {}

    static void register(Measures measures) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            String[] labels = {"area", pool.getType() == MemoryType.HEAP ? "heap" : "nonheap", "id", pool.getName()};
            measures.gauge("jvm_memory_used_bytes", () -> pool.getUsage().getUsed(), labels);
            measures.gauge("jvm_memory_committed_bytes", () -> pool.getUsage().getCommitted(), labels);
            measures.gauge("jvm_memory_max_bytes", () -> pool.getUsage().getMax(), labels);
        }
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            measures.gauge("jvm_buffer_memory_used_bytes", pool::getMemoryUsed, "id", pool.getName());
            measures.gauge("jvm_buffer_count_buffers", pool::getCount, "id", pool.getName());
            measures.gauge("jvm_buffer_total_capacity_bytes", pool::getTotalCapacity, "id", pool.getName());
        }
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            measures.counter("jvm_gc_collections_total", collector::getCollectionCount, "gc", collector.getName());
            measures.fraction("jvm_gc_collection_seconds_sum", () -> collector.getCollectionTime() / MILLIS_PER_SECOND,
                    "gc", collector.getName());
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        measures.gauge("jvm_threads_live_threads", threads::getThreadCount);
        measures.gauge("jvm_threads_daemon_threads", threads::getDaemonThreadCount);
        measures.gauge("jvm_threads_peak_threads", threads::getPeakThreadCount);
        measures.counter("jvm_threads_started_threads_total", threads::getTotalStartedThreadCount);
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
