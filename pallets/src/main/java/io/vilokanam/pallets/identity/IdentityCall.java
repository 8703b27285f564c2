package io.vilokanam.pallets.identity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The calls of {@link Identity}. Usernames stand with their suffix, as in {@code name.suffix}; amounts are plancks. */
public sealed interface IdentityCall {

    record AddRegistrar(MultiAddress account) implements IdentityCall {}

    record SetIdentity(IdentityFields info) implements IdentityCall {}

    record SetSubs(List<Map.Entry<AccountId, FieldValue>> subs) implements IdentityCall {}

    record ClearIdentity() implements IdentityCall {}

    record RequestJudgement(long regIndex, U128 maxFee) implements IdentityCall {}

    record CancelRequest(long regIndex) implements IdentityCall {}

    record SetFee(long index, U128 fee) implements IdentityCall {}

    record SetAccountId(long index, MultiAddress newAccount) implements IdentityCall {}

    record SetFields(long index, long fields) implements IdentityCall {}

    record ProvideJudgement(long regIndex, MultiAddress target, Judgement judgement, Hash identity)
            implements IdentityCall {}

    record KillIdentity(MultiAddress target) implements IdentityCall {}

    record AddSub(MultiAddress sub, FieldValue data) implements IdentityCall {}

    record RenameSub(MultiAddress sub, FieldValue data) implements IdentityCall {}

    record RemoveSub(MultiAddress sub) implements IdentityCall {}

    record QuitSub() implements IdentityCall {}

    record AddUsernameAuthority(MultiAddress authority, Bytes suffix, long allocation) implements IdentityCall {}

    record RemoveUsernameAuthority(Bytes suffix, MultiAddress authority) implements IdentityCall {}

    record SetUsernameFor(MultiAddress who, Bytes username, Optional<MultiSignature> signature, boolean useAllocation)
            implements IdentityCall {}

    record AcceptUsername(Bytes username) implements IdentityCall {}

    record RemoveExpiredApproval(Bytes username) implements IdentityCall {}

    record SetPrimaryUsername(Bytes username) implements IdentityCall {}

    record UnbindUsername(Bytes username) implements IdentityCall {}

    record RemoveUsername(Bytes username) implements IdentityCall {}

    record KillUsername(Bytes username) implements IdentityCall {}

    String SOURCE = "AccountIdLookupOf<T>";
    String REGISTRAR = "RegistrarIndex";
    String BALANCE = "BalanceOf<T>";
    String USERNAME = "Username<T>";
    /** With the line break that stands in the reference's source. */
    String FIELDS = "<T::IdentityInformation as IdentityInformationProvider>::\nFieldsIdentifier";
    Codec<List<Map.Entry<AccountId, FieldValue>>> SUBS = Codecs.vec(Codecs.tuple(AccountId.CODEC, FieldValue.CODEC));
    Codec<Optional<MultiSignature>> SIGNATURE = Codecs.option(MultiSignature.CODEC);

    /** The wire form, with the codecs whose bounds a runtime chooses. */
    static Variants<IdentityCall> calls(Codec<IdentityFields> fields, Codec<Bytes> username) {
        return Variants.of(IdentityCall.class)
                .with(0, "add_registrar", AddRegistrar.class,
                        struct(AddRegistrar::new,
                                field("account", SOURCE, MultiAddress.CODEC, AddRegistrar::account)),
                        "Add a registrar, with no fee so far.")
                .with(1, "set_identity", SetIdentity.class,
                        struct(SetIdentity::new,
                                field("info", "Box<T::IdentityInformation>", fields, SetIdentity::info)),
                        "Say who holds the signer's account; a deposit is reserved for it.")
                .with(2, "set_subs", SetSubs.class,
                        struct(SetSubs::new,
                                field("subs", "Vec<(T::AccountId, Data)>", SUBS, SetSubs::subs)),
                        "Name all sub-accounts of the signer anew.")
                .with(3, "clear_identity", ClearIdentity.class,
                        struct(ClearIdentity::new),
                        "Take back identity, sub-accounts and deposits.")
                .with(4, "request_judgement", RequestJudgement.class,
                        struct(RequestJudgement::new,
                                field("reg_index", REGISTRAR, Codecs.COMPACT_U32, RequestJudgement::regIndex),
                                field("max_fee", BALANCE, Codecs.COMPACT_U128, RequestJudgement::maxFee)),
                        "Ask a registrar for a judgement and reserve its fee.")
                .with(5, "cancel_request", CancelRequest.class,
                        struct(CancelRequest::new,
                                field("reg_index", REGISTRAR, Codecs.U32, CancelRequest::regIndex)),
                        "No longer ask for a judgement.")
                .with(6, "set_fee", SetFee.class,
                        struct(SetFee::new,
                                field("index", REGISTRAR, Codecs.COMPACT_U32, SetFee::index),
                                field("fee", BALANCE, Codecs.COMPACT_U128, SetFee::fee)),
                        "Set what a registrar takes for a judgement.")
                .with(7, "set_account_id", SetAccountId.class,
                        struct(SetAccountId::new,
                                field("index", REGISTRAR, Codecs.COMPACT_U32, SetAccountId::index),
                                field("new", SOURCE, MultiAddress.CODEC, SetAccountId::newAccount)),
                        "Hand a registrar's place to another account.")
                .with(8, "set_fields", SetFields.class,
                        struct(SetFields::new,
                                field("index", REGISTRAR, Codecs.COMPACT_U32, SetFields::index),
                                field("fields", FIELDS, Codecs.U64, SetFields::fields)),
                        "Set which fields a registrar looks at.")
                .with(9, "provide_judgement", ProvideJudgement.class,
                        struct(ProvideJudgement::new,
                                field("reg_index", REGISTRAR, Codecs.COMPACT_U32, ProvideJudgement::regIndex),
                                field("target", SOURCE, MultiAddress.CODEC, ProvideJudgement::target),
                                field("judgement", "Judgement<BalanceOf<T>>", Judgement.CODEC,
                                        ProvideJudgement::judgement),
                                field("identity", "T::Hash", Hash.CODEC, ProvideJudgement::identity)),
                        "Judge an identity, and take the fee that was reserved.")
                .with(10, "kill_identity", KillIdentity.class,
                        struct(KillIdentity::new,
                                field("target", SOURCE, MultiAddress.CODEC, KillIdentity::target)),
                        "Remove an identity; its deposits are lost.")
                .with(11, "add_sub", AddSub.class,
                        struct(AddSub::new,
                                field("sub", SOURCE, MultiAddress.CODEC, AddSub::sub),
                                field("data", "Data", FieldValue.CODEC, AddSub::data)),
                        "Add a sub-account of the signer.")
                .with(12, "rename_sub", RenameSub.class,
                        struct(RenameSub::new,
                                field("sub", SOURCE, MultiAddress.CODEC, RenameSub::sub),
                                field("data", "Data", FieldValue.CODEC, RenameSub::data)),
                        "Rename a sub-account of the signer.")
                .with(13, "remove_sub", RemoveSub.class,
                        struct(RemoveSub::new,
                                field("sub", SOURCE, MultiAddress.CODEC, RemoveSub::sub)),
                        "Remove a sub-account of the signer.")
                .with(14, "quit_sub", QuitSub.class,
                        struct(QuitSub::new),
                        "No longer be a sub-account; the deposit goes to the signer.")
                .with(15, "add_username_authority", AddUsernameAuthority.class,
                        struct(AddUsernameAuthority::new,
                                field("authority", SOURCE, MultiAddress.CODEC, AddUsernameAuthority::authority),
                                field("suffix", "Vec<u8>", Codecs.BYTES, AddUsernameAuthority::suffix),
                                field("allocation", "u32", Codecs.U32, AddUsernameAuthority::allocation)),
                        "Let an account give usernames of a suffix, or change how many.")
                .with(16, "remove_username_authority", RemoveUsernameAuthority.class,
                        struct(RemoveUsernameAuthority::new,
                                field("suffix", "Vec<u8>", Codecs.BYTES, RemoveUsernameAuthority::suffix),
                                field("authority", SOURCE, MultiAddress.CODEC, RemoveUsernameAuthority::authority)),
                        "No longer let an account give usernames of a suffix.")
                .with(17, "set_username_for", SetUsernameFor.class,
                        struct(SetUsernameFor::new,
                                field("who", SOURCE, MultiAddress.CODEC, SetUsernameFor::who),
                                field("username", "Vec<u8>", Codecs.BYTES, SetUsernameFor::username),
                                field("signature", "Option<T::OffchainSignature>", SIGNATURE,
                                        SetUsernameFor::signature),
                                field("use_allocation", "bool", Codecs.BOOL, SetUsernameFor::useAllocation)),
                        "Give a username, which its owner signed for or accepts later.")
                .with(18, "accept_username", AcceptUsername.class,
                        struct(AcceptUsername::new,
                                field("username", USERNAME, username, AcceptUsername::username)),
                        "Accept a username that waits for the signer.")
                .with(19, "remove_expired_approval", RemoveExpiredApproval.class,
                        struct(RemoveExpiredApproval::new,
                                field("username", USERNAME, username, RemoveExpiredApproval::username)),
                        "Remove a username that was not accepted in time.")
                .with(20, "set_primary_username", SetPrimaryUsername.class,
                        struct(SetPrimaryUsername::new,
                                field("username", USERNAME, username, SetPrimaryUsername::username)),
                        "Choose the username by which the signer is known.")
                .with(21, "unbind_username", UnbindUsername.class,
                        struct(UnbindUsername::new,
                                field("username", USERNAME, username, UnbindUsername::username)),
                        "Begin to take a username back.")
                .with(22, "remove_username", RemoveUsername.class,
                        struct(RemoveUsername::new,
                                field("username", USERNAME, username, RemoveUsername::username)),
                        "Remove a username whose grace period is over.")
                .with(23, "kill_username", KillUsername.class,
                        struct(KillUsername::new,
                                field("username", USERNAME, username, KillUsername::username)),
                        "Remove a username at once; its deposit is lost.")
                .complete();
    }
}
