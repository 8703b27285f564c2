package io.vilokanam.runtime.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.collective.CollectiveOrigin;
import io.vilokanam.pallets.identity.FieldValue;
import io.vilokanam.pallets.identity.Identity;
import io.vilokanam.pallets.identity.IdentityCall;
import io.vilokanam.pallets.identity.IdentityFields;
import io.vilokanam.pallets.identity.Judgement;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Calls of identities, registrars, sub-accounts and usernames; their stories stand in {@link IdentityStories}. */
final class IdentityCalls implements CallSource {

    private static final int COUNCIL = 17;
    private static final int REGISTRARS = 3;
    private static final U128 DEAR = U128.of(1L << 62);
    private static final List<String> NAMES = List.of("a", "bob", "carol7", "x0", "longer0than0may0be0with0a0suffix",
            "B",
            "", "a.b", "\u00e4");
    private static final List<String> SUFFIXES = List.of("vlk", "tv", "s", "sevenab", "eightabc", "", "Big", "a-b");

    @Override
    public List<String> pallets() {
        return List.of("Identity");
    }

    static Identity identity(World world) {
        return world.pallets().townHall().orElseThrow().people().identity();
    }

    static RuntimeCall made(World world, IdentityCall call) {
        return world.call(identity(world), call);
    }

    @Override
    public RuntimeCall call(World world, int depth) {
        IdentityCall call = any(world);
        RuntimeCall made = made(world, call);
        return switch (call) {
            case IdentityCall.AddRegistrar _,IdentityCall.KillIdentity _,IdentityCall.AddUsernameAuthority _,IdentityCall.RemoveUsernameAuthority _,IdentityCall.KillUsername _ ->
                switch (world.random().nextInt(6)) {
                    case 0 -> made;
                    case 1, 2, 3 -> byCouncil(world, made);
                    default -> world.byRoot(made);
                };
            default -> made;
        };
    }

    /** As the council decides, or the technical committee. */
    private static RuntimeCall byCouncil(World world, RuntimeCall call) {
        CollectiveOrigin members = world.oneIn(4) ? new CollectiveOrigin.Member(world.actors().account())
                : new CollectiveOrigin.Members(world.random().nextInt(5), world.random().nextInt(4));
        return world.byRoot(world.call(world.pallets().utility(), new Utility.Call.DispatchAs(
                new Origin.OfPallet(COUNCIL + world.random().nextInt(2), members), call)));
    }

    private static IdentityCall any(World world) {
        SplittableRandom random = world.random();
        MultiAddress address = world.actors().address();
        return switch (random.nextInt(36)) {
            case 0 -> new IdentityCall.AddRegistrar(address);
            case 1, 2, 3, 4 -> new IdentityCall.SetIdentity(fields(world));
            case 5, 6 -> new IdentityCall.SetSubs(subs(world));
            case 7 -> new IdentityCall.ClearIdentity();
            case 8, 9 -> new IdentityCall.RequestJudgement(registrar(world), world.oneIn(2) ? DEAR : world.amount());
            case 10 -> new IdentityCall.CancelRequest(registrar(world));
            case 11 -> new IdentityCall.SetFee(registrar(world),
                    world.oneIn(3) ? world.amount() : U128.of(random.nextLong(1L << 34)));
            case 12 -> new IdentityCall.SetAccountId(registrar(world), address);
            case 13 -> new IdentityCall.SetFields(registrar(world), random.nextLong());
            case 14, 15, 16 -> judge(world, world.actors().account());
            case 17 -> new IdentityCall.KillIdentity(address);
            case 18, 19 -> new IdentityCall.AddSub(address, value(world));
            case 20 -> new IdentityCall.RenameSub(address, value(world));
            case 21, 22 -> new IdentityCall.RemoveSub(address);
            case 23 -> new IdentityCall.QuitSub();
            case 24, 25 -> new IdentityCall.AddUsernameAuthority(address, text(world.oneOf(SUFFIXES)),
                    random.nextInt(4));
            case 26 -> new IdentityCall.RemoveUsernameAuthority(text(world.oneOf(SUFFIXES)), address);
            case 27, 28, 29 -> give(world, username(world), address);
            case 30 -> new IdentityCall.AcceptUsername(shortUsername(world));
            case 31 -> new IdentityCall.RemoveExpiredApproval(shortUsername(world));
            case 32 -> new IdentityCall.SetPrimaryUsername(shortUsername(world));
            case 33 -> new IdentityCall.UnbindUsername(shortUsername(world));
            case 34 -> new IdentityCall.RemoveUsername(shortUsername(world));
            default -> new IdentityCall.KillUsername(shortUsername(world));
        };
    }

    private static long registrar(World world) {
        return world.oneIn(20) ? world.random().nextInt(30) : world.random().nextInt(REGISTRARS);
    }

    static FieldValue value(World world) {
        SplittableRandom random = world.random();
        byte[] bytes = new byte[random.nextInt(FieldValue.RAW_MAX + 1)];
        random.nextBytes(bytes);
        return switch (random.nextInt(5)) {
            case 0 -> FieldValue.NONE;
            case 1 -> new FieldValue.Hashed(FieldValue.HashKind.values()[random.nextInt(4)],
                    Bytes.wrap(new byte[FieldValue.HASH_SIZE]));
            default -> new FieldValue.Raw(Bytes.wrap(bytes));
        };
    }

    static IdentityFields fields(World world) {
        List<Map.Entry<FieldValue, FieldValue>> additional = new ArrayList<>();
        for (int i = world.random().nextInt(world.oneIn(6) ? 21 : 3); i > 0; i--) {
            additional.add(Map.entry(value(world), value(world)));
        }
        Optional<Bytes> fingerprint = world.oneIn(2) ? Optional.empty() : Optional.of(Bytes.wrap(new byte[20]));
        return new IdentityFields(additional, value(world), value(world), value(world), value(world), value(world),
                fingerprint, value(world), value(world));
    }

    private static List<Map.Entry<AccountId, FieldValue>> subs(World world) {
        List<Map.Entry<AccountId, FieldValue>> subs = new ArrayList<>();
        int count = world.oneIn(12) ? 99 + world.random().nextInt(3) : world.random().nextInt(4);
        for (int i = 0; i < count; i++) {
            subs.add(Map.entry(world.actors().account(), value(world)));
        }
        return subs;
    }

    /** A judgement of what the account says now, of something else once in a while. */
    static IdentityCall judge(World world, AccountId target) {
        byte[] hash = world.state().blake2b256(identity(world).encodedFields(world.state(), target)
                .filter(_ -> !world.oneIn(8)).orElse(Bytes.EMPTY).view());
        Judgement judgement = switch (world.random().nextInt(7)) {
            case 0 -> new Judgement.Unknown();
            case 1 -> new Judgement.FeePaid(world.amount());
            case 2, 3 -> new Judgement.Reasonable();
            case 4 -> new Judgement.KnownGood();
            case 5 -> world.oneIn(2) ? new Judgement.OutOfDate() : new Judgement.LowQuality();
            default -> new Judgement.Erroneous();
        };
        return new IdentityCall.ProvideJudgement(registrar(world), MultiAddress.of(target), judgement, Hash.wrap(hash));
    }

    static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static Bytes username(World world) {
        return text(world.oneIn(12) ? world.oneOf(NAMES) : world.oneOf(NAMES) + "." + world.oneOf(SUFFIXES));
    }

    /** One that decodes as a username. */
    private static Bytes shortUsername(World world) {
        Bytes username = username(world);
        return username.size() <= 32 ? username : text("a.vlk");
    }

    /** With a signature of the owner, of somebody else, or none. */
    static IdentityCall give(World world, Bytes username, MultiAddress who) {
        Optional<MultiSignature> signature = Optional.empty();
        if (world.oneIn(2)) {
            List<Actors.Signer> owners = Actors.all().stream()
                    .filter(signer -> MultiAddress.of(signer.id()).equals(who)).toList();
            signature = Optional.of(sign(world, owners.isEmpty() || world.oneIn(6) ? world.actors().signer()
                    : owners.getFirst(), username));
        }
        return new IdentityCall.SetUsernameFor(who, username, signature, world.oneIn(2));
    }

    private static MultiSignature sign(World world, Actors.Signer signer, Bytes username) {
        byte[] message = world.oneIn(2) ? username.toArray()
                : new ScaleOutput().raw(text("<Bytes>").view()).raw(username.view()).raw(text("</Bytes>").view())
                        .toByteArray();
        Bytes signature = Bytes.wrap(signer.keys().sign(message));
        return switch (signer.scheme()) {
            case SR25519 -> new MultiSignature.Sr25519(signature);
            case ED25519 -> new MultiSignature.Ed25519(signature);
            case ECDSA -> new MultiSignature.Ecdsa(signature);
        };
    }

    @Override
    public void story(World world) {
        IdentityStories.tell(world);
    }

    @Override
    public Map<String, List<String>> unreachable() {
        return Map.of("the pallet has them from earlier times and never uses them",
                List.of("error Identity.NotNamed", "error Identity.RequiresSignature",
                        "event Identity.DanglingUsernameRemoved"));
    }
}
