package io.vilokanam.pallets.identity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The events of {@link Identity}. Amounts are plancks. */
public sealed interface IdentityEvent {

    record IdentitySet(AccountId who) implements IdentityEvent {}

    record IdentityCleared(AccountId who, U128 deposit) implements IdentityEvent {}

    record IdentityKilled(AccountId who, U128 deposit) implements IdentityEvent {}

    record JudgementRequested(AccountId who, long registrarIndex) implements IdentityEvent {}

    record JudgementUnrequested(AccountId who, long registrarIndex) implements IdentityEvent {}

    record JudgementGiven(AccountId target, long registrarIndex) implements IdentityEvent {}

    record RegistrarAdded(long registrarIndex) implements IdentityEvent {}

    record SubIdentityAdded(AccountId sub, AccountId main, U128 deposit) implements IdentityEvent {}

    record SubIdentitiesSet(AccountId main, long numberOfSubs, U128 newDeposit) implements IdentityEvent {}

    record SubIdentityRenamed(AccountId sub, AccountId main) implements IdentityEvent {}

    record SubIdentityRemoved(AccountId sub, AccountId main, U128 deposit) implements IdentityEvent {}

    record SubIdentityRevoked(AccountId sub, AccountId main, U128 deposit) implements IdentityEvent {}

    record AuthorityAdded(AccountId authority) implements IdentityEvent {}

    record AuthorityRemoved(AccountId authority) implements IdentityEvent {}

    record UsernameSet(AccountId who, Bytes username) implements IdentityEvent {}

    record UsernameQueued(AccountId who, Bytes username, long expiration) implements IdentityEvent {}

    record PreapprovalExpired(AccountId whose) implements IdentityEvent {}

    record PrimaryUsernameSet(AccountId who, Bytes username) implements IdentityEvent {}

    record DanglingUsernameRemoved(AccountId who, Bytes username) implements IdentityEvent {}

    record UsernameUnbound(Bytes username) implements IdentityEvent {}

    record UsernameRemoved(Bytes username) implements IdentityEvent {}

    record UsernameKilled(Bytes username) implements IdentityEvent {}

    String ACCOUNT = "T::AccountId";
    String REGISTRAR = "RegistrarIndex";
    String BALANCE = "BalanceOf<T>";
    String USERNAME = "Username<T>";

    /** The wire form, with the codec whose bound a runtime chooses. */
    static Variants<IdentityEvent> events(Codec<Bytes> username) {
        return Variants.of(IdentityEvent.class)
                .with(0, "IdentitySet", IdentitySet.class,
                        struct(IdentitySet::new,
                                field("who", ACCOUNT, AccountId.CODEC, IdentitySet::who)),
                        "An identity was set; judgements of the former one are gone but for sticky ones.")
                .with(1, "IdentityCleared", IdentityCleared.class,
                        struct(IdentityCleared::new,
                                field("who", ACCOUNT, AccountId.CODEC, IdentityCleared::who),
                                field("deposit", BALANCE, Codecs.U128, IdentityCleared::deposit)),
                        "An identity was cleared and its deposits returned.")
                .with(2, "IdentityKilled", IdentityKilled.class,
                        struct(IdentityKilled::new,
                                field("who", ACCOUNT, AccountId.CODEC, IdentityKilled::who),
                                field("deposit", BALANCE, Codecs.U128, IdentityKilled::deposit)),
                        "An identity was removed and its deposits taken.")
                .with(3, "JudgementRequested", JudgementRequested.class,
                        struct(JudgementRequested::new,
                                field("who", ACCOUNT, AccountId.CODEC, JudgementRequested::who),
                                field("registrar_index", REGISTRAR, Codecs.U32, JudgementRequested::registrarIndex)),
                        "A registrar was asked for a judgement.")
                .with(4, "JudgementUnrequested", JudgementUnrequested.class,
                        struct(JudgementUnrequested::new,
                                field("who", ACCOUNT, AccountId.CODEC, JudgementUnrequested::who),
                                field("registrar_index", REGISTRAR, Codecs.U32, JudgementUnrequested::registrarIndex)),
                        "A request for a judgement was taken back.")
                .with(5, "JudgementGiven", JudgementGiven.class,
                        struct(JudgementGiven::new,
                                field("target", ACCOUNT, AccountId.CODEC, JudgementGiven::target),
                                field("registrar_index", REGISTRAR, Codecs.U32, JudgementGiven::registrarIndex)),
                        "A registrar judged an identity.")
                .with(6, "RegistrarAdded", RegistrarAdded.class,
                        struct(RegistrarAdded::new,
                                field("registrar_index", REGISTRAR, Codecs.U32, RegistrarAdded::registrarIndex)),
                        "There is a new registrar.")
                .with(7, "SubIdentityAdded", SubIdentityAdded.class,
                        struct(SubIdentityAdded::new,
                                field("sub", ACCOUNT, AccountId.CODEC, SubIdentityAdded::sub),
                                field("main", ACCOUNT, AccountId.CODEC, SubIdentityAdded::main),
                                field("deposit", BALANCE, Codecs.U128, SubIdentityAdded::deposit)),
                        "An account has a further sub-account.")
                .with(8, "SubIdentitiesSet", SubIdentitiesSet.class,
                        struct(SubIdentitiesSet::new,
                                field("main", ACCOUNT, AccountId.CODEC, SubIdentitiesSet::main),
                                field("number_of_subs", "u32", Codecs.U32, SubIdentitiesSet::numberOfSubs),
                                field("new_deposit", BALANCE, Codecs.U128, SubIdentitiesSet::newDeposit)),
                        "All sub-accounts of an account were named anew.")
                .with(9, "SubIdentityRenamed", SubIdentityRenamed.class,
                        struct(SubIdentityRenamed::new,
                                field("sub", ACCOUNT, AccountId.CODEC, SubIdentityRenamed::sub),
                                field("main", ACCOUNT, AccountId.CODEC, SubIdentityRenamed::main)),
                        "A sub-account has another name.")
                .with(10, "SubIdentityRemoved", SubIdentityRemoved.class,
                        struct(SubIdentityRemoved::new,
                                field("sub", ACCOUNT, AccountId.CODEC, SubIdentityRemoved::sub),
                                field("main", ACCOUNT, AccountId.CODEC, SubIdentityRemoved::main),
                                field("deposit", BALANCE, Codecs.U128, SubIdentityRemoved::deposit)),
                        "A sub-account was removed and its deposit returned.")
                .with(11, "SubIdentityRevoked", SubIdentityRevoked.class,
                        struct(SubIdentityRevoked::new,
                                field("sub", ACCOUNT, AccountId.CODEC, SubIdentityRevoked::sub),
                                field("main", ACCOUNT, AccountId.CODEC, SubIdentityRevoked::main),
                                field("deposit", BALANCE, Codecs.U128, SubIdentityRevoked::deposit)),
                        "A sub-account left and got the deposit.")
                .with(12, "AuthorityAdded", AuthorityAdded.class,
                        struct(AuthorityAdded::new,
                                field("authority", ACCOUNT, AccountId.CODEC, AuthorityAdded::authority)),
                        "An account may give usernames.")
                .with(13, "AuthorityRemoved", AuthorityRemoved.class,
                        struct(AuthorityRemoved::new,
                                field("authority", ACCOUNT, AccountId.CODEC, AuthorityRemoved::authority)),
                        "An account may no longer give usernames.")
                .with(14, "UsernameSet", UsernameSet.class,
                        struct(UsernameSet::new,
                                field("who", ACCOUNT, AccountId.CODEC, UsernameSet::who),
                                field("username", USERNAME, username, UsernameSet::username)),
                        "An account has a username.")
                .with(15, "UsernameQueued", UsernameQueued.class,
                        struct(UsernameQueued::new,
                                field("who", ACCOUNT, AccountId.CODEC, UsernameQueued::who),
                                field("username", USERNAME, username, UsernameQueued::username),
                                field("expiration", "BlockNumberFor<T>", Codecs.U32, UsernameQueued::expiration)),
                        "A username waits to be accepted before a block.")
                .with(16, "PreapprovalExpired", PreapprovalExpired.class,
                        struct(PreapprovalExpired::new,
                                field("whose", ACCOUNT, AccountId.CODEC, PreapprovalExpired::whose)),
                        "A username was not accepted in time.")
                .with(17, "PrimaryUsernameSet", PrimaryUsernameSet.class,
                        struct(PrimaryUsernameSet::new,
                                field("who", ACCOUNT, AccountId.CODEC, PrimaryUsernameSet::who),
                                field("username", USERNAME, username, PrimaryUsernameSet::username)),
                        "An account is known by a username.")
                .with(18, "DanglingUsernameRemoved", DanglingUsernameRemoved.class,
                        struct(DanglingUsernameRemoved::new,
                                field("who", ACCOUNT, AccountId.CODEC, DanglingUsernameRemoved::who),
                                field("username", USERNAME, username, DanglingUsernameRemoved::username)),
                        "A username without an owner was removed.")
                .with(19, "UsernameUnbound", UsernameUnbound.class,
                        struct(UsernameUnbound::new,
                                field("username", USERNAME, username, UsernameUnbound::username)),
                        "A username is being taken back.")
                .with(20, "UsernameRemoved", UsernameRemoved.class,
                        struct(UsernameRemoved::new,
                                field("username", USERNAME, username, UsernameRemoved::username)),
                        "A username was taken back.")
                .with(21, "UsernameKilled", UsernameKilled.class,
                        struct(UsernameKilled::new,
                                field("username", USERNAME, username, UsernameKilled::username)),
                        "A username was removed by force.")
                .complete();
    }
}
