package io.vilokanam.node.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.Execution;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.inherent.InherentData;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/** Builds blocks and takes the time of their execution. */
public final class BlockTimes {

    private static final Codec<List<Bytes>> EXTRINSICS = Codecs.vec(Codecs.BYTES);

    private final RuntimeExecutor executor;
    private final ChainState state;
    private final BlockRef parent;
    private final long slot;
    private final InherentData inherents;

    /**
     * On a block of a chain.
     *
     * @param state what it left
     * @param slot of the block to build, with its time
     */
    public BlockTimes(RuntimeExecutor executor, ChainState state, BlockRef parent, long slot, long timeMillis) {
        this.executor = executor;
        this.state = state;
        this.parent = parent;
        this.slot = slot;
        this.inherents = InherentData.EMPTY.with(InherentData.TIMESTAMP, Codecs.U64, timeMillis)
                .with(InherentData.AURA_SLOT, Codecs.U64, slot);
    }

    /** A block that was built: how many of its extrinsics are no inherents. */
    public record Built(Block block, int transactions) {}

    /** A block with inherents and as many transactions as it takes, at most so many; each by its nonce, with its length. */
    public Built build(IntFunction<Bytes> transactions, int transactionsMax)
            throws RuntimeUnavailableException, RuntimeTrap, ScaleException {
        Execution execution = executor.begin(state);
        Header opening = new Header(parent.hash(), parent.number() + 1, Hash.ZERO, Hash.ZERO,
                new Digest(List.of(AuraDigest.preDigest(slot))));
        execution.call("Core_initialize_block", Header.CODEC.encode(opening));
        List<Bytes> body = new ArrayList<>();
        for (Bytes inherent : EXTRINSICS.decodeAll(
                execution.call("BlockBuilder_inherent_extrinsics", InherentData.CODEC.encode(inherents)))) {
            execution.call("BlockBuilder_apply_extrinsic", new OpaqueExtrinsic(inherent).wire());
            body.add(inherent);
        }
        int taken = 0;
        while (taken < transactionsMax) {
            byte[] wire = transactions.apply(taken).toArray();
            byte[] answer = execution.call("BlockBuilder_apply_extrinsic", wire, bytes -> bytes[0] == 0);
            if (!ApplyResult.CODEC.decodeAll(answer).isOk()) {
                break;
            }
            body.add(Codecs.BYTES.decodeAll(wire));
            taken++;
        }
        Header header = Header.CODEC.decodeAll(execution.call("BlockBuilder_finalize_block", Bytes.EMPTY.view()));
        return new Built(new Block(header, body), taken);
    }

    /** Nanoseconds of each of some executions of a block upon a state. */
    public static List<Long> execute(RuntimeExecutor executor, ChainState state, Block block, int warmUps, int repeats,
            Consumer<String> log) throws RuntimeUnavailableException, RuntimeTrap {
        byte[] encoded = Block.CODEC.encode(block);
        if (warmUps > 0) {
            log.accept("Running " + warmUps + " warmups...");
        }
        for (int i = 0; i < warmUps; i++) {
            executor.begin(state).call("Core_execute_block", encoded);
        }
        log.accept("Executing block " + repeats + " times");
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            Execution execution = executor.begin(state);
            long begun = System.nanoTime();
            execution.call("Core_execute_block", encoded);
            times.add(System.nanoTime() - begun);
        }
        return times;
    }

    /** The same on the state that this builds on. */
    public List<Long> execute(Block block, int warmUps, int repeats, Consumer<String> log)
            throws RuntimeUnavailableException, RuntimeTrap {
        return execute(executor, state, block, warmUps, repeats, log);
    }

    /** Nanoseconds of one extrinsic of a block: what it takes longer than an empty one, by each. */
    public List<Long> perExtrinsic(Built full, int warmUps, int repeats, Consumer<String> log)
            throws RuntimeUnavailableException, RuntimeTrap, ScaleException {
        Block empty = build(_ -> Bytes.EMPTY, 0).block();
        long base = Stats.of(execute(empty, warmUps, repeats, log)).average();
        return execute(full.block(), warmUps, repeats, log).stream()
                .map(nanos -> Math.ceilDiv(Math.max(0, nanos - base), full.transactions())).toList();
    }
}
