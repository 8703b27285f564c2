package io.vilokanam.node.service;

import java.util.List;
import java.util.function.Supplier;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.api.Externalities;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.scale.Bytes;

/** The runtimes that this program brings along. Each is composed when it is first called: a chain needs one of them. */
public final class NativeCompositions {

    private final List<OnDemand> all = VilokanamRuntime.available(new HostHashing()).stream().map(OnDemand::new)
            .toList();

    public List<ChainRuntime> runtimes() {
        return List.copyOf(all);
    }

    /** What stands under {@code :code} on the chains that this program starts of its own. */
    public Bytes newestCode() {
        OnDemand newest = all.stream().filter(each -> each.beginsOwnChains).reduce((_, later) -> later).orElseThrow();
        return Bytes.wrap(newest.composed().code());
    }

    /** What stands under {@code :code} on the chains of the whole runtime: the newest that is here. */
    public Bytes wholeCode() {
        return Bytes.wrap(all.getLast().composed().code());
    }

    private static final class OnDemand implements ChainRuntime {

        private final RuntimeVersion version;
        private final boolean beginsOwnChains;
        private final Supplier<VilokanamRuntime> composer;
        private volatile VilokanamRuntime composed;

        OnDemand(VilokanamRuntime.Available available) {
            this.version = available.version();
            this.beginsOwnChains = available.beginsOwnChains();
            this.composer = available.composed();
        }

        VilokanamRuntime composed() {
            if (composed == null) {
                synchronized (this) {
                    if (composed == null) {
                        composed = composer.get();
                    }
                }
            }
            return composed;
        }

        @Override
        public RuntimeVersion version() {
            return version;
        }

        @Override
        public byte[] call(String method, byte[] arguments, Externalities ext) throws RuntimeTrap {
            return composed().call(method, arguments, ext);
        }
    }
}
