package io.vilokanam.runtime.composition;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.members.ChangeMembers;
import io.vilokanam.frame.members.InitializeMembers;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.session.MembershipProof;
import io.vilokanam.frame.session.Offence;
import io.vilokanam.pallets.authorship.Authorship;
import io.vilokanam.pallets.grandpa.Accountability;
import io.vilokanam.pallets.historical.Historical;
import io.vilokanam.pallets.membership.Membership;
import io.vilokanam.pallets.offences.Offences;
import io.vilokanam.pallets.session.Session;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.session.SessionKeys;

/**
 * Who makes blocks, session by session: 8 Authorship, 9 Offences, 10 Historical, 11 ValidatorMembership, 12 Session; and 19
 * TechnicalMembership, which is of the same kind as 11.
 */
public record Sessions(Authorship authorship, Offences offences, Historical historical, Membership validatorMembership,
        Session session, Membership technicalMembership) {

    /** So many authority sets GRANDPA remembers with their session: reports of older misbehaviour are not taken. */
    static final long SET_ID_SESSION_ENTRIES_MAX = 168;

    private static final long PERIOD = 30;
    public static final int VALIDATORS_MAX = 32;
    public static final int TECHNICAL_MEMBERS_MAX = 21;
    private static final long REPORT_LONGEVITY = 168 * PERIOD;

    static Sessions build(Foundation foundation, Councils councils) {
        RuntimeScope runtime = foundation.runtime();
        Later<Session> later = new Later<>();
        Authorship authorship = runtime.add(8, "Authorship",
                scope -> new Authorship(scope, ext -> author(ext, foundation, later.get())));
        Offences offences = runtime.add(9, "Offences", Offences::new);
        Historical historical = runtime.add(10, "Historical", scope -> new Historical(scope, later));
        Membership validators = runtime.addInstance(11, "ValidatorMembership", TownHall.SECOND,
                scope -> new Membership(scope, new Membership.Config(VALIDATORS_MAX,
                        Governance.ROOT_OR_TWO_THIRDS_OF_COUNCIL, EnsureOrigin.ROOT),
                        InitializeMembers.NOBODY, ChangeMembers.NOBODY));
        Session session = runtime.add(12, "Session", scope -> new Session(scope,
                new Session.Config(PERIOD, foundation.system().blockWeights().maxBlock(),
                        SessionKeys.codec(runtime.cratePath() + "::SessionKeys")),
                foundation.system().accounts(),
                historical.noting((ext, _) -> plan(ext, validators, later.get())),
                List.of(foundation.aura(), foundation.grandpa())));
        later.set(session);
        Membership technical = runtime.addInstance(19, "TechnicalMembership", TownHall.FIRST,
                scope -> new Membership(scope, new Membership.Config(TECHNICAL_MEMBERS_MAX,
                        Governance.ROOT_OR_MOST_OF_COUNCIL, Governance.ROOT_OR_MOST_OF_COUNCIL),
                        councils.technicalCommittee(), councils.technicalCommittee()));
        return new Sessions(authorship, offences, historical, validators, session, technical);
    }

    /** The validators with the index of the authority in whose slot the block is. */
    private static Optional<AccountId> author(Externalities ext, Foundation foundation, Session session) {
        return foundation.aura().authorIndex(ext).flatMap(index -> {
            List<AccountId> validators = session.validators(ext);
            return index < validators.size() ? Optional.of(validators.get(index.intValue())) : Optional.empty();
        });
    }

    /** A new set only where the members are others than those who are queued; a chain without validators would stand still. */
    private static Optional<List<AccountId>> plan(Externalities ext, Membership validators, Session session) {
        List<AccountId> members = validators.members(ext);
        return members.isEmpty() || members.equals(session.queued(ext)) ? Optional.empty() : Optional.of(members);
    }

    /** Reports to this part of the town hall, which is built later than GRANDPA. */
    static Accountability accountability(Later<TownHall> townHall) {
        return new Accountability() {

            private Sessions sessions() {
                return townHall.get().sessions();
            }

            @Override
            public Optional<AccountId> ownerOf(Externalities ext, PublicKey key, MembershipProof proof) {
                return sessions().historical.checkProof(ext, KeyTypeId.GRANDPA, key, proof);
            }

            @Override
            public Optional<AccountId> author(Externalities ext) {
                return sessions().authorship.author(ext);
            }

            @Override
            public boolean isKnown(Externalities ext, Offence offence) {
                return sessions().offences.isKnown(ext, offence);
            }

            @Override
            public boolean report(Externalities ext, List<AccountId> reporters, Offence offence) {
                return sessions().offences.report(ext, reporters, offence);
            }

            @Override
            public long longevity() {
                return REPORT_LONGEVITY;
            }
        };
    }
}
