package io.vilokanam.pallets.elections;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The calls of Elections. */
public sealed interface ElectionsCall {

    record Vote(List<AccountId> votes, U128 value) implements ElectionsCall {}

    record RemoveVoter() implements ElectionsCall {}

    record SubmitCandidacy(long candidateCount) implements ElectionsCall {}

    record RenounceCandidacy(Renouncing renouncing) implements ElectionsCall {}

    record RemoveMember(MultiAddress who, boolean slashBond, boolean rerunElection) implements ElectionsCall {}

    record CleanDefunctVoters(long numVoters, long numDefunct) implements ElectionsCall {}

    Variants<ElectionsCall> TABLE = Variants.of(ElectionsCall.class)
            .with(0, "vote", Vote.class,
                    struct(Vote::new, field("votes", "Vec<T::AccountId>", Codecs.vec(AccountId.CODEC), Vote::votes),
                            field("value", "BalanceOf<T>", Codecs.COMPACT_U128, Vote::value)),
                    "Vote for candidates, favourites first, with a stake that is locked.")
            .with(1, "remove_voter", RemoveVoter.class, struct(RemoveVoter::new), "Vote no longer.")
            .with(2, "submit_candidacy", SubmitCandidacy.class,
                    struct(SubmitCandidacy::new,
                            field("candidate_count", "u32", Codecs.COMPACT_U32, SubmitCandidacy::candidateCount)),
                    "Run in the next election; who loses it loses the bond.")
            .with(3, "renounce_candidacy", RenounceCandidacy.class,
                    struct(RenounceCandidacy::new,
                            field("renouncing", "Renouncing", Renouncing.CODEC, RenounceCandidacy::renouncing)),
                    "Step down as a member, as one who comes next, or as a candidate.")
            .with(4, "remove_member", RemoveMember.class,
                    struct(RemoveMember::new,
                            field("who", "AccountIdLookupOf<T>", MultiAddress.CODEC, RemoveMember::who),
                            field("slash_bond", "bool", Codecs.BOOL, RemoveMember::slashBond),
                            field("rerun_election", "bool", Codecs.BOOL, RemoveMember::rerunElection)),
                    "Remove a member, whose bond may be slashed; the next one takes the seat.")
            .with(5, "clean_defunct_voters", CleanDefunctVoters.class,
                    struct(CleanDefunctVoters::new,
                            field("num_voters", "u32", Codecs.U32, CleanDefunctVoters::numVoters),
                            field("num_defunct", "u32", Codecs.U32, CleanDefunctVoters::numDefunct)),
                    "Remove voters all of whose candidates are gone.")
            .complete();
}
