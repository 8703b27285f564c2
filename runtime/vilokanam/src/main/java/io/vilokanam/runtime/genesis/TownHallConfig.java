package io.vilokanam.runtime.genesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.vilokanam.frame.genesis.Json.JsonException;
import io.vilokanam.pallets.membership.Membership;
import io.vilokanam.pallets.session.Session;
import io.vilokanam.pallets.vesting.Vesting;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.session.SessionKeys;
import io.vilokanam.scale.U128;

/**
 * What genesis says of the pallets of the town hall.
 *
 * @param elections members that the elections are supposed to have elected, with their stakes
 * @param vesting what is not free from the beginning
 */
record TownHallConfig(Membership.Genesis validators, Session.Genesis session, List<AccountId> council,
        List<AccountId> technicalCommittee, Membership.Genesis technicalMembership,
        List<Map.Entry<AccountId, U128>> elections, Vesting.Genesis vesting) {

    /** The members of the configuration that are read here, in order. */
    static final List<String> NAMES = List.of("validatorMembership", "session", "council", "technicalCommittee",
            "technicalMembership", "elections", "treasury", "vesting");

    static TownHallConfig read(JsonFields root) throws JsonException {
        JsonFields session = root.object("session", "keys", "nonAuthorityKeys");
        root.object("treasury");
        return new TownHallConfig(new Membership.Genesis(members(root, "validatorMembership")),
                new Session.Genesis(registrations(session, "keys"), registrations(session, "nonAuthorityKeys")),
                members(root, "council"), members(root, "technicalCommittee"),
                new Membership.Genesis(members(root, "technicalMembership")),
                root.object("elections", "members").amounts("members"), vested(root.object("vesting", "vesting")));
    }

    private static List<AccountId> members(JsonFields root, String name) throws JsonException {
        return root.object(name, "members").accounts("members");
    }

    private static List<Session.Registration> registrations(JsonFields session, String name) throws JsonException {
        List<Session.Registration> registrations = new ArrayList<>();
        for (JsonFields row : session.rows(name, "account", "validator", "keys")) {
            JsonFields keys = row.object("keys", "aura", "grandpa");
            registrations.add(new Session.Registration(row.account("account"), row.account("validator"),
                    new SessionKeys(key(keys, "aura"), key(keys, "grandpa"))));
        }
        return registrations;
    }

    private static PublicKey key(JsonFields keys, String name) throws JsonException {
        return new PublicKey(keys.account(name).bytes());
    }

    private static Vesting.Genesis vested(JsonFields vesting) throws JsonException {
        List<Vesting.Genesis.Entry> vested = new ArrayList<>();
        for (JsonFields row : vesting.rows("vesting", "who", "begin", "length", "liquid")) {
            vested.add(new Vesting.Genesis.Entry(row.account("who"), row.u32("begin"), row.u32("length"),
                    row.number("liquid")));
        }
        return new Vesting.Genesis(vested);
    }
}
