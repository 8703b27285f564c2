package io.vilokanam.pallets.convictionvoting;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** The events of ConvictionVoting. */
public sealed interface ConvictionVotingEvent {

    record Delegated(AccountId who, AccountId target) implements ConvictionVotingEvent {}

    record Undelegated(AccountId who) implements ConvictionVotingEvent {}

    record Voted(AccountId who, AccountVote vote) implements ConvictionVotingEvent {}

    record VoteRemoved(AccountId who, AccountVote vote) implements ConvictionVotingEvent {}

    record VoteUnlocked(AccountId who, int pollClass) implements ConvictionVotingEvent {}

    String ACCOUNT = "T::AccountId";
    String VOTE = "AccountVote<BalanceOf<T, I>>";

    Variants<ConvictionVotingEvent> EVENTS = Variants.of(ConvictionVotingEvent.class)
            .with(0, "Delegated", Delegated.class,
                    struct(Delegated::new, field("", ACCOUNT, AccountId.CODEC, Delegated::who),
                            field("", ACCOUNT, AccountId.CODEC, Delegated::target)),
                    "An account left its votes to another.")
            .with(1, "Undelegated", Undelegated.class,
                    struct(Undelegated::new, field("", ACCOUNT, AccountId.CODEC, Undelegated::who)),
                    "An account took its votes back.")
            .with(2, "Voted", Voted.class,
                    struct(Voted::new, field("who", ACCOUNT, AccountId.CODEC, Voted::who),
                            field("vote", VOTE, AccountVote.CODEC, Voted::vote)),
                    "An account voted.")
            .with(3, "VoteRemoved", VoteRemoved.class,
                    struct(VoteRemoved::new, field("who", ACCOUNT, AccountId.CODEC, VoteRemoved::who),
                            field("vote", VOTE, AccountVote.CODEC, VoteRemoved::vote)),
                    "A vote was taken away.")
            .with(4, "VoteUnlocked", VoteUnlocked.class,
                    struct(VoteUnlocked::new, field("who", ACCOUNT, AccountId.CODEC, VoteUnlocked::who),
                            field("class", "ClassOf<T, I>", Codecs.U16, VoteUnlocked::pollClass)),
                    "What was locked long enough is not locked any more.")
            .complete();
}
