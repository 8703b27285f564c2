package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.BATCHES;
import static io.vilokanam.pallets.tickstream.TickChain.ENDOWMENT;
import static io.vilokanam.pallets.tickstream.TickChain.INDEX;
import static io.vilokanam.pallets.tickstream.TickChain.KEY;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER_KEY;
import static io.vilokanam.pallets.tickstream.TickChain.VALIDITY_MAX;
import static io.vilokanam.pallets.tickstream.TickChain.VIEWER;
import static io.vilokanam.pallets.tickstream.TickChain.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.UnknownTransaction;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Which batches may enter the pool and a block. */
class BatchesTest {

    private final TickChain chain = new TickChain();
    private final Words words = new Words(1, 200);
    private long session;

    @BeforeEach
    void openSession() {
        session = chain.open(VIEWER, chain.createStream(), 5_000, words);
        chain.nextBlock();
    }

    private Result<ValidTransaction, TransactionValidityError> validity(TickStreamCall call) {
        return chain.ticks.validateUnsigned(chain.ext, TransactionSource.EXTERNAL, call);
    }

    /** The pool and a block refuse the batch, and so does its dispatch, however it came there. */
    private void refuses(TickStreamCall call, InvalidTransaction reason, TickStreamError error) {
        Map<Bytes, Bytes> before = chain.snapshot();
        assertEquals(Result.err(TransactionValidityError.of(reason)), validity(call));
        assertEquals(Optional.of(TransactionValidityError.of(reason)),
                chain.ticks.preDispatchUnsigned(chain.ext, call));
        assertEquals(before, chain.snapshot());
        chain.noop(Origin.NONE, call, error);
    }

    private void refuses(Batch batch, InvalidTransaction reason, TickStreamError error) {
        refuses(chain.signed(batch), reason, error);
    }

    private Entry[] entries(int count) {
        return Collections.nCopies(count, words.entry(session, 1)).toArray(Entry[]::new);
    }

    @Test
    void aGoodBatchMayEnter() {
        TickStreamCall call = chain.signed(batch(KEY, 0, chain.number() + 3, entries(5)));
        Bytes tag = new ScaleOutput().bytes(Bytes.ascii("TickStream").view()).raw(KEY.bytes().view()).u64(0).toBytes();
        assertEquals(Result.ok(new ValidTransaction((1L << 62) + 5, List.of(), List.of(tag), 4, true)), validity(call));
        assertEquals(Optional.empty(), chain.ticks.preDispatchUnsigned(chain.ext, call));
        assertEquals(Pays.NO, chain.ticks.paysFee(call));
        assertEquals(DispatchClass.NORMAL, chain.ticks.dispatchClass(call));
        chain.ok(Origin.NONE, call);
        assertEquals(1, chain.nonce());
    }

    @Test
    void aKeyHasOneBatchInFlight() {
        TickStreamCall first = chain.signed(batch(KEY, 0, chain.number(), words.entry(session, 1)));
        TickStreamCall second = chain.signed(batch(KEY, 0, chain.number(), words.entry(session, 2)));
        assertEquals(tags(first), tags(second), "the pool takes one of them");
        chain.ok(Origin.ROOT, new TickStreamCall.SetSettlementKey(OTHER_KEY, true));
        assertNotEquals(tags(first), tags(chain.signed(batch(OTHER_KEY, 0, chain.number(), words.entry(session, 1)))));
        refuses(batch(KEY, 1, chain.number(), words.entry(session, 1)), new InvalidTransaction.Future(),
                TickStreamError.BAD_NONCE);
        chain.ok(Origin.NONE, first);
        refuses(second, new InvalidTransaction.Stale(), TickStreamError.BAD_NONCE);
        refuses(first, new InvalidTransaction.Stale(), TickStreamError.BAD_NONCE);
        assertNotEquals(tags(chain.signed(batch(KEY, 1, chain.number(), words.entry(session, 2)))), List.of());
    }

    private List<Bytes> tags(TickStreamCall call) {
        return switch (validity(call)) {
            case Result.Ok<ValidTransaction, TransactionValidityError>(var valid) -> valid.provides();
            case Result.Err<ValidTransaction, TransactionValidityError>(var error) -> throw new AssertionError(error);
        };
    }

    @Test
    void aNonceIsUnsigned() {
        refuses(batch(KEY, -1, chain.number(), entries(1)), new InvalidTransaction.Future(), TickStreamError.BAD_NONCE);
    }

    @Test
    void aBatchIsValidForFewBlocks() {
        long now = chain.number();
        refuses(batch(KEY, 0, now - 1, entries(1)), new InvalidTransaction.Stale(), TickStreamError.TOO_LATE);
        refuses(batch(KEY, 0, now + VALIDITY_MAX + 1, entries(1)), new InvalidTransaction.Stale(),
                TickStreamError.TOO_LATE);
        TickStreamCall longest = chain.signed(batch(KEY, 0, now + VALIDITY_MAX, entries(1)));
        assertTrue(validity(longest) instanceof Result.Ok);
        chain.toBlock(now + VALIDITY_MAX);
        assertTrue(validity(longest) instanceof Result.Ok);
        chain.nextBlock();
        refuses(longest, new InvalidTransaction.Stale(), TickStreamError.TOO_LATE);
    }

    @Test
    void onlyRegisteredKeysSettle() {
        Batch theirs = batch(OTHER_KEY, 0, chain.number(), words.entry(session, 1));
        refuses(theirs, new InvalidTransaction.BadSigner(), TickStreamError.UNKNOWN_KEY);
        chain.ok(Origin.ROOT, new TickStreamCall.SetSettlementKey(OTHER_KEY, true));
        assertTrue(validity(chain.signed(theirs)) instanceof Result.Ok);
        chain.ok(Origin.ROOT, new TickStreamCall.SetSettlementKey(OTHER_KEY, false));
        refuses(theirs, new InvalidTransaction.BadSigner(), TickStreamError.UNKNOWN_KEY);
        chain.ok(Origin.ROOT, new TickStreamCall.SetSettlementKey(KEY, false));
        refuses(batch(KEY, 0, chain.number(), words.entry(session, 1)), new InvalidTransaction.BadSigner(),
                TickStreamError.UNKNOWN_KEY);
    }

    @Test
    void theWholeBatchIsSigned() {
        Batch batch = new Batch(KEY, 0, chain.number(), 100, 10, List.of(words.entry(session, 1)));
        Bytes signature = ((TickStreamCall.SettleBatch) chain.signed(batch)).signature();
        for (Batch other : List.of(new Batch(KEY, 0, chain.number() + 1, 100, 10, batch.entries()),
                new Batch(KEY, 0, chain.number(), 101, 10, batch.entries()),
                new Batch(KEY, 0, chain.number(), 100, 11, batch.entries()),
                new Batch(KEY, 0, chain.number(), 100, 10, List.of(words.entry(session, 2))),
                new Batch(KEY, 0, chain.number(), 100, 10, List.of(words.closing(session, 1))))) {
            refuses(new TickStreamCall.SettleBatch(other, signature), new InvalidTransaction.BadProof(),
                    TickStreamError.BAD_SIGNATURE);
        }
        refuses(new TickStreamCall.SettleBatch(batch, Bytes.wrap(new byte[64])), new InvalidTransaction.BadProof(),
                TickStreamError.BAD_SIGNATURE);
    }

    @Test
    void whatIsSignedNamesTheChain() {
        Batch batch = batch(KEY, 0, chain.number(), words.entry(session, 1));
        byte[] payload = new ScaleOutput().raw(Bytes.ascii("vilokanam:settle_batch").view())
                .raw(chain.system.blockHash(chain.ext, 0).bytes().view()).raw(Batch.CODEC.encode(batch)).toByteArray();
        assertEquals(Bytes.wrap(Blake2b.hash256(payload)), chain.ticks.payload(chain.ext, batch));
    }

    @Test
    void aBatchIsBounded() {
        int most = (int) BATCHES.entriesMax();
        assertTrue(validity(chain.signed(batch(KEY, 0, chain.number(), entries(most)))) instanceof Result.Ok);
        refusesSize(batch(KEY, 0, chain.number(), entries(most + 1)));
        refusesSize(batch(KEY, 0, chain.number()));
        refusesSize(new Batch(KEY, 0, chain.number(), BATCHES.hashesMax() + 1, 1, List.of(entries(1))));
        refusesSize(new Batch(KEY, 0, chain.number(), 1, BATCHES.paymentsMax() + 1, List.of(entries(1))));
    }

    @Test
    void aBatchClosesABoundedNumberOfSessions() {
        Entry closing = words.closing(session, 1);
        int most = Batch.CLOSES_MAX;
        assertTrue(validity(chain.signed(batch(KEY, 0, chain.number(),
                Collections.nCopies(most, closing).toArray(Entry[]::new)))) instanceof Result.Ok);
        refusesSize(batch(KEY, 0, chain.number(), Collections.nCopies(most + 1, closing).toArray(Entry[]::new)));
    }

    private void refusesSize(Batch batch) {
        refuses(batch, new InvalidTransaction.ExhaustsResources(), TickStreamError.BAD_BATCH);
    }

    @Test
    void nothingElseEntersUnsigned() {
        TransactionValidityError error = new TransactionValidityError.Unknown(
                new UnknownTransaction.NoUnsignedValidator());
        for (TickStreamCall call : List.of(new TickStreamCall.Claim(words.entry(session, 1)),
                new TickStreamCall.RequestClose(session), new TickStreamCall.TopUp(session, U128.ONE),
                new TickStreamCall.SetSettlementKey(OTHER_KEY, true))) {
            assertEquals(Result.err(error), validity(call));
            assertEquals(Optional.of(error), chain.ticks.preDispatchUnsigned(chain.ext, call));
        }
    }

    @Test
    void noBatchOfCallsSmugglesABatchOfEntriesIn() {
        RuntimeCall settle = chain.scope.call(chain.ticks, chain.signed(batch(KEY, 0, chain.number(), entries(1))));
        for (Utility.Call call : List.of(new Utility.Call.BatchAll(List.of(settle)),
                new Utility.Call.Batch(List.of(settle)),
                new Utility.Call.ForceBatch(List.of(settle)), new Utility.Call.AsDerivative(0, settle))) {
            for (Origin origin : List.of(Origin.NONE, Origin.signed(OTHER), Origin.ROOT)) {
                attempt(origin, chain.scope.call(chain.utility, call));
                assertEquals(0, chain.nonce(), () -> call + " by " + origin);
                assertEquals(ENDOWMENT, chain.free(TickChain.CREATOR));
            }
        }
        assertEquals(Result.err(new TransactionValidityError.Unknown(new UnknownTransaction.NoUnsignedValidator())),
                chain.utility.validateUnsigned(chain.ext, TransactionSource.EXTERNAL,
                        new Utility.Call.Batch(List.of(settle))));
        chain.noop(Origin.signed(OTHER), chain.signed(batch(KEY, 0, chain.number(), entries(1))),
                new DispatchError.BadOrigin());
    }

    /** Some of these calls succeed by passing over what fails. */
    private void attempt(Origin origin, RuntimeCall call) {
        try {
            chain.scope.dispatch(chain.ext, origin, call);
        } catch (DispatchException e) {
            assertEquals(new DispatchError.BadOrigin(), e.error());
        }
    }

    @Test
    void aReplayedBatchUnderANewNonceMovesNothing() {
        Words others = new Words(2, 50);
        long second = chain.open(OTHER, chain.createStream(), 5_000, others);
        Entry[] entries = {words.entry(session, 10), others.closing(second, 5)};
        chain.settle(entries);
        Map<Bytes, Bytes> before = chain.snapshotWithoutEvents();
        chain.ext.forget();
        chain.settle(entries);
        assertEquals(List.of(new TickStreamEvent.EntrySkipped(session, SkipReason.NOTHING_NEW),
                new TickStreamEvent.EntrySkipped(second, SkipReason.NOTHING_NEW),
                new TickStreamEvent.BatchSettled(KEY, 1, 0, 2)), chain.ext.events());
        Map<Bytes, Bytes> after = chain.snapshotWithoutEvents();
        before.keySet().removeIf(key -> isNonce(key));
        after.keySet().removeIf(key -> isNonce(key));
        assertEquals(before, after);
    }

    private boolean isNonce(Bytes key) {
        return key.hex().startsWith(chain.keyOf("TickStream", "SettlementKeys").hex());
    }

    @Test
    void twoKeysWithTheSameWordsPayOnce() {
        chain.ok(Origin.ROOT, new TickStreamCall.SetSettlementKey(OTHER_KEY, true));
        for (PublicKey key : List.of(KEY, OTHER_KEY)) {
            chain.ok(Origin.NONE, chain.signed(batch(key, 0, chain.number(), words.entry(session, 10))));
        }
        assertEquals(ENDOWMENT + 900, chain.free(TickChain.CREATOR));
        assertEquals(new TickStreamEvent.BatchSettled(OTHER_KEY, 0, 0, 1), chain.ext.events().getLast());
    }

    @Test
    void theCallIsThePalletsFifth() {
        TickStreamCall call = chain.signed(batch(KEY, 0, chain.number(), words.entry(session, 1)));
        byte[] encoded = chain.scope.codec().encode(chain.scope.call(chain.ticks, call));
        assertEquals(List.of(INDEX, 4), List.of((int) encoded[0], (int) encoded[1]));
    }
}
