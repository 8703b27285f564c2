package io.vilokanam.node.pool;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;

/** Validates through the runtime of a block and reads what the pool needs from the chain. */
public final class RuntimeValidator implements TransactionValidator, PoolChain {

    private final Chain chain;
    private final RuntimeExecutor executor;

    public RuntimeValidator(Chain chain, RuntimeExecutor executor) {
        this.chain = chain;
        this.executor = executor;
    }

    @Override
    public Validity validate(BlockRef at, TransactionSource source, OpaqueExtrinsic extrinsic) {
        Optional<StateLease> lease = chain.states().lease(at.hash());
        if (lease.isEmpty()) {
            return new Validity.Failed("the state of block " + at + " is not kept");
        }
        ScaleOutput arguments = new ScaleOutput(extrinsic.content().size() + Hash.SIZE + 8);
        TransactionSource.CODEC.encode(source, arguments);
        arguments.raw(extrinsic.wire());
        Hash.CODEC.encode(at.hash(), arguments);
        try (StateLease held = lease.get()) {
            byte[] answer = executor.call(held.state(), "TaggedTransactionQueue_validate_transaction",
                    arguments.toByteArray());
            return switch (ApplyResult.VALIDITY.decodeAll(answer)) {
                case Result.Ok<ValidTransaction, TransactionValidityError>(var valid) -> new Validity.Valid(valid);
                case Result.Err<ValidTransaction, TransactionValidityError>(var error) -> new Validity.Refused(error);
            };
        } catch (RuntimeTrap trap) {
            return new Validity.Failed("Execution aborted due to trap: " + trap.getMessage());
        } catch (ScaleException | RuntimeUnavailableException e) {
            return new Validity.Failed(e.getMessage());
        }
    }

    @Override
    public BlockRef best() {
        return chain.best();
    }

    @Override
    public List<Bytes> body(Hash block) {
        return chain.body(block);
    }

    @Override
    public BlockRef parent(Hash block) {
        Header header = chain.header(block)
                .orElseThrow(
                        () -> new IllegalStateException("block " + block + " was imported, its header is not here"));
        return new BlockRef(header.parentHash(), header.number() - 1);
    }
}
