package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * One viewer's prepaid viewing of one stream.
 *
 * @param anchor the newest word known on chain, 32 bytes: word number {@code settledTicks}
 * @param charged plancks that the settled ticks cost, fee included, whoever paid them
 * @param feeTaken the platform's part of {@code charged}
 * @param escrow plancks that are left of what the viewer or the giver put down
 * @param funding who pays besides the viewer; on the wire it stands within the status
 */
public record Session(Terms terms, Bytes anchor, long settledTicks, U128 charged, U128 feeTaken, U128 escrow,
        SessionStatus status, Funding funding) {

    public static final Codec<Session> CODEC = struct(Session::ofStored,
            field("terms", "Terms", Terms.CODEC, Session::terms),
            field("anchor", "[u8; 32]", Codecs.fixedBytes(32), Session::anchor),
            field("settled_ticks", "u32", Codecs.COMPACT_U32, Session::settledTicks),
            field("charged", "Balance", Codecs.COMPACT_U128, Session::charged),
            field("fee_taken", "Balance", Codecs.COMPACT_U128, Session::feeTaken),
            field("escrow", "Balance", Codecs.COMPACT_U128, Session::escrow),
            field("status", "SessionStatus", StoredStatus.CODEC, Session::stored))
            .named("vilokanam_primitives::tickstream::Session");

    /** A session whose viewer pays for everything. */
    public Session(Terms terms, Bytes anchor, long settledTicks, U128 charged, U128 feeTaken, U128 escrow,
            SessionStatus status) {
        this(terms, anchor, settledTicks, charged, feeTaken, escrow, status, Funding.OWN);
    }

    private static Session ofStored(Terms terms, Bytes anchor, long settledTicks, U128 charged, U128 feeTaken,
            U128 escrow, StoredStatus stored) {
        return new Session(terms, anchor, settledTicks, charged, feeTaken, escrow, stored.status(), stored.whose());
    }

    private StoredStatus stored() {
        return StoredStatus.of(status, funding);
    }

    public boolean isOpen() {
        return status instanceof SessionStatus.Open;
    }

    public Session withStatus(SessionStatus other) {
        return new Session(terms, anchor, settledTicks, charged, feeTaken, escrow, other, funding);
    }

    public Session withEscrow(U128 other) {
        return new Session(terms, anchor, settledTicks, charged, feeTaken, other, status, funding);
    }

    /** Who put the escrow down, and gets back what is left of it. */
    public AccountId payer() {
        return funding.payer().orElse(terms.viewer());
    }

    /** How many ticks a sponsor pays, behind those that are free. */
    public long sponsoredTicks() {
        return funding.sponsored().map(Funding.Sponsored::ticks).orElse(0L);
    }

    /** How many ticks cost the escrow nothing. */
    private long ticksWithoutEscrow() {
        return terms.freeTicks() + sponsoredTicks();
    }

    /** How much of the price of {@code ticks} ticks a sponsor pays. */
    public U128 sponsoredOf(long ticks) {
        return terms.grossOf(Math.min(ticks, ticksWithoutEscrow()));
    }

    /** What {@code ticks} ticks cost the escrow. */
    public U128 ownOf(long ticks) {
        return terms.grossOf(ticks).minus(sponsoredOf(ticks));
    }

    /** All that was ever put into escrow. */
    public U128 deposits() {
        return ownOf(settledTicks).saturatingPlus(escrow);
    }

    /** All that the session ever had to spend: what was charged, and what is left in escrow and of a sponsor. */
    public U128 funds() {
        return charged.saturatingPlus(escrow).saturatingPlus(reserve());
    }

    /** What is still set aside of a sponsor's pot for this session. */
    public U128 reserve() {
        return sponsoredOf(ticksWithoutEscrow()).minus(sponsoredOf(settledTicks));
    }

    /** How many ticks escrow, sponsor and hash chain allow for in all. */
    public long payableTicks() {
        return terms.ticksFor(deposits(), sponsoredTicks()).low();
    }
}
