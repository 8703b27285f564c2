package io.vilokanam.node.executing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.code.RuntimeBlob;
import io.vilokanam.host.code.RuntimeCodeException;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.NodeRecorder;

/**
 * Runs runtime calls on states. Which runtime it is decides the state's {@code :code}: the version that the blob names must
 * be that of a native composition. Safe for several threads.
 */
public final class RuntimeExecutor {

    /** So many different codes are remembered; the one not used for longest is forgotten first. */
    private static final int CODES_MAX = 8;

    private record Loaded(byte[] code, ChainRuntime runtime) {}

    private final NativeRuntimes natives;
    private final HostServices onChain;
    private final Map<Bytes, ChainRuntime> byCodeHash = new LinkedHashMap<>(CODES_MAX, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, ChainRuntime> eldest) {
            return size() > CODES_MAX;
        }
    };
    private volatile Optional<Loaded> latest = Optional.empty();

    /** @param onChain the services for the execution of blocks and for calls that only look */
    public RuntimeExecutor(NativeRuntimes natives, HostServices onChain) {
        this.natives = natives;
        this.onChain = onChain;
    }

    /** The runtime of a state. */
    public ChainRuntime runtime(ChainState state) throws RuntimeUnavailableException {
        byte[] code = state.top().get(WellKnownKeys.CODE.view())
                .orElseThrow(() -> new RuntimeUnavailableException("the state has no :code"));
        Optional<Loaded> known = latest;
        if (known.isPresent() && known.get().code() == code) {
            return known.get().runtime();
        }
        // A state that was read anew has another array of the same bytes: comparing them costs less than a hash.
        ChainRuntime runtime = known.isPresent() && Arrays.equals(known.get().code(), code) ? known.get().runtime()
                : byHash(code);
        latest = Optional.of(new Loaded(code, runtime));
        return runtime;
    }

    private ChainRuntime byHash(byte[] code) throws RuntimeUnavailableException {
        Bytes hash = Bytes.wrap(Blake2b.hash256(code));
        synchronized (byCodeHash) {
            ChainRuntime known = byCodeHash.get(hash);
            if (known != null) {
                return known;
            }
            ChainRuntime runtime = load(code);
            byCodeHash.put(hash, runtime);
            return runtime;
        }
    }

    private ChainRuntime load(byte[] code) throws RuntimeUnavailableException {
        RuntimeVersion version;
        try {
            version = RuntimeBlob.of(code).version().orElseThrow(
                    () -> new RuntimeUnavailableException("the code under :code does not name its version"));
        } catch (RuntimeCodeException e) {
            throw new RuntimeUnavailableException("the code under :code is no runtime: " + e.getMessage());
        }
        return natives.find(version)
                .orElseThrow(() -> new RuntimeUnavailableException("no executor for runtime " + version.specName() + "-"
                        + version.specVersion() + ": this node has no WebAssembly executor, its native runtimes are "
                        + natives.names()));
    }

    public RuntimeVersion version(ChainState state) throws RuntimeUnavailableException {
        return runtime(state).version();
    }

    /** Calls an entry point and throws away what it writes. */
    public byte[] call(ChainState state, String method, byte[] arguments)
            throws RuntimeTrap, RuntimeUnavailableException {
        return begin(state).call(method, arguments);
    }

    /** The same with other services behind the call, e.g. for off-chain workers. */
    public byte[] call(ChainState state, String method, byte[] arguments, HostServices services)
            throws RuntimeTrap, RuntimeUnavailableException {
        return new Execution(runtime(state), state, services).call(method, arguments);
    }

    /** The same with a note of what the call reads. The code that runs is not among it. */
    public byte[] call(ChainState state, String method, byte[] arguments, ReadKeys reads)
            throws RuntimeTrap, RuntimeUnavailableException {
        return new Execution(runtime(state), state, onChain, reads::over).call(method, arguments);
    }

    /**
     * The same with all that the call reads and all that the root after it needs handed out by a recorder. The code that runs is
     * not among it.
     */
    public byte[] call(ChainState state, String method, byte[] arguments, NodeRecorder reads)
            throws RuntimeTrap, RuntimeUnavailableException {
        return new Execution(runtime(state), state.over(reads), onChain).call(method, arguments);
    }

    /**
     * Calls an entry point with each of several arguments, as if each were the only one, and throws away what the calls write.
     * The signatures that they ask for are verified together, at half the cost of one by one.
     */
    public List<CallOutcome> callEach(ChainState state, String method, List<byte[]> arguments)
            throws RuntimeUnavailableException {
        return new JointCalls(runtime(state), state, onChain).make(method, arguments);
    }

    /** Begins a run of calls that see what the ones before wrote. */
    public Execution begin(ChainState state) throws RuntimeUnavailableException {
        return new Execution(runtime(state), state, onChain);
    }
}
