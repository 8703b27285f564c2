package io.vilokanam.pallets.referenda;

import java.util.Optional;

import io.vilokanam.primitives.Weight;

/** What came of looking after a referendum, and what it cost: after a nudge, or with the decision deposit. */
enum ServiceBranch {
    FAIL(nudged(15_555_000, 14_787, 2, 1)), //
    NO_DEPOSIT(nudged(20_469_000, 110_487, 3, 2)), //
    PREPARING(nudged(20_939_000, 110_487, 3, 2), deposited(45_583_000, 219_984, 4, 4)), //
    QUEUED(nudged(32_316_000, 14_787, 4, 2), deposited(65_276_000, 110_487, 5, 4)), //
    NOT_QUEUED(nudged(31_863_000, 14_787, 4, 2), deposited(66_039_000, 110_487, 5, 4)), //
    REQUEUED_INSERTION(nudged(27_379_000, 14_787, 3, 1)), //
    REQUEUED_SLIDE(nudged(27_759_000, 14_787, 3, 1)), //
    BEGIN_DECIDING_PASSING(nudged(28_800_000, 110_487, 4, 3), deposited(53_966_000, 219_984, 5, 5)), //
    BEGIN_DECIDING_FAILING(nudged(26_634_000, 110_487, 4, 3), deposited(51_774_000, 219_984, 5, 5)), //
    BEGIN_CONFIRMING(nudged(23_374_000, 110_487, 3, 2)), //
    CONTINUE_CONFIRMING(nudged(21_663_000, 110_487, 3, 2)), //
    END_CONFIRMING(nudged(23_913_000, 110_487, 3, 2)), //
    CONTINUE_NOT_CONFIRMING(nudged(23_248_000, 110_487, 3, 2)), //
    APPROVED(nudged(33_048_000, 219_984, 5, 4)), //
    REJECTED(nudged(23_450_000, 110_487, 3, 2)), //
    TIMED_OUT(nudged(15_555_000, 14_787, 2, 1));

    private final Weight nudge;
    private final Optional<Weight> deposit;

    ServiceBranch(Weight nudge) {
        this.nudge = nudge;
        this.deposit = Optional.empty();
    }

    ServiceBranch(Weight nudge, Weight deposit) {
        this.nudge = nudge;
        this.deposit = Optional.of(deposit);
    }

    private static Weight nudged(long time, long proof, long reads, long writes) {
        return ReferendaWeights.of(time, proof, reads, writes);
    }

    private static Weight deposited(long time, long proof, long reads, long writes) {
        return ReferendaWeights.of(time, proof, reads, writes);
    }

    Weight weightOfNudge() {
        return nudge;
    }

    /** Empty where the reference expects no deposit to end up here, and says nothing about the weight. */
    Optional<Weight> weightOfDeposit() {
        return deposit;
    }

    static Weight maxWeightOfNudge() {
        Weight most = Weight.ZERO;
        for (ServiceBranch branch : values()) {
            most = most.max(branch.nudge);
        }
        return most;
    }

    static Weight maxWeightOfDeposit() {
        Weight most = Weight.ZERO;
        for (ServiceBranch branch : values()) {
            most = most.max(branch.deposit.orElse(Weight.ZERO));
        }
        return most;
    }
}
