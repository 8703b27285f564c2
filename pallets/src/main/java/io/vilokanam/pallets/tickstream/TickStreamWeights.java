package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.weights.DbWeight.ROCKS_DB;

import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.scale.Bytes;

/**
 * What the calls of {@link TickStream} cost: storage accesses at FRAME's RocksDB costs, and for the computation a bound above what was
 * measured with {@code node/benchmarks/run weights}: a call 1 to 12 us of processor time and a payment about 4 us, of which this says 20
 * and 15; an entry of a batch 1.8 us, of which this says 5; a word 0.06 us, of which this says 0.1; a signature check 60 us, of which
 * this says 70. Composition 111, Temurin 25.0.3 on 2 cores of a shared Intel Xeon, 2026-11-25; all calls beside what they announce are in
 * docs/benchmarks.md. A test holds each call's weight beside the storage that it touches.
 */
final class TickStreamWeights {

    private static final long MICROSECOND = 1_000_000;

    /** A call itself: decoding, checks, an event. */
    private static final Weight CALL = new Weight(20 * MICROSECOND, 3_600);

    /** One payment: the account and what waits for it, both read and written where the account comes to be. */
    private static final Weight PAYMENT = ROCKS_DB.readsWrites(2, 2).plusRefTime(15 * MICROSECOND);

    /** The pot's side of all payments of a call. */
    private static final Weight POT = ROCKS_DB.readsWrites(1, 1);

    /** One entry: the session read and written. */
    private static final Weight ENTRY = ROCKS_DB.readsWrites(1, 1).plusRefTime(5 * MICROSECOND);

    /** One step of a hash chain: a tenth of a microsecond. */
    private static final long HASH = MICROSECOND / 10;

    /** An sr25519 check. */
    private static final long SIGNATURE = 70 * MICROSECOND;

    private TickStreamWeights() {}

    /** What a call may cost at most: an entry settles at most {@code stepMax} ticks for {@code payeesMax} payees. */
    static Weight of(TickStreamCall call, long stepMax, int payeesMax) {
        return switch (call) {
            case TickStreamCall.CreateStream _,TickStreamCall.UpdateStream _ -> stream();
            case TickStreamCall.OpenSession _ -> openSession();
            case TickStreamCall.TopUp _ -> topUp();
            case TickStreamCall.SettleBatch(Batch batch, Bytes _) -> settleBatch(batch);
            case TickStreamCall.Claim _ -> claim(stepMax, payeesMax);
            case TickStreamCall.RequestClose _ -> requestClose();
            case TickStreamCall.CloseWithWord _ -> closeWithWord(stepMax, payeesMax);
            case TickStreamCall.PayAccrued _ -> payAccrued();
            case TickStreamCall.SetSettlementKey _,TickStreamCall.SetPlatform _ -> settings();
            case TickStreamCall.Tip _ -> tip(payeesMax);
            case TickStreamCall.SetTiers _ -> settings();
            case TickStreamCall.Subscribe _ -> subscribe(payeesMax);
            case TickStreamCall.Sponsor _ -> sponsor();
            case TickStreamCall.EndSponsorship _ -> endSponsorship();
            case TickStreamCall.OpenSponsored _ -> openSponsored();
            case TickStreamCall.OpenGift _ -> openGift();
            case TickStreamCall.SetSpendingLimit _ -> setSpendingLimit();
        };
    }

    /** How many payouts to payees a call may make. */
    static long payouts(TickStreamCall call, int payeesMax) {
        return switch (call) {
            case TickStreamCall.SettleBatch(Batch batch, Bytes _) -> batch.payments();
            case TickStreamCall.Claim _,TickStreamCall.CloseWithWord _,TickStreamCall.Tip _,TickStreamCall.Subscribe _ ->
                payeesMax;
            case TickStreamCall.CreateStream _,TickStreamCall.UpdateStream _,TickStreamCall.OpenSession _,TickStreamCall.TopUp _,TickStreamCall.RequestClose _,TickStreamCall.PayAccrued _,TickStreamCall.SetSettlementKey _,TickStreamCall.SetPlatform _,TickStreamCall.SetTiers _,TickStreamCall.Sponsor _,TickStreamCall.EndSponsorship _,TickStreamCall.OpenSponsored _,TickStreamCall.OpenGift _,TickStreamCall.SetSpendingLimit _ ->
                0;
        };
    }

    /** Whether the platform is set already. */
    static Weight upgradeNotNeeded() {
        return ROCKS_DB.readsWrites(1, 0);
    }

    /** Another platform, and the fee as it was. */
    static Weight newPlatform() {
        return ROCKS_DB.readsWrites(2, 2);
    }

    /** Written: platform, fee and each key; pot and total issuance, both read too. */
    static Weight upgrade(int settlementKeys) {
        return CALL.plus(ROCKS_DB.readsWrites(3, 4 + settlementKeys));
    }

    /** The stream, and for a new one its id. */
    static Weight stream() {
        return CALL.plus(ROCKS_DB.readsWrites(1, 2));
    }

    /**
     * Read: the stream, the session of the viewer, the next id, fee, free look, subscription, spending limit and time. Written: the
     * next id, free look, session, session of the viewer, queue and spending limit.
     */
    static Weight openSession() {
        return CALL.plus(PAYMENT).plus(POT).plus(ROCKS_DB.readsWrites(8, 6));
    }

    /** And the sponsorship, and whether it paid for the viewer before. */
    static Weight openSponsored() {
        return openSession().plus(ROCKS_DB.readsWrites(2, 2));
    }

    /** And the genesis hash; the signature may be checked twice. */
    static Weight openGift() {
        return openSession().plusRefTime(2 * SIGNATURE).plus(ROCKS_DB.reads(1));
    }

    /** The session, its place in the queue, time and the spending limit. */
    static Weight topUp() {
        return CALL.plus(PAYMENT).plus(POT).plus(ROCKS_DB.readsWrites(3, 3));
    }

    /** The stream, platform, time and spending limit; one payment in, and one to each payee and the platform. */
    static Weight tip(int payees) {
        return CALL.plus(PAYMENT.times(payees + 2)).plus(POT).plus(ROCKS_DB.readsWrites(4, 1));
    }

    /** A tip, the fee, the tiers, and what was subscribed to before. */
    static Weight subscribe(int payees) {
        return tip(payees).plus(ROCKS_DB.readsWrites(3, 1));
    }

    /** The stream, the next id, time and spending limit; written besides, the sponsorship. */
    static Weight sponsor() {
        return CALL.plus(PAYMENT).plus(POT).plus(ROCKS_DB.readsWrites(4, 3));
    }

    /** The sponsorship, time and spending limit. */
    static Weight endSponsorship() {
        return CALL.plus(PAYMENT).plus(POT).plus(ROCKS_DB.readsWrites(3, 2));
    }

    /** The limit and time. */
    static Weight setSpendingLimit() {
        return CALL.plus(ROCKS_DB.readsWrites(2, 1));
    }

    /** The version of the layout. */
    static Weight version() {
        return ROCKS_DB.writes(1);
    }

    /**
     * Read: the key's nonce, genesis hash, time, platform, each stream that is paid and one that is not. Written: the nonce,
     * and the queue for each entry that closes. The signature is checked when the extrinsic is and when it is dispatched.
     */
    static Weight settleBatch(Batch batch) {
        return settleBatch(batch, batch.hashes(), batch.payments());
    }

    /** What a batch came to that hashed and paid less than it might have. */
    static Weight settleBatch(Batch batch, long hashes, long payments) {
        return CALL.plusRefTime(2 * SIGNATURE + HASH * hashes).plus(ENTRY.times(batch.entries().size()))
                .plus(PAYMENT.times(payments + 1)).plus(POT)
                .plus(ROCKS_DB.readsWrites(5 + payments, 1 + batch.closes()));
    }

    /** One entry of {@code hashes} hashes, {@code payees} and the platform; time, stream and platform are read. */
    static Weight claim(long hashes, int payees) {
        return CALL.plus(ENTRY).plusRefTime(HASH * hashes).plus(PAYMENT.times(payees + 1)).plus(POT)
                .plus(ROCKS_DB.reads(3));
    }

    /** The session, and its place in the queue. */
    static Weight requestClose() {
        return CALL.plus(ROCKS_DB.readsWrites(1, 2));
    }

    /** A claim, the refund, the session of the viewer, the payer's spending limit, and what comes back to a sponsor or its pot. */
    static Weight closeWithWord(long hashes, int payees) {
        return claim(hashes, payees).plus(PAYMENT.times(2)).plus(ROCKS_DB.readsWrites(3, 3));
    }

    static Weight payAccrued() {
        return CALL.plus(PAYMENT).plus(POT);
    }

    static Weight settings() {
        return CALL.plus(ROCKS_DB.readsWrites(1, 2));
    }

    /**
     * Looking at one session or one empty block of the queue; at worst the session is closed and refunded, and what a sponsor set
     * aside comes back. Read: its place in the queue, the session, the sponsorship and spending limits. Written: all of these, and
     * the session of the viewer.
     */
    static Weight due(int visited) {
        return PAYMENT.times(2).plus(ROCKS_DB.readsWrites(5, 5)).times(visited).plus(POT)
                .plus(ROCKS_DB.readsWrites(2, 1));
    }
}
