package io.vilokanam.node.rpc;

import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.List;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StateRange;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.backend.BlockState;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.backend.StorageListener;
import io.vilokanam.rpc.backend.TrieState;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.trie.NodeRecorder;

/** What RPC asks of states. */
public final class StateAnswers implements StateBackend {

    private static final Codec<List<Bytes>> PROOF = Codecs.vec(Codecs.BYTES);
    private static final Cleaner CLEANER = Cleaner.create();

    private final Chain chain;
    private final RuntimeExecutor executor;
    /** What was read last is mostly what is read next. */
    private volatile Recent recent = new Recent(Hash.ZERO, new WeakReference<>(null));

    private record Recent(Hash block, WeakReference<TrieState> state) {}

    public StateAnswers(Chain chain, RuntimeExecutor executor) {
        this.chain = chain;
        this.executor = executor;
    }

    private StateLease lease(Hash block) throws StateUnavailableException {
        return chain.states().lease(block).orElseThrow(() -> new StateUnavailableException(
                chain.store().hasHeader(block) ? StateUnavailableException.Reason.DISCARDED
                        : StateUnavailableException.Reason.UNKNOWN_BLOCK,
                block));
    }

    /** An answer is read while it is written, nobody says when it is done: the state is held until none refers to it. */
    @Override
    public BlockState at(Hash block) throws StateUnavailableException {
        Recent last = recent;
        TrieState known = last.block.equals(block) ? last.state.get() : null;
        if (known == null) {
            StateLease lease = lease(block);
            ChainState state = lease.state();
            known = new TrieState(state.top(), child -> state.child(StateRange.childName(child)));
            CLEANER.register(known, lease::close);
            recent = new Recent(block, new WeakReference<>(known));
        }
        return known;
    }

    @Override
    public Bytes call(Hash block, String method, Bytes arguments) throws StateUnavailableException, RuntimeTrap {
        try (StateLease lease = lease(block)) {
            return Bytes.wrap(executor.call(lease.state(), method, arguments.view()));
        } catch (RuntimeUnavailableException e) {
            throw new RuntimeTrap(RuntimeTrap.Reason.PANIC, e.getMessage());
        }
    }

    @Override
    public RuntimeVersion runtimeVersion(Hash block) throws StateUnavailableException {
        try (StateLease lease = lease(block)) {
            return executor.version(lease.state());
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
        try (StateLease lease = lease(block.header().parentHash())) {
            ChainState parent = lease.state();
            NodeRecorder reads = parent.recorder();
            executor.call(parent, "Core_execute_block", Block.CODEC.encode(block), reads);
            return new Witness(size(reads.proof()),
                    size(reads.compactProof(parent.root(), ChainState.CHILD_PREFIX.view())));
        } catch (RuntimeUnavailableException e) {
            throw new RuntimeTrap(RuntimeTrap.Reason.PANIC, e.getMessage());
        }
    }

    private static int size(List<byte[]> proof) {
        return PROOF.encode(proof.stream().map(Bytes::wrap).toList()).length;
    }
}
