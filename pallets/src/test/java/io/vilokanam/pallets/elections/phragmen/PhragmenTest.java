package io.vilokanam.pallets.elections.phragmen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.vilokanam.pallets.elections.phragmen.Phragmen.Ballot;
import io.vilokanam.pallets.elections.phragmen.Phragmen.Winner;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.SeededTest;

/** Elections with the expectations that sp-npos-elections has of its own, and what holds of all. */
class PhragmenTest {

    /** The largest unsigned 64-bit number. */
    private static final long U64_MAX = -1L;
    private static final int VOTES_MAX = 16;

    private static AccountId account(long id) {
        return AccountId.wrap(new ScaleOutput().raw(new byte[AccountId.SIZE - Long.BYTES])
                .u64(Long.reverseBytes(id)).toByteArray());
    }

    private static List<AccountId> accounts(long... ids) {
        return Arrays.stream(ids).mapToObj(PhragmenTest::account).toList();
    }

    private static Ballot ballot(long budget, long... votes) {
        return new Ballot(budget, accounts(votes));
    }

    private static Winner winner(long id, String stake) {
        return new Winner(account(id), U128.parse(stake));
    }

    private static Winner winner(long id, long stake) {
        return new Winner(account(id), U128.of(stake));
    }

    @Test
    void theFirstElectedIsNamedFirst() {
        assertEquals(List.of(winner(3, 35), winner(2, 25)), Phragmen.elect(2, accounts(1, 2, 3),
                List.of(ballot(10, 1, 2), ballot(20, 1, 3), ballot(30, 2, 3))));
    }

    @Test
    void stakesAreSplitToTheLastUnit() {
        assertEquals(List.of(winner(10, 500), winner(20, 500)), Phragmen.elect(2, accounts(10, 20, 30),
                List.of(ballot(500, 10, 20, 30), ballot(500, 10, 20, 40))));
        assertEquals(List.of(winner(20, 24), winner(10, 14)), Phragmen.elect(2, accounts(5, 10, 20, 30),
                List.of(ballot(5, 5), ballot(10, 10), ballot(20, 20), ballot(8, 10, 20))));
        assertEquals(List.of(winner(2, "500000000005000000"), winner(4, "500000000003000000")),
                Phragmen.elect(2, accounts(2, 4), List.of(ballot(1_000_000_000_000_000_000L, 2, 4),
                        ballot(4_000_000, 2), ballot(4_000_000, 4))));
    }

    @Test
    void theLargestStakesAreToldApartByOneUnit() {
        assertEquals(List.of(winner(1, "18446744073709551614"), winner(5, "18446744073709551613")),
                Phragmen.elect(2, accounts(1, 2, 3, 4, 5), List.of(ballot(U64_MAX - 1, 1), ballot(U64_MAX - 4, 2),
                        ballot(U64_MAX - 5, 3), ballot(U64_MAX - 3, 4), ballot(U64_MAX - 2, 5))));
        assertEquals(List.of(winner(2, "36893488147419103226"), winner(1, "36893488147419103219")),
                Phragmen.elect(2, accounts(1, 2, 3, 4, 5),
                        List.of(ballot(U64_MAX - 10, 1, 3, 5), ballot(U64_MAX, 2, 4), ballot(U64_MAX - 1, 1),
                                ballot(U64_MAX - 4, 2), ballot(U64_MAX - 5, 3), ballot(U64_MAX - 3, 4),
                                ballot(U64_MAX - 2, 5))));
    }

    @Test
    void ofEqualsTheOneThatRunsFirstIsElectedFirst() {
        List<Winner> expected = List.of(winner(20, 2), winner(10, 1), winner(30, 1));
        assertEquals(expected, Phragmen.elect(3, accounts(40, 10, 20, 30),
                List.of(ballot(0, 40), ballot(1, 10), ballot(2, 20), ballot(1, 30))));
        assertEquals(expected, Phragmen.elect(3, accounts(40, 10, 20, 30),
                List.of(ballot(1, 10), ballot(2, 20), ballot(1, 30), ballot(0, 40))));
        assertEquals(List.of(winner(30, 1), winner(10, 1)),
                Phragmen.elect(2, accounts(30, 10), List.of(ballot(1, 10), ballot(1, 30))));
    }

    @Test
    void stakesOfAllMagnitudesMeet() {
        List<AccountId> candidates = accounts(2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24);
        List<Ballot> ballots = new ArrayList<>(List.of(new Ballot(990_000_000_000_000_000L, candidates)));
        long[] own = {1, 100, 1_000_000, 100_000_000_001_000L, 100_000_000_002_000L, 100_000_000_003_000L,
                400_000_000_000_000L, 400_000_000_001_000L, 18_000_000_000_000_000L, 20_000_000_000_000_000L,
                500_000_000_000_100_000L, 500_000_000_000_200_000L};
        for (int i = 0; i < own.length; i++) {
            ballots.add(new Ballot(own[i], List.of(candidates.get(i))));
        }
        assertEquals(accounts(24, 22), Phragmen.elect(2, candidates, ballots).stream().map(Winner::who).toList());
    }

    @Test
    void whomNobodyBacksIsElectedWithNothingWhereSeatsAreLeft() {
        assertEquals(List.of(winner(10, 10), winner(20, 10), winner(30, 0)),
                Phragmen.elect(3, accounts(10, 20, 30), List.of(ballot(10, 10), ballot(10, 20))));
        assertEquals(List.of(winner(1, 0)), Phragmen.elect(5, accounts(1), List.of()));
        assertEquals(List.of(), Phragmen.elect(5, List.of(), List.of(ballot(10, 1))));
    }

    @Test
    void whoIsNamedTwiceOnABallotCountsOnce() {
        assertEquals(List.of(winner(2, 140), winner(3, 110)), Phragmen.elect(2, accounts(1, 2, 3),
                List.of(ballot(100, 1, 1, 2, 3), ballot(100, 2, 3), ballot(50, 1, 1, 2))));
        assertEquals(List.of(winner(1, 100), winner(2, 100)), Phragmen.elect(2, accounts(1, 2, 3),
                List.of(ballot(100, 1, 1, 2, 3), ballot(100, 1, 2))));
    }

    /** With less than a unit a vote, nothing may be left of a budget. */
    @SeededTest(runs = 60)
    void everyVoterOfSomebodyElectedBacksWithAllOfItsBudget(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int running = 1 + random.nextInt(20);
        List<AccountId> candidates = LongStream.rangeClosed(1, running).mapToObj(PhragmenTest::account).toList();
        List<Ballot> ballots = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            long budget = VOTES_MAX + (random.nextLong() >>> 1 + random.nextInt(63));
            ballots.add(new Ballot(budget,
                    random.longs(1 + random.nextInt(VOTES_MAX), 1, running + 4).mapToObj(PhragmenTest::account)
                            .toList()));
        }
        int seats = 1 + random.nextInt(10);
        List<Winner> winners = Phragmen.elect(seats, candidates, ballots);
        List<AccountId> elected = winners.stream().map(Winner::who).toList();
        assertEquals(Math.min(seats, running), new HashSet<>(elected).size());
        assertTrue(candidates.containsAll(elected));
        U128 backing = winners.stream().map(Winner::stake).reduce(U128.ZERO, U128::plus);
        U128 budgets = ballots.stream().filter(each -> each.votes().stream().anyMatch(elected::contains))
                .map(each -> U128.of(each.budget())).reduce(U128.ZERO, U128::plus);
        assertEquals(budgets, backing);
    }
}
