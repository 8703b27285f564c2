package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.session.MembershipProof;
import io.vilokanam.pallets.grandpa.Equivocations;
import io.vilokanam.pallets.grandpa.Grandpa;
import io.vilokanam.pallets.membership.Membership;
import io.vilokanam.pallets.session.Session;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.session.SessionKeys;
import io.vilokanam.runtime.composition.Sessions;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/** Keys set and purged, members coming and going, voters that vote twice: Session, both memberships, GRANDPA's reports. */
final class SessionCalls implements CallSource {

    private static final int KEYS = 8;
    private static final int SESSION = 30;

    private static final List<KeyPair> VOTERS = voters();

    private static List<KeyPair> voters() {
        List<KeyPair> voters = new ArrayList<>();
        try {
            voters.add(SecretUri.keyPair(Scheme.ED25519, "//Alice"));
            voters.add(SecretUri.keyPair(Scheme.ED25519, "//Bob"));
            for (int i = 2; i < KEYS; i++) {
                voters.add(SecretUri.keyPair(Scheme.ED25519, "//voter//" + i));
            }
        } catch (KeyException e) {
            throw new IllegalArgumentException(e);
        }
        return List.copyOf(voters);
    }

    @Override
    public List<String> pallets() {
        return List.of("Session", "Historical", "Offences", "ValidatorMembership", "TechnicalMembership");
    }

    private static Sessions sessions(World world) {
        return world.pallets().townHall().orElseThrow().sessions();
    }

    @Override
    public RuntimeCall call(World world, int depth) {
        SplittableRandom random = world.random();
        Sessions sessions = sessions(world);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> world.call(sessions.session(),
                    new Session.Call.SetKeys(keys(random, random.nextInt(KEYS), random.nextInt(KEYS)), bytes(random)));
            case 3 -> world.call(sessions.session(), new Session.Call.PurgeKeys());
            case 4, 5, 6 -> membership(world, sessions.validatorMembership());
            case 7, 8, 9 -> membership(world, sessions.technicalMembership());
            default -> report(world, random.nextInt(KEYS), random.nextInt(6));
        };
    }

    private static Bytes bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private static SessionKeys keys(SplittableRandom random, int aura, int grandpa) {
        byte[] own = new byte[PublicKey.SIZE];
        own[0] = (byte) aura;
        return new SessionKeys(PublicKey.wrap(own), random.nextInt(20) == 0 ? PublicKey.wrap(own)
                : PublicKey.wrap(VOTERS.get(grandpa).publicKey()));
    }

    private static RuntimeCall membership(World world, Membership membership) {
        SplittableRandom random = world.random();
        RuntimeCall call = world.call(membership, switch (random.nextInt(12)) {
            case 0, 1, 2 -> new Membership.Call.AddMember(world.actors().address());
            case 3, 4 -> new Membership.Call.RemoveMember(memberOrNot(world, membership));
            case 5, 6 -> new Membership.Call.SwapMember(memberOrNot(world, membership), world.actors().address());
            case 7 -> new Membership.Call.ResetMembers(several(world));
            case 8, 9 -> new Membership.Call.ChangeKey(world.actors().address());
            case 10 -> new Membership.Call.SetPrime(memberOrNot(world, membership));
            default -> new Membership.Call.ClearPrime();
        });
        return world.oneIn(4) ? call : world.byRoot(call);
    }

    private static MultiAddress memberOrNot(World world, Membership membership) {
        List<AccountId> members = membership.members(world.state());
        return members.isEmpty() || world.oneIn(4) ? world.actors().address() : MultiAddress.of(world.oneOf(members));
    }

    private static List<AccountId> several(World world) {
        List<AccountId> several = new ArrayList<>();
        int count = world.oneIn(10) ? 30 + world.random().nextInt(80) : world.random().nextInt(5);
        for (int i = 0; i < count; i++) {
            byte[] filler = new byte[AccountId.SIZE];
            filler[1] = (byte) i;
            several.add(count > 5 && !world.oneIn(50) ? AccountId.wrap(filler) : world.actors().account());
        }
        return several;
    }

    /** A report of a voter, right or with one thing wrong. */
    private static RuntimeCall report(World world, int voter, int fault) {
        SplittableRandom random = world.random();
        KeyPair keys = VOTERS.get(voter);
        PublicKey key = PublicKey.wrap(keys.publicKey());
        long setId = world.pallets().grandpa().currentSetId(world.state()) - (world.oneIn(4) ? 1 : 0);
        boolean isPrevote = random.nextBoolean();
        long round = random.nextInt(3);
        Equivocations.SignedVote first = vote(keys, isPrevote, round, setId, 1);
        Equivocations.SignedVote second = vote(keys, isPrevote, fault == 0 ? round + 1 : round, setId,
                fault == 1 ? 1 : 2);
        Equivocations.Equivocation votes = new Equivocations.Equivocation(round, key, first, second);
        Equivocations.Proof proof = new Equivocations.Proof(setId, isPrevote ? new Equivocations.Stage.Prevote(votes)
                : new Equivocations.Stage.Precommit(votes));
        MembershipProof ownership = sessions(world).historical().prove(world.state(), KeyTypeId.GRANDPA, key);
        if (fault == 2) {
            ownership = wrong(random, ownership);
        }
        return world.call(world.pallets().grandpa(), random.nextBoolean()
                ? new Grandpa.Call.ReportEquivocation(proof, ownership)
                : new Grandpa.Call.ReportEquivocationUnsigned(proof, ownership));
    }

    private static MembershipProof wrong(SplittableRandom random, MembershipProof right) {
        List<Bytes> nodes = new ArrayList<>(right.trieNodes());
        switch (random.nextInt(4)) {
            case 0 -> nodes.add(nodes.isEmpty() ? Bytes.EMPTY : nodes.getFirst());
            case 1 -> nodes.add(Bytes.ascii("no node"));
            case 2 -> nodes.removeLast();
            default -> nodes.addFirst(nodes.removeLast());
        }
        long session = random.nextInt(3) == 0 ? random.nextInt(4) : right.session();
        return new MembershipProof(session, nodes, random.nextInt(4) == 0 ? 1 : right.validatorCount());
    }

    private static Equivocations.SignedVote vote(KeyPair keys, boolean isPrevote, long round, long setId, int target) {
        byte[] hash = new byte[Hash.SIZE];
        hash[0] = (byte) target;
        byte[] message = new ScaleOutput().u8(isPrevote ? 0 : 1).raw(hash).u32(target).u64(round).u64(setId)
                .toByteArray();
        return new Equivocations.SignedVote(new Equivocations.Vote(Hash.wrap(hash), target),
                Bytes.wrap(keys.sign(message)));
    }

    /** Some become validators, vote twice in office and out of it, and leave. */
    @Override
    public void story(World world) {
        Sessions sessions = sessions(world);
        Actors.Signer signer = world.actors().signer();
        int voter = 1 + world.random().nextInt(KEYS - 1);
        world.act(signer, world.call(sessions.session(),
                new Session.Call.SetKeys(keys(world.random(), voter, voter), Bytes.EMPTY)));
        world.actByRoot(world.call(sessions.validatorMembership(),
                new Membership.Call.AddMember(MultiAddress.of(signer.id()))));
        if (world.oneIn(3)) {
            world.actByRoot(world.call(world.pallets().grandpa(),
                    new Grandpa.Call.NoteStalled(world.random().nextInt(3), world.number())));
        }
        if (world.oneIn(2)) {
            world.actByRoot(world.call(sessions.technicalMembership(),
                    new Membership.Call.ResetMembers(List.of(signer.id(), Actors.alice().id()))));
            world.act(signer, world.call(sessions.technicalMembership(),
                    new Membership.Call.ChangeKey(world.actors().address())));
        }
        for (int sessionsLater : new int[]{1, 2, 3}) {
            world.later(sessionsLater * SESSION - 2, then -> {
                then.act(Actors.alice(), report(then, voter, 5));
                then.act(Actors.alice(), report(then, 0, 5));
            });
        }
        MembershipProof early = sessions.historical().prove(world.state(), KeyTypeId.GRANDPA,
                PublicKey.wrap(VOTERS.getFirst().publicKey()));
        world.later(SESSION + 3, then -> then.act(Actors.alice(), late(then, early)));
        world.later(2 * SESSION + world.random().nextInt(SESSION), then -> then.actByRoot(
                then.call(sessions.validatorMembership(),
                        new Membership.Call.RemoveMember(MultiAddress.of(signer.id())))));
    }

    /** A vote of the first set, with a proof of a session that is over. */
    private static RuntimeCall late(World world, MembershipProof early) {
        KeyPair keys = VOTERS.getFirst();
        Equivocations.Equivocation votes = new Equivocations.Equivocation(9, PublicKey.wrap(keys.publicKey()),
                vote(keys, true, 9, 0, 1), vote(keys, true, 9, 0, 2));
        return world.call(world.pallets().grandpa(), new Grandpa.Call.ReportEquivocation(
                new Equivocations.Proof(0, new Equivocations.Stage.Prevote(votes)), early));
    }

    @Override
    public Map<String, List<String>> unreachable() {
        return Map.of("opaque keys need no proof in this release", List.of("error Session.InvalidProof"),
                "every account may validate", List.of("error Session.NoAssociatedValidatorId"),
                "nobody is disabled on this chain",
                List.of("event Session.ValidatorDisabled", "event Session.ValidatorReenabled"),
                "it is there for the type's sake",
                List.of("event ValidatorMembership.Dummy", "event TechnicalMembership.Dummy"),
                "the session handler leaves the change out instead, and nobody pauses the voters",
                List.of("error Grandpa.ChangePending", "error Grandpa.TooSoon", "error Grandpa.PauseFailed",
                        "error Grandpa.ResumeFailed"));
    }
}
