package io.vilokanam.pallets.tickstream;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.UnknownTransaction;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleOutput;

/** Which batches may enter the pool and a block: signed by a registered key, next in line, not too old and not too large. */
public final class BatchRules {

    /**
     * How large a batch may be and how long it may be valid.
     *
     * @param validityMax blocks from the present one
     */
    public record Limits(long entriesMax, long hashesMax, long paymentsMax, long validityMax) {}

    private static final Bytes DOMAIN = Bytes.ascii("vilokanam:settle_batch");
    private static final Bytes TAG = Bytes.ascii("TickStream");

    /**
     * Before all that people send, whatever they tip: else somebody could close with an old word and keep the blocks full until the
     * window is over. A key has one batch in a block, which is at most half of it.
     */
    private static final long PRIORITY = 1L << 62;

    private final Limits limits;
    private final CurrentBlock block;
    private final StorageMap<PublicKey, Long> keys;

    BatchRules(Limits limits, CurrentBlock block, StorageMap<PublicKey, Long> keys) {
        this.limits = limits;
        this.block = block;
        this.keys = keys;
    }

    /** What is signed: blake2_256 of the domain, the genesis hash and the batch. */
    byte[] payload(Externalities ext, Batch batch) {
        ScaleOutput out = new ScaleOutput();
        out.raw(DOMAIN.view()).raw(block.blockHash(ext, 0).bytes().view());
        Batch.CODEC.encode(batch, out);
        return ext.blake2b256(out.toByteArray());
    }

    Result<ValidTransaction, TransactionValidityError> validate(Externalities ext, TickStreamCall call) {
        if (!(call instanceof TickStreamCall.SettleBatch(Batch batch, Bytes signature))) {
            return Result.err(new TransactionValidityError.Unknown(new UnknownTransaction.NoUnsignedValidator()));
        }
        Optional<Fault> fault = fault(ext, batch, signature);
        if (fault.isPresent()) {
            return Result.err(TransactionValidityError.of(fault.get().reason));
        }
        Bytes provides = new ScaleOutput().bytes(TAG.view()).raw(batch.key().bytes().view()).u64(batch.nonce())
                .toBytes();
        long longevity = batch.validUntil() - block.blockNumber(ext) + 1;
        return Result.ok(new ValidTransaction(PRIORITY + batch.entries().size(), List.of(), List.of(provides),
                longevity, true));
    }

    /** What is wrong with a batch: what the pool is told, and as what its dispatch fails. */
    private enum Fault {
        BAD_SIZE(new InvalidTransaction.ExhaustsResources(), TickStreamError.BAD_BATCH), UNKNOWN_KEY(
                new InvalidTransaction.BadSigner(), TickStreamError.UNKNOWN_KEY), OLD_NONCE(
                        new InvalidTransaction.Stale(), TickStreamError.BAD_NONCE), NONCE_AHEAD(
                                new InvalidTransaction.Future(), TickStreamError.BAD_NONCE), OUT_OF_WINDOW(
                                        new InvalidTransaction.Stale(), TickStreamError.TOO_LATE), BAD_SIGNATURE(
                                                new InvalidTransaction.BadProof(), TickStreamError.BAD_SIGNATURE);

        private final InvalidTransaction reason;
        private final TickStreamError error;

        Fault(InvalidTransaction reason, TickStreamError error) {
            this.reason = reason;
            this.error = error;
        }
    }

    private Optional<Fault> fault(Externalities ext, Batch batch, Bytes signature) {
        if (batch.entries().isEmpty() || batch.entries().size() > limits.entriesMax || batch.hashes() > limits.hashesMax
                || batch.payments() > limits.paymentsMax || batch.closes() > Batch.CLOSES_MAX) {
            return Optional.of(Fault.BAD_SIZE);
        }
        Optional<Long> nonce = keys.find(ext, batch.key());
        if (nonce.isEmpty()) {
            return Optional.of(Fault.UNKNOWN_KEY);
        }
        int order = Long.compareUnsigned(batch.nonce(), nonce.get());
        if (order != 0) {
            return Optional.of(order < 0 ? Fault.OLD_NONCE : Fault.NONCE_AHEAD);
        }
        long number = block.blockNumber(ext);
        if (batch.validUntil() < number || batch.validUntil() > number + limits.validityMax) {
            return Optional.of(Fault.OUT_OF_WINDOW);
        }
        if (!ext.sr25519Verify(signature.view(), payload(ext, batch), batch.key().bytes().view())) {
            return Optional.of(Fault.BAD_SIGNATURE);
        }
        return Optional.empty();
    }

    /** The same check where the call is dispatched, however it got there. */
    void ensureValid(Externalities ext, Batch batch, Bytes signature) throws DispatchException {
        Optional<Fault> fault = fault(ext, batch, signature);
        if (fault.isPresent()) {
            throw new DispatchException(fault.get().error);
        }
    }
}
