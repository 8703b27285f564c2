package io.vilokanam.node.authoring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.Execution;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.pool.PoolTransaction;
import io.vilokanam.node.pool.ReadyTransactions;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.inherent.InherentData;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;

/**
 * Builds a block: inherents first, then transactions in the pool's order until the block or the time is full. Limits and the
 * treatment of what does not fit are those of sc-basic-authorship.
 */
public final class BlockProposer {

    /** {@code DEFAULT_BLOCK_SIZE_LIMIT}: the largest block in bytes that is built. */
    static final int BLOCK_BYTES_MAX = 4 * 1024 * 1024 + 512;

    /** {@code MAX_SKIPPED_TRANSACTIONS}: so many that do not fit are passed over before time is looked at. */
    static final int SKIPPED_MAX = 8;

    private static final Codec<List<Bytes>> EXTRINSICS = Codecs.vec(Codecs.BYTES);

    private final RuntimeExecutor executor;
    private final TransactionPool pool;
    private final InstantSource clock;

    public BlockProposer(RuntimeExecutor executor, TransactionPool pool, InstantSource clock) {
        this.executor = executor;
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * Builds on a parent.
     *
     * @param digest the pre-runtime items
     * @param deadlineMillis when to end, in milliseconds since 1970
     */
    public Proposal propose(BlockRef parent, ChainState state, Digest digest, InherentData inherents,
            long deadlineMillis)
            throws ProposalException, RuntimeUnavailableException, InterruptedException {
        long begun = clock.millis();
        Execution execution = executor.begin(state);
        Header opening = new Header(parent.hash(), parent.number() + 1, Hash.ZERO, Hash.ZERO, digest);
        try {
            execution.call("Core_initialize_block", Header.CODEC.encode(opening));
            Building building = new Building(execution, Header.CODEC.encode(opening).length + Hash.SIZE);
            long inherentsBegun = System.nanoTime();
            building.applyInherents(inherents);
            Duration inherentsTook = Duration.ofNanos(System.nanoTime() - inherentsBegun);
            Proposal.EndReason end = building.applyTransactions(parent, deadlineMillis);
            Header header = Header.CODEC.decodeAll(execution.call("BlockBuilder_finalize_block", Bytes.EMPTY.view()));
            return new Proposal(header, building.body, execution.changes(), end,
                    Duration.ofMillis(clock.millis() - begun), inherentsTook);
        } catch (RuntimeTrap | ScaleException e) {
            throw new ProposalException("the runtime could not build on " + parent + ": " + e.getMessage());
        }
    }

    /** One block on its way. */
    private final class Building {

        private final Execution execution;
        private final List<Bytes> body = new ArrayList<>();
        private int bytes;

        private Building(Execution execution, int headerBytes) {
            this.execution = execution;
            this.bytes = headerBytes;
        }

        private Result<Result<Unit, DispatchError>, TransactionValidityError> apply(OpaqueExtrinsic extrinsic)
                throws RuntimeTrap, ScaleException {
            byte[] wire = extrinsic.wire();
            // An extrinsic that may not stand in the block answers 01 first, and may have written.
            var result = ApplyResult.CODEC
                    .decodeAll(execution.call("BlockBuilder_apply_extrinsic", wire, answer -> answer[0] == 0));
            if (result.isOk()) {
                body.add(extrinsic.content());
                bytes += wire.length;
            }
            return result;
        }

        void applyInherents(InherentData inherents) throws RuntimeTrap, ScaleException, ProposalException {
            List<Bytes> made = EXTRINSICS.decodeAll(
                    execution.call("BlockBuilder_inherent_extrinsics", InherentData.CODEC.encode(inherents)));
            for (Bytes content : made) {
                if (apply(new OpaqueExtrinsic(content)) instanceof Result.Err(TransactionValidityError error)
                        && isMandatory(error)) {
                    throw new ProposalException("a mandatory inherent failed: " + error);
                }
            }
        }

        Proposal.EndReason applyTransactions(BlockRef parent, long deadlineMillis)
                throws ScaleException, InterruptedException {
            long now = clock.millis();
            long softDeadline = now + Math.max(0, deadlineMillis - now) / 2;
            ReadyTransactions ready = pool.readyAt(parent, Math.max(0, deadlineMillis - now) / 8);
            List<Hash> invalid = new ArrayList<>();
            Optional<Proposal.EndReason> limit = Optional.empty();
            Optional<Proposal.EndReason> end = Optional.empty();
            int skipped = 0;
            while (end.isEmpty()) {
                Optional<PoolTransaction> next = ready.next();
                if (next.isEmpty()) {
                    end = limit.or(() -> Optional.of(Proposal.EndReason.NO_MORE_TRANSACTIONS));
                    continue;
                }
                now = clock.millis();
                if (now > deadlineMillis) {
                    end = limit.or(() -> Optional.of(Proposal.EndReason.HIT_DEADLINE));
                    continue;
                }
                Fit fit = put(next.get());
                switch (fit) {
                    case TAKEN -> limit = Optional.empty();
                    case INVALID -> {
                        ready.skipDependants(next.get());
                        invalid.add(next.get().hash());
                    }
                    case TOO_LARGE, TOO_HEAVY -> {
                        ready.skipDependants(next.get());
                        limit = Optional.of(fit == Fit.TOO_LARGE ? Proposal.EndReason.HIT_BLOCK_SIZE_LIMIT
                                : Proposal.EndReason.HIT_BLOCK_WEIGHT_LIMIT);
                        if (skipped < SKIPPED_MAX) {
                            skipped++;
                        } else if (now >= softDeadline) {
                            end = limit;
                        }
                    }
                }
            }
            pool.removeInvalid(invalid);
            return end.get();
        }

        private Fit put(PoolTransaction transaction) throws ScaleException {
            if (bytes + transaction.size() > BLOCK_BYTES_MAX) {
                return Fit.TOO_LARGE;
            }
            try {
                return switch (apply(transaction.extrinsic())) {
                    case Result.Ok<Result<Unit, DispatchError>, TransactionValidityError> _ -> Fit.TAKEN;
                    case Result.Err<Result<Unit, DispatchError>, TransactionValidityError>(var error) ->
                        isExhausting(error) ? Fit.TOO_HEAVY : Fit.INVALID;
                };
            } catch (RuntimeTrap e) {
                return Fit.INVALID;
            }
        }
    }

    /** How a transaction went into the block. */
    private enum Fit {
        TAKEN, TOO_LARGE, TOO_HEAVY, INVALID
    }

    private static boolean isExhausting(TransactionValidityError error) {
        return error instanceof TransactionValidityError.Invalid(InvalidTransaction.ExhaustsResources());
    }

    private static boolean isMandatory(TransactionValidityError error) {
        return error instanceof TransactionValidityError.Invalid(InvalidTransaction.BadMandatory());
    }
}
