package io.vilokanam.pallets.convictionvoting;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.function.Function;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.arithmetic.Perbill;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.voting.VoteTally;
import io.vilokanam.primitives.dispatch.ArithmeticError;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * The count of a poll.
 *
 * @param ayes votes in favour, with conviction
 * @param nays votes against, with conviction
 * @param support the capital in favour or abstaining, in plancks
 */
public record Tally(U128 ayes, U128 nays, U128 support) {

    public static final Tally NONE = new Tally(U128.ZERO, U128.ZERO, U128.ZERO);

    public static final Codec<Tally> CODEC = struct(Tally::new, field("ayes", "Votes", Codecs.U128, Tally::ayes),
            field("nays", "Votes", Codecs.U128, Tally::nays), field("support", "Votes", Codecs.U128, Tally::support))
            .named("pallet_conviction_voting::types::Tally", TypeParameter.of("Votes", Codecs.U128.type()),
                    TypeParameter.skipped("Total"));

    /** Counts against {@code turnoutMax}, all that could vote, in plancks. */
    public static VoteTally<Tally> counting(Function<Externalities, U128> turnoutMax) {
        return new Counting(turnoutMax);
    }

    private record Counting(Function<Externalities, U128> turnoutMax) implements VoteTally<Tally> {

        @Override
        public Codec<Tally> codec() {
            return CODEC;
        }

        @Override
        public Tally fresh(int pollClass) {
            return NONE;
        }

        @Override
        public U128 ayes(Tally tally, int pollClass) {
            return tally.ayes;
        }

        @Override
        public Perbill support(Externalities ext, Tally tally, int pollClass) {
            return Perbill.ofRational(tally.support, turnoutMax.apply(ext));
        }

        @Override
        public Perbill approval(Tally tally, int pollClass) {
            return Perbill.ofRational(tally.ayes, tally.ayes.saturatingPlus(tally.nays));
        }
    }

    /** What a vote adds. */
    private static Tally of(AccountVote vote) throws DispatchException {
        return switch (vote) {
            case AccountVote.Standard(Vote direction, U128 balance) -> {
                Delegations votes = direction.conviction().votes(balance);
                yield direction.isAye() ? new Tally(votes.votes(), U128.ZERO, votes.capital())
                        : new Tally(U128.ZERO, votes.votes(), U128.ZERO);
            }
            case AccountVote.Split(U128 aye, U128 nay) -> new Tally(unsure(aye), unsure(nay), aye);
            case AccountVote.SplitAbstain(U128 aye, U128 nay, U128 abstain) ->
                new Tally(unsure(aye), unsure(nay), sum(aye, abstain));
        };
    }

    private static U128 unsure(U128 capital) {
        return Conviction.NONE.votes(capital).votes();
    }

    /** @throws DispatchException {@code Overflow} */
    Tally plus(AccountVote vote) throws DispatchException {
        Tally more = of(vote);
        return new Tally(sum(ayes, more.ayes), sum(nays, more.nays), sum(support, more.support));
    }

    /** @throws DispatchException {@code Underflow} */
    Tally minus(AccountVote vote) throws DispatchException {
        Tally less = of(vote);
        return new Tally(difference(ayes, less.ayes), difference(nays, less.nays), difference(support, less.support));
    }

    private static U128 sum(U128 first, U128 second) throws DispatchException {
        if (first.wouldOverflow(second)) {
            throw new DispatchException(ArithmeticError.OVERFLOW);
        }
        return first.plus(second);
    }

    private static U128 difference(U128 first, U128 second) throws DispatchException {
        if (first.isLessThan(second)) {
            throw new DispatchException(ArithmeticError.UNDERFLOW);
        }
        return first.minus(second);
    }

    /** With more votes that others left to a voter. */
    Tally increased(boolean isAye, Delegations by) {
        return isAye ? new Tally(ayes.saturatingPlus(by.votes()), nays, support.saturatingPlus(by.capital()))
                : new Tally(ayes, nays.saturatingPlus(by.votes()), support);
    }

    /** With fewer votes that others left to a voter. */
    Tally reduced(boolean isAye, Delegations by) {
        return isAye ? new Tally(ayes.saturatingMinus(by.votes()), nays, support.saturatingMinus(by.capital()))
                : new Tally(ayes, nays.saturatingMinus(by.votes()), support);
    }
}
