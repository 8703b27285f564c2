package io.vilokanam.pallets.elections;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Map;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The events of Elections. */
public sealed interface ElectionsEvent {

    record NewTerm(List<Map.Entry<AccountId, U128>> newMembers) implements ElectionsEvent {}

    record EmptyTerm() implements ElectionsEvent {}

    record ElectionError() implements ElectionsEvent {}

    record MemberKicked(AccountId member) implements ElectionsEvent {}

    record Renounced(AccountId candidate) implements ElectionsEvent {}

    record CandidateSlashed(AccountId candidate, U128 amount) implements ElectionsEvent {}

    record SeatHolderSlashed(AccountId seatHolder, U128 amount) implements ElectionsEvent {}

    Variants<ElectionsEvent> TABLE = table();

    private static Variants<ElectionsEvent> table() {
        String account = "<T as frame_system::Config>::AccountId";
        return Variants.of(ElectionsEvent.class)
                .with(0, "NewTerm", NewTerm.class,
                        struct(NewTerm::new,
                                field("new_members", "Vec<(<T as frame_system::Config>::AccountId, BalanceOf<T>)>",
                                        Codecs.vec(Codecs.tuple(AccountId.CODEC, Codecs.U128)), NewTerm::newMembers)),
                        "An election was held; these are the members now, none if nobody was voted for.")
                .with(1, "EmptyTerm", EmptyTerm.class, struct(EmptyTerm::new), "There was nobody to elect.")
                .with(2, "ElectionError", ElectionError.class, struct(ElectionError::new),
                        "The election could not be held.")
                .with(3, "MemberKicked", MemberKicked.class,
                        struct(MemberKicked::new, field("member", account, AccountId.CODEC, MemberKicked::member)),
                        "A member was removed.")
                .with(4, "Renounced", Renounced.class,
                        struct(Renounced::new, field("candidate", account, AccountId.CODEC, Renounced::candidate)),
                        "Somebody stepped down.")
                .with(5, "CandidateSlashed", CandidateSlashed.class,
                        struct(CandidateSlashed::new,
                                field("candidate", account, AccountId.CODEC, CandidateSlashed::candidate),
                                field("amount", "BalanceOf<T>", Codecs.U128, CandidateSlashed::amount)),
                        "A candidate was not elected and lost its bond.")
                .with(6, "SeatHolderSlashed", SeatHolderSlashed.class,
                        struct(SeatHolderSlashed::new,
                                field("seat_holder", account, AccountId.CODEC, SeatHolderSlashed::seatHolder),
                                field("amount", "BalanceOf<T>", Codecs.U128, SeatHolderSlashed::amount)),
                        "A member was removed and lost its bond.")
                .complete();
    }
}
