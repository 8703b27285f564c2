package io.vilokanam.node.pool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.executing.CallOutcome;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.extrinsic.Preamble;
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
        return validateEach(at, source, List.of(extrinsic)).getFirst();
    }

    /** Signed ones together; what an unsigned one costs is for it to prove first, so that none is looked at on trust. */
    @Override
    public List<Validity> validateEach(BlockRef at, TransactionSource source, List<OpaqueExtrinsic> extrinsics) {
        Optional<StateLease> lease = chain.states().lease(at.hash());
        if (lease.isEmpty()) {
            return Collections.nCopies(extrinsics.size(), new Validity.Failed(StateLease.missing(at.hash())));
        }
        Validity[] answers = new Validity[extrinsics.size()];
        List<Integer> signed = new ArrayList<>(answers.length);
        try (StateLease held = lease.get()) {
            for (int i = 0; i < answers.length; i++) {
                if (isSigned(extrinsics.get(i))) {
                    signed.add(i);
                } else {
                    answers[i] = answers(held, List.of(arguments(at, source, extrinsics.get(i)))).getFirst();
                }
            }
            List<Validity> ofSigned = answers(held,
                    signed.stream().map(i -> arguments(at, source, extrinsics.get(i))).toList());
            for (int i = 0; i < signed.size(); i++) {
                answers[signed.get(i)] = ofSigned.get(i);
            }
        }
        return List.of(answers);
    }

    private static boolean isSigned(OpaqueExtrinsic extrinsic) {
        byte[] content = extrinsic.content().view();
        return content.length > 0 && (content[0] & Preamble.TYPE_MASK) == Preamble.SIGNED;
    }

    private static byte[] arguments(BlockRef at, TransactionSource source, OpaqueExtrinsic extrinsic) {
        ScaleOutput arguments = new ScaleOutput(extrinsic.content().size() + Hash.SIZE + 8);
        TransactionSource.CODEC.encode(source, arguments);
        arguments.bytes(extrinsic.content().view());
        Hash.CODEC.encode(at.hash(), arguments);
        return arguments.toByteArray();
    }

    private List<Validity> answers(StateLease held, List<byte[]> arguments) {
        if (arguments.isEmpty()) {
            return List.of();
        }
        try {
            return executor.callEach(held.state(), "TaggedTransactionQueue_validate_transaction", arguments).stream()
                    .map(RuntimeValidator::validity).toList();
        } catch (RuntimeUnavailableException e) {
            return Collections.nCopies(arguments.size(), new Validity.Failed(e.getMessage()));
        }
    }

    private static Validity validity(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Answered(var result) -> {
                try {
                    yield switch (ApplyResult.VALIDITY.decodeAll(result)) {
                        case Result.Ok<ValidTransaction, TransactionValidityError>(var valid) ->
                            new Validity.Valid(valid);
                        case Result.Err<ValidTransaction, TransactionValidityError>(var error) ->
                            new Validity.Refused(error);
                    };
                } catch (ScaleException e) {
                    yield new Validity.Failed(e.getMessage());
                }
            }
            case CallOutcome.Trapped(var trap) ->
                new Validity.Failed("Execution aborted due to trap: " + trap.getMessage());
        };
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
