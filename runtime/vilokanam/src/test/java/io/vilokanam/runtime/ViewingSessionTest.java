package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.api.StateVersion;
import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.crypto.sr25519.Sr25519KeyPair;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.pallets.aura.Aura;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.pallets.timestamp.Timestamp;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Quote;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** A viewing session over the runtime APIs alone, with real signatures, as a settler sees it. */
class ViewingSessionTest {

    private static final long VLK = 1_000_000_000_000L;
    private static final long SLOT = 850_000_000;
    private static final AccountId BOB = account("bob");
    private static final AccountId CHARLIE = account("charlie");
    private static final AccountId PLATFORM = account("platform");
    private static final Sr25519KeyPair SETTLER = Sr25519KeyPair.fromMiniSecret(Sha2.hash256(new byte[]{1}));

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(101);
    private final TickStream ticks = runtime.pallets().tickStream().orElseThrow();
    private final HostExternalities ext = new HostExternalities(new StorageOverlay(ChainState.empty(), StateVersion.V1),
            HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (_, _) -> {}));
    private final byte[] salt = new byte[16];
    private final byte[][] words = new byte[101][];

    private static AccountId account(String name) {
        return AccountId.wrap(Sha2.hash256(Bytes.ascii(name).view()));
    }

    @BeforeEach
    void openSession() throws Exception {
        words[100] = Sha2.hash256(Bytes.ascii("secret").view());
        for (int i = 100; i > 0; i--) {
            words[i - 1] = Sha2.chain(salt, words[i], 1);
        }
        buildGenesis();
        beginBlock(1);
        dispatch(BOB, new TickStreamCall.CreateStream(U128.of(VLK / 1_000), List.of(), 0, Bytes.ascii("cooking")));
        dispatch(CHARLIE, new TickStreamCall.OpenSession(0, U128.of(VLK), U128.of(VLK), 100, Bytes.wrap(words[0]),
                Bytes.wrap(salt), PublicKey.wrap(new byte[32]), Bytes.wrap(Sha2.hash256(new byte[32]))));
    }

    private void buildGenesis() {
        var pallets = runtime.pallets();
        pallets.system().build(ext);
        pallets.aura().build(ext, new Aura.Genesis(List.of(PublicKey.wrap(SETTLER.publicKey()))));
        pallets.payment().build(ext);
        pallets.balances().build(ext, new Balances.Genesis(List.of(endowed(BOB, VLK), endowed(CHARLIE, 10 * VLK),
                endowed(PLATFORM, VLK), endowed(ticks.pot(), VLK / 1_000))));
        ticks.build(ext,
                new TickStream.Genesis(PLATFORM, new Permill(100_000), List.of(PublicKey.wrap(SETTLER.publicKey()))));
    }

    private static Balances.Endowment endowed(AccountId who, long amount) {
        return new Balances.Endowment(who, U128.of(amount));
    }

    private void beginBlock(long number) throws Exception {
        Bytes slot = Bytes.wrap(Codecs.U64.encode(SLOT + number));
        Header header = new Header(Hash.ZERO, number, Hash.ZERO, Hash.ZERO,
                new Digest(List.of(new DigestItem.PreRuntime(DigestItem.AURA, slot))));
        runtime.call("Core_initialize_block", Header.CODEC.encode(header), ext);
        var set = runtime.pallets().runtime().call(runtime.pallets().timestamp(),
                new Timestamp.Call.Set((SLOT + number) * 2_000));
        runtime.pallets().runtime().dispatch(ext, Origin.NONE, set);
    }

    private void dispatch(AccountId signer, TickStreamCall call) throws DispatchException {
        runtime.pallets().runtime().dispatch(ext, Origin.signed(signer), runtime.pallets().runtime().call(ticks, call));
    }

    private Bytes signedBatch(long nonce, int tick, Sr25519KeyPair signer) throws Exception {
        Entry entry = new Entry(0, tick, Bytes.wrap(words[tick]), Optional.empty());
        Batch batch = new Batch(PublicKey.wrap(SETTLER.publicKey()), nonce, 5, 100, 1, List.of(entry));
        byte[] payload = Codecs.BYTES
                .decodeAll(runtime.call("TickStreamApi_batch_payload", Batch.CODEC.encode(batch), ext)).toArray();
        byte[] arguments = new ScaleOutput().raw(Batch.CODEC.encode(batch)).raw(signer.sign(payload)).toByteArray();
        return Codecs.BYTES.decodeAll(runtime.call("TickStreamApi_batch_extrinsic", arguments, ext));
    }

    private Result<ValidTransaction, TransactionValidityError> validity(Bytes extrinsic) throws Exception {
        byte[] arguments = new ScaleOutput().raw(TransactionSource.CODEC.encode(TransactionSource.EXTERNAL))
                .raw(extrinsic.view()).raw(new byte[32]).toByteArray();
        ext.startTransaction();
        byte[] answer = runtime.call("TaggedTransactionQueue_validate_transaction", arguments, ext);
        ext.rollbackTransaction();
        return ApplyResult.VALIDITY.decodeAll(answer);
    }

    private Object applied(Bytes extrinsic) throws Exception {
        return ApplyResult.CODEC.decodeAll(runtime.call("BlockBuilder_apply_extrinsic", extrinsic.toArray(), ext));
    }

    private U128 free(AccountId who) {
        return runtime.pallets().balances().currency().balance(ext, who);
    }

    @Test
    void aSignedBatchPaysTheCreatorNineTenthsToThePlanck() throws Exception {
        Bytes batch = signedBatch(0, 20, SETTLER);
        assertTrue(validity(batch) instanceof Result.Ok, () -> "the pool takes it");
        assertEquals(Result.ok(Result.ok(Unit.UNIT)), applied(batch));
        assertEquals(U128.of(VLK + 20 * VLK / 1_000 * 9 / 10), free(BOB));
        assertEquals(U128.of(VLK + 20 * VLK / 1_000 / 10), free(PLATFORM));
        Optional<Session> session = Codecs.option(Session.CODEC)
                .decodeAll(runtime.call("TickStreamApi_session", Codecs.U64.encode(0L), ext));
        assertEquals(20, session.orElseThrow().settledTicks());
    }

    @Test
    void aReplayIsStaleInPoolAndBlock() throws Exception {
        Bytes batch = signedBatch(0, 20, SETTLER);
        applied(batch);
        var stale = Result.err(TransactionValidityError.of(new InvalidTransaction.Stale()));
        assertEquals(stale, validity(batch));
        assertEquals(stale, applied(batch));
        assertEquals(Result.ok(Result.ok(Unit.UNIT)), applied(signedBatch(1, 25, SETTLER)));
        assertEquals(U128.of(VLK + 25 * VLK / 1_000 * 9 / 10), free(BOB));
    }

    @Test
    void aForeignSignatureIsRefused() throws Exception {
        Bytes batch = signedBatch(0, 20, Sr25519KeyPair.fromMiniSecret(Sha2.hash256(new byte[]{2})));
        var refused = Result.err(TransactionValidityError.of(new InvalidTransaction.BadProof()));
        assertEquals(refused, validity(batch));
        assertEquals(refused, applied(batch));
        assertEquals(U128.of(VLK), free(BOB));
    }

    @Test
    void aQuoteTellsThePrice() throws Exception {
        byte[] arguments = new ScaleOutput().u64(0).raw(AccountId.CODEC.encode(CHARLIE))
                .raw(Codecs.U128.encode(U128.of(VLK / 10))).toByteArray();
        Optional<Quote> quote = Codecs.option(Quote.CODEC)
                .decodeAll(runtime.call("TickStreamApi_quote", arguments, ext));
        assertEquals(
                Optional.of(
                        new Quote(U128.of(VLK / 1_000), new Permill(100_000), 0, U128.of(VLK / 1_000), U128.of(100))),
                quote);
    }
}
