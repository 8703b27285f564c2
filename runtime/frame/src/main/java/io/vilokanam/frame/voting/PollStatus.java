package io.vilokanam.frame.voting;

/** What has become of a poll ({@code frame_support::traits::PollStatus}); {@code T} is the count of its votes. */
public sealed interface PollStatus<T> {

    /** There is no such poll, or it ended without a decision. */
    record None<T>() implements PollStatus<T> {}

    /** Votes are taken. Whoever is given this may replace the count. */
    final class Ongoing<T> implements PollStatus<T> {

        private final int pollClass;
        private T tally;

        public Ongoing(T tally, int pollClass) {
            this.tally = tally;
            this.pollClass = pollClass;
        }

        public T tally() {
            return tally;
        }

        public int pollClass() {
            return pollClass;
        }

        public void count(T changed) {
            tally = changed;
        }
    }

    /** It was decided in the block {@code end}. */
    record Completed<T>(long end, boolean isApproved) implements PollStatus<T> {}
}
