package io.vilokanam.pallets.convictionvoting;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What an account votes in one poll; amounts are plancks. */
public sealed interface AccountVote {

    /** All for one side. */
    record Standard(Vote vote, U128 balance) implements AccountVote {}

    /** Something for each side, without conviction. */
    record Split(U128 aye, U128 nay) implements AccountVote {}

    /** Something for each side and something for neither, without conviction. */
    record SplitAbstain(U128 aye, U128 nay, U128 abstain) implements AccountVote {}

    Codec<AccountVote> CODEC = Variants.of(AccountVote.class)
            .with(0, "Standard", Standard.class,
                    struct(Standard::new, field("vote", "Vote", Vote.CODEC, Standard::vote),
                            field("balance", "Balance", Codecs.U128, Standard::balance)))
            .with(1, "Split", Split.class,
                    struct(Split::new, field("aye", "Balance", Codecs.U128, Split::aye),
                            field("nay", "Balance", Codecs.U128, Split::nay)))
            .with(2, "SplitAbstain", SplitAbstain.class,
                    struct(SplitAbstain::new, field("aye", "Balance", Codecs.U128, SplitAbstain::aye),
                            field("nay", "Balance", Codecs.U128, SplitAbstain::nay),
                            field("abstain", "Balance", Codecs.U128, SplitAbstain::abstain)))
            .complete()
            .named("pallet_conviction_voting::vote::AccountVote", TypeParameter.of("Balance", Codecs.U128.type()));

    /** What a decided poll binds, for so many locking periods. */
    record Bond(long periods, U128 balance) {}

    /** All that is at stake. */
    default U128 balance() {
        return switch (this) {
            case Standard(Vote _, U128 balance) -> balance;
            case Split(U128 aye, U128 nay) -> aye.saturatingPlus(nay);
            case SplitAbstain(U128 aye, U128 nay, U128 abstain) -> aye.saturatingPlus(nay).saturatingPlus(abstain);
        };
    }

    /** Whether it is in favour, where it is all for one side. */
    default Optional<Boolean> asStandard() {
        return this instanceof Standard(Vote vote, U128 _) ? Optional.of(vote.isAye()) : Optional.empty();
    }

    /** What stays locked after the poll was approved or not: only winners with conviction are bound. */
    default Optional<Bond> lockedIf(boolean isApproved) {
        return this instanceof Standard(Vote vote, U128 balance) && vote.conviction() != Conviction.NONE
                && vote.isAye() == isApproved ? Optional.of(new Bond(vote.conviction().lockPeriods(), balance))
                        : Optional.empty();
    }
}
