package io.vilokanam.runtime;

import io.vilokanam.host.call.HostHashing;

/** The runtime that a test is about. */
public final class NativeRuntimes {

    private NativeRuntimes() {}

    /** The one of a spec version, 100 for instance. */
    public static VilokanamRuntime ofVersion(long specVersion) {
        return VilokanamRuntime.available(new HostHashing()).stream()
                .filter(each -> each.version().specVersion() == specVersion).findFirst().orElseThrow().composed().get();
    }
}
