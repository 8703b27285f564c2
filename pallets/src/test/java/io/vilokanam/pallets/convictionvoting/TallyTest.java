package io.vilokanam.pallets.convictionvoting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.arithmetic.Perbill;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.voting.VoteTally;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.U128;

class TallyTest {

    private static U128 of(long amount) {
        return U128.of(amount);
    }

    private static AccountVote standard(boolean isAye, Conviction conviction, long balance) {
        return new AccountVote.Standard(new Vote(isAye, conviction), of(balance));
    }

    @Test
    void weighsVotesByConvictionAndSupportByCapital() throws DispatchException {
        assertEquals(new Tally(of(300), of(0), of(100)), Tally.NONE.plus(standard(true, Conviction.LOCKED_3X, 100)));
        assertEquals(new Tally(of(10), of(0), of(109)), Tally.NONE.plus(standard(true, Conviction.NONE, 109)));
        assertEquals(new Tally(of(0), of(600), of(0)), Tally.NONE.plus(standard(false, Conviction.LOCKED_6X, 100)));
        assertEquals(new Tally(of(2), of(3), of(20)), Tally.NONE.plus(new AccountVote.Split(of(20), of(39))));
        assertEquals(new Tally(of(2), of(3), of(520)),
                Tally.NONE.plus(new AccountVote.SplitAbstain(of(20), of(30), of(500))));
    }

    @Test
    void forgetsAVoteThatIsTakenAway() throws DispatchException {
        List<AccountVote> votes = List.of(standard(true, Conviction.LOCKED_2X, 7),
                standard(false, Conviction.LOCKED_1X, 9), new AccountVote.Split(of(30), of(40)));
        Tally all = Tally.NONE;
        for (AccountVote vote : votes) {
            all = all.plus(vote);
        }
        for (AccountVote vote : votes) {
            all = all.minus(vote);
        }
        assertEquals(Tally.NONE, all);
        assertThrows(DispatchException.class, () -> Tally.NONE.minus(votes.getFirst()));
    }

    @Test
    void refusesMoreThanFits() {
        Tally full = new Tally(U128.MAX, U128.ZERO, U128.ZERO);
        assertThrows(DispatchException.class, () -> full.plus(standard(true, Conviction.LOCKED_1X, 1)));
    }

    @Test
    void takesAPollWithoutVotesAsApproved() {
        VoteTally<Tally> tallies = Tally.counting(_ -> of(400));
        assertEquals(Perbill.ONE, tallies.approval(Tally.NONE, 0));
        assertEquals(Perbill.ofPercent(25), tallies.approval(new Tally(of(1), of(3), of(1)), 0));
    }

    @Test
    void writesAVoteInOneByte() throws Exception {
        Vote vote = new Vote(true, Conviction.LOCKED_5X);
        assertEquals((byte) 0x85, Vote.CODEC.encode(vote)[0]);
        assertEquals(vote, Vote.CODEC.decodeAll(new byte[]{(byte) 0x85}));
        assertThrows(ScaleException.class, () -> Vote.CODEC.decodeAll(new byte[]{7}));
    }

    @Test
    void locksWhatWonWithConviction() {
        assertEquals(new AccountVote.Bond(16, of(5)), standard(true, Conviction.LOCKED_5X, 5).lockedIf(true).get());
        assertEquals(Optional.empty(), standard(true, Conviction.LOCKED_5X, 5).lockedIf(false));
        assertEquals(Optional.empty(), standard(true, Conviction.NONE, 5).lockedIf(true));
        assertEquals(Optional.empty(), new AccountVote.Split(of(1), of(1)).lockedIf(true));
    }
}
