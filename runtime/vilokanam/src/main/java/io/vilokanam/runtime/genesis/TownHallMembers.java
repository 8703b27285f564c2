package io.vilokanam.runtime.genesis;

import static io.vilokanam.runtime.genesis.Shapes.GENESIS_CONFIG;
import static io.vilokanam.runtime.genesis.Shapes.listOf;

import java.util.List;
import java.util.Map;

import io.vilokanam.frame.genesis.JsonException;
import io.vilokanam.frame.genesis.JsonInput;
import io.vilokanam.frame.genesis.Member;
import io.vilokanam.frame.genesis.Shape;
import io.vilokanam.pallets.membership.Membership;
import io.vilokanam.pallets.session.Session;
import io.vilokanam.pallets.vesting.Vesting;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.session.SessionKeys;
import io.vilokanam.runtime.composition.Sessions;
import io.vilokanam.scale.U128;

/** The members of a configuration that are about the pallets of the town hall. */
final class TownHallMembers {

    private final Member<List<AccountId>> validators;
    private final Member<Session.Genesis> session;
    private final Member<List<AccountId>> council;
    private final Member<List<AccountId>> technicalCommittee;
    private final Member<List<AccountId>> technicalMembership;
    private final Member<List<Map.Entry<AccountId, U128>>> elections;
    private final Member<Boolean> treasury;
    private final Member<List<Vesting.Genesis.Entry>> vesting;

    TownHallMembers(Shapes shapes) {
        Shape<List<AccountId>> accounts = listOf(shapes::account);
        validators = members("validatorMembership", input -> input.list(shapes::account, Sessions.VALIDATORS_MAX));
        session = Member.named("session", input -> session(input, shapes));
        council = members("council", accounts);
        technicalCommittee = members("technicalCommittee", accounts);
        technicalMembership = members("technicalMembership",
                input -> input.list(shapes::account, Sessions.TECHNICAL_MEMBERS_MAX));
        elections = members("elections", listOf(shapes::amount));
        treasury = Member.named("treasury", Shapes::nothing);
        vesting = Member.named("vesting",
                input -> Shapes.only(input, "vesting", listOf(part -> vesting(part, shapes))));
    }

    private static <T> Member<T> members(String pallet, Shape<T> shape) {
        return Member.named(pallet, input -> Shapes.only(input, "members", shape));
    }

    /** In the order of the pallets. */
    List<Member<?>> inOrder() {
        return List.of(validators, session, council, technicalCommittee, technicalMembership, elections, treasury,
                vesting);
    }

    /** What was read. */
    TownHallConfig value() {
        return new TownHallConfig(new Membership.Genesis(validators.value()), session.value(), council.value(),
                technicalCommittee.value(), new Membership.Genesis(technicalMembership.value()), elections.value(),
                new Vesting.Genesis(vesting.value()));
    }

    private static Session.Genesis session(JsonInput input, Shapes shapes) throws JsonException {
        Shape<List<Session.Registration>> registrations = listOf(part -> registration(part, shapes));
        Member<List<Session.Registration>> keys = Member.named("keys", registrations);
        Member<List<Session.Registration>> others = Member.named("nonAuthorityKeys", registrations);
        input.struct(GENESIS_CONFIG, keys, others);
        return new Session.Genesis(keys.value(), others.value());
    }

    private static Session.Registration registration(JsonInput input, Shapes shapes) throws JsonException {
        Member<AccountId> account = Member.element(shapes::account);
        Member<AccountId> validator = Member.element(shapes::account);
        Member<SessionKeys> keys = Member.element(part -> sessionKeys(part, shapes));
        input.tuple(account, validator, keys);
        return new Session.Registration(account.value(), validator.value(), keys.value());
    }

    private static SessionKeys sessionKeys(JsonInput input, Shapes shapes) throws JsonException {
        Member<PublicKey> aura = Member.named("aura", shapes::key);
        Member<PublicKey> grandpa = Member.named("grandpa", shapes::key);
        input.openStruct("SessionKeys", aura, grandpa);
        return new SessionKeys(aura.value(), grandpa.value());
    }

    private static Vesting.Genesis.Entry vesting(JsonInput input, Shapes shapes) throws JsonException {
        Member<AccountId> who = Member.element(shapes::account);
        Member<Long> begin = Member.element(JsonInput::u32);
        Member<Long> length = Member.element(JsonInput::u32);
        Member<U128> liquid = Member.element(JsonInput::u128);
        input.tuple(who, begin, length, liquid);
        return new Vesting.Genesis.Entry(who.value(), begin.value(), length.value(), liquid.value());
    }
}
