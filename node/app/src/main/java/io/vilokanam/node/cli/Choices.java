package io.vilokanam.node.cli;

import java.util.Iterator;
import java.util.List;

/** What flags with few values may be given, in the spelling of stock nodes; each is named by its flag. */
final class Choices {

    private Choices() {}

    /** Some texts. */
    abstract static class OneOf implements Iterable<String> {

        private final List<String> all;

        OneOf(String... all) {
            this.all = List.of(all);
        }

        @Override
        public Iterator<String> iterator() {
            return all.iterator();
        }
    }

    static final class Database extends OneOf {
        Database() {
            super("rocksdb", "paritydb", "auto", "paritydb-experimental");
        }
    }

    static final class Execution extends OneOf {
        Execution() {
            super("native", "wasm", "both", "native-else-wasm");
        }
    }

    static final class WasmExecution extends OneOf {
        WasmExecution() {
            super("interpreted-i-know-what-i-do", "compiled");
        }
    }

    static final class Instantiation extends OneOf {
        Instantiation() {
            super("pooling-copy-on-write", "recreate-instance-copy-on-write", "pooling", "recreate-instance");
        }
    }

    static final class WarmUp extends OneOf {
        WarmUp() {
            super("non-blocking", "blocking");
        }
    }

    static final class OffchainWorker extends OneOf {
        OffchainWorker() {
            super("always", "never", "when-authority");
        }
    }

    static final class Pool extends OneOf {
        Pool() {
            super("single-state", "fork-aware");
        }
    }

    static final class NodeKey extends OneOf {
        NodeKey() {
            super("ed25519");
        }
    }

    static final class Sync extends OneOf {
        Sync() {
            super("full", "fast", "fast-unsafe", "warp");
        }
    }

    static final class Backend extends OneOf {
        Backend() {
            super("libp2p", "litep2p");
        }
    }

    static final class Tracing extends OneOf {
        Tracing() {
            super("log");
        }
    }

    static final class Scheme extends OneOf {
        Scheme() {
            super("sr25519", "ed25519", "ecdsa");
        }
    }

    static final class Guard extends OneOf {
        Guard() {
            super("off", "on", "strict");
        }
    }

    static final class Switch extends OneOf {
        Switch() {
            super("true", "false");
        }
    }
}
