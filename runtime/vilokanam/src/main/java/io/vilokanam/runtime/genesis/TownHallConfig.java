package io.vilokanam.runtime.genesis;

import java.util.List;
import java.util.Map;

import io.vilokanam.pallets.membership.Membership;
import io.vilokanam.pallets.session.Session;
import io.vilokanam.pallets.vesting.Vesting;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/**
 * What genesis says of the pallets of the town hall.
 *
 * @param elections members that the elections are supposed to have elected, with their stakes
 * @param vesting what is not free from the beginning
 */
record TownHallConfig(Membership.Genesis validators, Session.Genesis session, List<AccountId> council,
        List<AccountId> technicalCommittee, Membership.Genesis technicalMembership,
        List<Map.Entry<AccountId, U128>> elections, Vesting.Genesis vesting) {}
