package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * What a session costs whom, as far as it is settled.
 *
 * @param rate plancks a tick
 * @param payer who put the escrow down
 * @param paidByEscrow plancks
 * @param paidBySponsor plancks
 * @param remaining plancks in escrow
 * @param remainingTicks how many more ticks escrow, sponsor and hash chain allow for
 * @param sponsoredTicksLeft how many of them a sponsor pays
 */
public record SessionAccount(U128 rate, AccountId payer, U128 paidByEscrow, U128 paidBySponsor, U128 remaining,
        long remainingTicks, long sponsoredTicksLeft, Funding funding) {

    public static final Codec<SessionAccount> CODEC = struct(SessionAccount::new,
            field("rate", "Balance", Codecs.U128, SessionAccount::rate),
            field("payer", "AccountId", AccountId.CODEC, SessionAccount::payer),
            field("paid_by_escrow", "Balance", Codecs.U128, SessionAccount::paidByEscrow),
            field("paid_by_sponsor", "Balance", Codecs.U128, SessionAccount::paidBySponsor),
            field("remaining", "Balance", Codecs.U128, SessionAccount::remaining),
            field("remaining_ticks", "u32", Codecs.U32, SessionAccount::remainingTicks),
            field("sponsored_ticks_left", "u32", Codecs.U32, SessionAccount::sponsoredTicksLeft),
            field("funding", "Funding", Funding.CODEC, SessionAccount::funding))
            .named("vilokanam_primitives::tickstream::SessionAccount");

    public static SessionAccount of(Session session) {
        long settled = session.settledTicks();
        long begun = Math.max(0, settled - session.terms().freeTicks());
        return new SessionAccount(session.terms().rate(), session.payer(), session.ownOf(settled),
                session.sponsoredOf(settled), session.escrow(), Math.max(0, session.payableTicks() - settled),
                Math.max(0, session.sponsoredTicks() - begun), session.funding());
    }
}
