package io.vilokanam.node.rpc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.backend.BlockState;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.backend.StorageListener;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.trie.NodeRecorder;
import io.vilokanam.trie.ReadProof;
import io.vilokanam.trie.StateTrie;

/** What RPC asks of states. */
public final class StateAnswers implements StateBackend {

    private static final Codec<List<Bytes>> PROOF = Codecs.vec(Codecs.BYTES);

    private final Chain chain;
    private final RuntimeExecutor executor;

    public StateAnswers(Chain chain, RuntimeExecutor executor) {
        this.chain = chain;
        this.executor = executor;
    }

    private ChainState state(Hash block) throws StateUnavailableException {
        Optional<ChainState> state = chain.states().at(block);
        if (state.isEmpty()) {
            throw new StateUnavailableException(
                    chain.store().hasHeader(block) ? StateUnavailableException.Reason.DISCARDED
                            : StateUnavailableException.Reason.UNKNOWN_BLOCK,
                    block);
        }
        return state.get();
    }

    @Override
    public BlockState at(Hash block) throws StateUnavailableException {
        return new TrieState(state(block));
    }

    @Override
    public Bytes call(Hash block, String method, Bytes arguments) throws StateUnavailableException, RuntimeTrap {
        try {
            return Bytes.wrap(executor.call(state(block), method, arguments.view()));
        } catch (RuntimeUnavailableException e) {
            throw new RuntimeTrap(RuntimeTrap.Reason.PANIC, e.getMessage());
        }
    }

    @Override
    public RuntimeVersion runtimeVersion(Hash block) throws StateUnavailableException {
        try {
            return executor.version(state(block));
        } catch (RuntimeUnavailableException e) {
            throw new IllegalStateException("block " + block + " was imported, its runtime is not here", e);
        }
    }

    @Override
    public Registration watchStorage(StorageListener listener) {
        Runnable end = chain.listen(event -> {
            if (event instanceof ChainEvent.Imported imported) {
                listener.changed(imported.block().hash(), imported.changes().main());
            }
        });
        return end::run;
    }

    @Override
    public Witness witness(Block block) throws StateUnavailableException, RuntimeTrap {
        ChainState parent = state(block.header().parentHash());
        NodeRecorder reads = parent.recorder();
        try {
            executor.call(parent, "Core_execute_block", Block.CODEC.encode(block), reads);
        } catch (RuntimeUnavailableException e) {
            throw new RuntimeTrap(RuntimeTrap.Reason.PANIC, e.getMessage());
        }
        return new Witness(size(reads.proof()), size(reads.compactProof(parent.root(), ChainState.CHILD_PREFIX.view())));
    }

    private static int size(List<byte[]> proof) {
        return PROOF.encode(proof.stream().map(Bytes::wrap).toList()).length;
    }

    /** One state, read from its tries. */
    private record TrieState(ChainState state) implements BlockState {

        private StateTrie trie(Optional<Bytes> child) {
            return child.map(this::child).orElse(state.top());
        }

        private StateTrie child(Bytes key) {
            byte[] whole = key.view();
            int prefix = ChainState.CHILD_PREFIX.size();
            byte[] name = new byte[Math.max(0, whole.length - prefix)];
            System.arraycopy(whole, whole.length - name.length, name, 0, name.length);
            return state.child(name);
        }

        @Override
        public Optional<Bytes> get(Optional<Bytes> child, Bytes key) {
            return trie(child).get(key.view()).map(Bytes::wrap);
        }

        @Override
        public List<Bytes> keys(Optional<Bytes> child, Bytes prefix, Optional<Bytes> after, int max) {
            StateTrie trie = trie(child);
            Iterator<byte[]> keys = after.isPresent() ? trie.keysAfter(prefix.view(), after.get().view())
                    : trie.keys(prefix.view());
            List<Bytes> found = new ArrayList<>();
            while (found.size() < max && keys.hasNext()) {
                found.add(Bytes.wrap(keys.next()));
            }
            return found;
        }

        @Override
        public List<Bytes> proof(List<Bytes> keys) {
            return nodes(ReadProof.ofKeys(state.top(), keys.stream().map(Bytes::view).toList()));
        }

        @Override
        public List<Bytes> childProof(Bytes child, List<Bytes> keys) {
            ReadProof.Recorder recorder = new ReadProof.Recorder();
            recorder.record(state.top(), child.view());
            if (state.top().get(child.view()).isPresent()) {
                StateTrie trie = child(child);
                keys.forEach(key -> recorder.record(trie, key.view()));
            }
            return nodes(recorder.proof());
        }

        private static List<Bytes> nodes(ReadProof proof) {
            return proof.nodes().stream().map(Bytes::wrap).toList();
        }

        @Override
        public Optional<Bytes> closestDescendantMerkleValue(Optional<Bytes> child, Bytes key) {
            return trie(child).closestMerkleValue(key.view())
                    .map(value -> value.length == Hash.SIZE ? Bytes.wrap(value) : Bytes.EMPTY);
        }
    }
}
