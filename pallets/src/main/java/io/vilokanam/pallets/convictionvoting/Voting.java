package io.vilokanam.pallets.convictionvoting;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What an account does in one class of polls: it votes by itself, or leaves its votes to another. */
public sealed interface Voting {

    /** A vote in the poll of this index. */
    record Cast(long poll, AccountVote vote) {

        static final Codec<Cast> CODEC = struct(Cast::new, field(Codecs.U32, Cast::poll),
                field(AccountVote.CODEC, Cast::vote)).tuple();
    }

    /** It votes; {@code votes} are in the order of the polls. */
    record Casting(List<Cast> votes, Delegations delegations, PriorLock prior) implements Voting {}

    /** It leaves votes with so much conviction to {@code target}. */
    record Delegating(U128 balance, AccountId target, Conviction conviction, Delegations delegations, PriorLock prior)
            implements
            Voting {}

    Voting IDLE = new Casting(List.of(), Delegations.NONE, PriorLock.NONE);

    static Codec<Voting> codec(int votesMax) {
        TypeParameter balance = TypeParameter.of("Balance", Codecs.U128.type());
        TypeParameter account = TypeParameter.of("AccountId", AccountId.CODEC.type());
        TypeParameter block = TypeParameter.of("BlockNumber", Codecs.U32.type());
        TypeParameter poll = TypeParameter.of("PollIndex", Codecs.U32.type());
        TypeParameter bound = TypeParameter.skipped("MaxVotes");
        Codec<Casting> casting = struct(Casting::new,
                field("votes", "BoundedVec<(PollIndex, AccountVote<Balance>), MaxVotes>",
                        BoundedVec.codec(Cast.CODEC, votesMax), Casting::votes),
                field("delegations", "Delegations<Balance>", Delegations.CODEC, Casting::delegations),
                field("prior", "PriorLock<BlockNumber, Balance>", PriorLock.CODEC, Casting::prior))
                .named("pallet_conviction_voting::vote::Casting", balance, block, poll, bound);
        Codec<Delegating> delegating = struct(Delegating::new,
                field("balance", "Balance", Codecs.U128, Delegating::balance),
                field("target", "AccountId", AccountId.CODEC, Delegating::target),
                field("conviction", "Conviction", Conviction.CODEC, Delegating::conviction),
                field("delegations", "Delegations<Balance>", Delegations.CODEC, Delegating::delegations),
                field("prior", "PriorLock<BlockNumber, Balance>", PriorLock.CODEC, Delegating::prior))
                .named("pallet_conviction_voting::vote::Delegating", balance, account, block);
        return Variants.of(Voting.class)
                .with(0, "Casting", Casting.class,
                        struct((Casting value) -> value,
                                field("", "Casting<Balance, BlockNumber, PollIndex, MaxVotes>", casting,
                                        (Casting value) -> value)))
                .with(1, "Delegating", Delegating.class,
                        struct((Delegating value) -> value,
                                field("", "Delegating<Balance, AccountId, BlockNumber>", delegating,
                                        (Delegating value) -> value)))
                .complete()
                .named("pallet_conviction_voting::vote::Voting", balance, account, block, poll, bound);
    }

    Delegations delegations();

    PriorLock prior();

    /** The same with what others leave to the account, and with earlier locks, replaced. */
    default Voting withCommon(Delegations changed, PriorLock lock) {
        return switch (this) {
            case Casting(var votes, _, _) -> new Casting(votes, changed, lock);
            case Delegating(var balance, var target, var conviction, _, _) ->
                new Delegating(balance, target, conviction, changed, lock);
        };
    }

    default Voting withDelegations(Delegations changed) {
        return withCommon(changed, prior());
    }

    /** What has to stay locked for it. */
    default U128 lockedBalance() {
        return switch (this) {
            case Casting(var votes, _, var prior) -> {
                U128 most = prior.amount();
                for (Cast cast : votes) {
                    most = most.max(cast.vote().balance());
                }
                yield most;
            }
            case Delegating(var balance, _, _, _, var prior) -> balance.max(prior.amount());
        };
    }
}
