package io.vilokanam.node.service;

import java.util.List;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.node.executing.OwnHashing;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.scale.Bytes;

/** The runtimes that this program brings along. */
public final class NativeCompositions {

    private final List<VilokanamRuntime> all = VilokanamRuntime.all(OwnHashing.ofHost());

    public List<ChainRuntime> runtimes() {
        return List.copyOf(all);
    }

    /** What stands under {@code :code} on a chain of the newest one. */
    public Bytes newestCode() {
        return Bytes.wrap(all.getLast().code());
    }
}
