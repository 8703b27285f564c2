package io.vilokanam.pallets.convictionvoting;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The calls of ConvictionVoting. */
public sealed interface ConvictionVotingCall {

    record VoteIn(long pollIndex, AccountVote vote) implements ConvictionVotingCall {}

    record Delegate(int pollClass, MultiAddress to, Conviction conviction, U128 balance)
            implements
            ConvictionVotingCall {}

    record Undelegate(int pollClass) implements ConvictionVotingCall {}

    record Unlock(int pollClass, MultiAddress target) implements ConvictionVotingCall {}

    record RemoveVote(Optional<Integer> pollClass, long index) implements ConvictionVotingCall {}

    record RemoveOtherVote(MultiAddress target, int pollClass, long index) implements ConvictionVotingCall {}

    String CLASS = "ClassOf<T, I>";
    String INDEX = "PollIndexOf<T, I>";
    String LOOKUP = "AccountIdLookupOf<T>";

    Variants<ConvictionVotingCall> CALLS = Variants.of(ConvictionVotingCall.class)
            .with(0, "vote", VoteIn.class,
                    struct(VoteIn::new, field("poll_index", INDEX, Codecs.COMPACT_U32, VoteIn::pollIndex),
                            field("vote", "AccountVote<BalanceOf<T, I>>", AccountVote.CODEC, VoteIn::vote)),
                    "Vote in a poll, or vote anew. What is at stake is locked.")
            .with(1, "delegate", Delegate.class,
                    struct(Delegate::new, field("class", CLASS, Codecs.U16, Delegate::pollClass),
                            field("to", LOOKUP, MultiAddress.CODEC, Delegate::to),
                            field("conviction", "Conviction", Conviction.CODEC, Delegate::conviction),
                            field("balance", "BalanceOf<T, I>", Codecs.U128, Delegate::balance)),
                    "Leave the votes of one class of polls to another account.")
            .with(2, "undelegate", Undelegate.class,
                    struct(Undelegate::new, field("class", CLASS, Codecs.U16, Undelegate::pollClass)),
                    "Take the votes of one class of polls back; what is behind them stays locked for a while.")
            .with(3, "unlock", Unlock.class,
                    struct(Unlock::new, field("class", CLASS, Codecs.U16, Unlock::pollClass),
                            field("target", LOOKUP, MultiAddress.CODEC, Unlock::target)),
                    "Unlock what earlier votes of an account have locked long enough.")
            .with(4, "remove_vote", RemoveVote.class,
                    struct(RemoveVote::new,
                            field("class", "Option<ClassOf<T, I>>", Codecs.option(Codecs.U16), RemoveVote::pollClass),
                            field("index", INDEX, Codecs.U32, RemoveVote::index)),
                    "Take a vote away. The class has to be said where the poll is over.")
            .with(5, "remove_other_vote", RemoveOtherVote.class,
                    struct(RemoveOtherVote::new, field("target", LOOKUP, MultiAddress.CODEC, RemoveOtherVote::target),
                            field("class", CLASS, Codecs.U16, RemoveOtherVote::pollClass),
                            field("index", INDEX, Codecs.U32, RemoveOtherVote::index)),
                    "Take the vote of another account away, where the poll is over and nothing is locked by it.")
            .complete();
}
