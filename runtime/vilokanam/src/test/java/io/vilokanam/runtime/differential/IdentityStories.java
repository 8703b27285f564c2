package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.identity.FieldValue;
import io.vilokanam.pallets.identity.IdentityCall;
import io.vilokanam.pallets.identity.Judgement;
import io.vilokanam.pallets.identity.Provider;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** What happens to identities and usernames over some blocks. */
final class IdentityStories {

    private static final int REGISTRARS_MAX = 20;
    private static final Bytes SUFFIX = IdentityCalls.text("vlk");

    private IdentityStories() {}

    static void tell(World world) {
        switch (world.random().nextInt(7)) {
            case 0, 1 -> judge(world);
            case 2 -> fill(world);
            case 3 -> judgeByTheDead(world);
            case 4, 5 -> name(world);
            default -> lateNames(world);
        }
    }

    private static void endow(World world, AccountId who) {
        world.actByRoot(world.call(world.pallets().balances(),
                new Balances.Call.ForceSetBalance(MultiAddress.of(who), U128.of(1L << 60))));
    }

    private static byte[] prefixOf(World world, String item) {
        return world.pallets().runtime().slotOf(IdentityCalls.identity(world)).scope().storage().stream()
                .filter(entry -> entry.item().equals(item)).findFirst().orElseThrow().prefix().view();
    }

    /** How many registrars there are. */
    private static int registrars(World world) {
        try {
            Optional<byte[]> stored = world.state().get(prefixOf(world, "Registrars"));
            return stored.isEmpty() ? 0 : (int) new ScaleInput(stored.get()).compactU32();
        } catch (ScaleException e) {
            return 0;
        }
    }

    /** A registrar judges an account that asked for it; then what was judged changes or goes. */
    private static void judge(World world) {
        Actors.Signer registrar = world.actors().signer();
        Actors.Signer judged = world.actors().signer();
        long index = registrars(world);
        endow(world, judged.id());
        world.actByRoot(IdentityCalls.made(world, new IdentityCall.AddRegistrar(MultiAddress.of(registrar.id()))));
        world.act(registrar, IdentityCalls.made(world,
                new IdentityCall.SetFee(index, U128.of(world.random().nextLong(1L << 32)))));
        world.act(judged, IdentityCalls.made(world, new IdentityCall.SetIdentity(IdentityCalls.fields(world))));
        world.later(1, then -> {
            for (int i = 0; i < 2; i++) {
                then.act(judged, IdentityCalls.made(then, new IdentityCall.RequestJudgement(index, U128.MAX)));
            }
            if (then.oneIn(4)) {
                then.act(judged, IdentityCalls.made(then, new IdentityCall.CancelRequest(index)));
            }
        });
        world.later(2, then -> then.act(registrar, IdentityCalls.made(then, judgement(then, index, judged.id()))));
        world.later(3, then -> then.act(judged, IdentityCalls.made(then, switch (then.random().nextInt(4)) {
            case 0 -> new IdentityCall.ClearIdentity();
            case 1 -> new IdentityCall.CancelRequest(index);
            case 2 -> new IdentityCall.RequestJudgement(index, U128.MAX);
            default -> new IdentityCall.SetIdentity(IdentityCalls.fields(then));
        })));
        if (world.oneIn(3)) {
            world.later(4, then -> then.actByRoot(
                    IdentityCalls.made(then, new IdentityCall.KillIdentity(MultiAddress.of(judged.id())))));
        }
    }

    /** Once in a while of what the account never said. */
    private static IdentityCall judgement(World world, long index, AccountId target) {
        Bytes fields = IdentityCalls.identity(world).encodedFields(world.state(), target)
                .filter(_ -> !world.oneIn(5)).orElse(Bytes.EMPTY);
        Judgement judgement = world.oneOf(List.of(new Judgement.Reasonable(), new Judgement.KnownGood(),
                new Judgement.Erroneous(), new Judgement.FeePaid(U128.ONE)));
        return new IdentityCall.ProvideJudgement(index, MultiAddress.of(target), judgement,
                Hash.wrap(world.state().blake2b256(fields.view())));
    }

    /** As many registrars as there may be, or sub-accounts. */
    private static void fill(World world) {
        if (world.oneIn(2)) {
            for (int i = registrars(world); i <= REGISTRARS_MAX; i++) {
                world.actByRoot(IdentityCalls.made(world,
                        new IdentityCall.AddRegistrar(MultiAddress.of(world.actors().signer().id()))));
            }
            return;
        }
        Actors.Signer main = world.actors().signer();
        endow(world, main.id());
        world.act(main, IdentityCalls.made(world, new IdentityCall.SetIdentity(IdentityCalls.fields(world))));
        List<Map.Entry<AccountId, FieldValue>> subs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            byte[] account = new byte[AccountId.SIZE];
            world.random().nextBytes(account);
            subs.add(Map.entry(AccountId.wrap(account), IdentityCalls.value(world)));
        }
        world.act(main, IdentityCalls.made(world, new IdentityCall.SetSubs(subs)));
        world.act(main, IdentityCalls.made(world,
                new IdentityCall.AddSub(MultiAddress.of(world.actors().account()), IdentityCalls.value(world))));
        world.later(1, then -> lead(then, main, MultiAddress.of(subs.getFirst().getKey()),
                MultiAddress.of(subs.getLast().getKey())));
    }

    /** One sub-account is called otherwise, one is sent away, one comes and leaves by itself. */
    private static void lead(World world, Actors.Signer main, MultiAddress first, MultiAddress last) {
        Actors.Signer guest = world.actors().signer();
        for (IdentityCall call : List.of(new IdentityCall.RenameSub(first, IdentityCalls.value(world)),
                new IdentityCall.RemoveSub(last),
                new IdentityCall.AddSub(MultiAddress.of(guest.id()), IdentityCalls.value(world)))) {
            world.act(main, IdentityCalls.made(world, call));
        }
        world.act(guest, IdentityCalls.made(world, new IdentityCall.QuitSub()));
    }

    /** A registrar whose account does not live cannot be paid. */
    private static void judgeByTheDead(World world) {
        Actors.Signer judged = world.actors().signer();
        long index = registrars(world);
        byte[] bytes = new byte[AccountId.SIZE];
        world.random().nextBytes(bytes);
        MultiAddress dead = MultiAddress.of(AccountId.wrap(bytes));
        endow(world, judged.id());
        world.actByRoot(IdentityCalls.made(world, new IdentityCall.AddRegistrar(dead)));
        asDead(world, dead, new IdentityCall.SetFee(index, U128.of(1 + world.random().nextLong(1L << 32))));
        asDead(world, dead, new IdentityCall.SetFields(index, world.random().nextLong()));
        world.act(judged, IdentityCalls.made(world, new IdentityCall.SetIdentity(IdentityCalls.fields(world))));
        world.act(judged, IdentityCalls.made(world, new IdentityCall.RequestJudgement(index, U128.MAX)));
        world.act(judged, IdentityCalls.made(world, new IdentityCall.AddSub(dead, IdentityCalls.value(world))));
        world.later(1, then -> {
            asDead(then, dead, judgement(then, index, judged.id()));
            asDead(then, dead, new IdentityCall.QuitSub());
        });
    }

    private static void asDead(World world, MultiAddress dead, IdentityCall call) {
        world.act(Actors.alice(),
                world.call(world.pallets().sudo(), new Sudo.Call.SudoAs(dead, IdentityCalls.made(world, call))));
    }

    /** An authority gives names; they are accepted, chosen, taken back. */
    private static void name(World world) {
        Actors.Signer authority = world.actors().signer();
        Actors.Signer owner = world.actors().signer();
        MultiAddress to = MultiAddress.of(owner.id());
        endow(world, authority.id());
        world.actByRoot(IdentityCalls.made(world, new IdentityCall.AddUsernameAuthority(
                MultiAddress.of(authority.id()), SUFFIX, world.random().nextInt(3))));
        Bytes first = fresh(world);
        Bytes second = fresh(world);
        world.act(authority, IdentityCalls.made(world, IdentityCalls.give(world, first, to)));
        world.act(authority, IdentityCalls.made(world, IdentityCalls.give(world, second, to)));
        world.act(authority, IdentityCalls.made(world, IdentityCalls.give(world, first, to)));
        world.later(1, then -> {
            then.act(owner, IdentityCalls.made(then, new IdentityCall.AcceptUsername(first)));
            then.act(owner, IdentityCalls.made(then, new IdentityCall.AcceptUsername(second)));
            then.act(owner, IdentityCalls.made(then, new IdentityCall.SetPrimaryUsername(second)));
            then.act(then.actors().signer(), IdentityCalls.made(then, new IdentityCall.SetPrimaryUsername(second)));
        });
        world.later(2, then -> {
            then.act(authority, IdentityCalls.made(then, new IdentityCall.UnbindUsername(second)));
            then.act(authority, IdentityCalls.made(then, new IdentityCall.UnbindUsername(second)));
            then.act(owner, IdentityCalls.made(then, new IdentityCall.RemoveUsername(second)));
        });
        world.later(3, then -> {
            if (then.oneIn(2)) {
                store(then, key(then, "UnbindingUsernames", second), Codecs.U32.encode(then.number()));
                then.act(owner, IdentityCalls.made(then, new IdentityCall.RemoveUsername(second)));
            }
            then.actByRoot(IdentityCalls.made(then, new IdentityCall.KillUsername(then.oneIn(2) ? first : second)));
            if (then.oneIn(3)) {
                then.actByRoot(IdentityCalls.made(then,
                        new IdentityCall.RemoveUsernameAuthority(SUFFIX, MultiAddress.of(authority.id()))));
            }
        });
    }

    private static Bytes fresh(World world) {
        return IdentityCalls.text("n" + world.random().nextInt(1_000_000) + ".vlk");
    }

    /** Root writes names of all kinds whose time is over, which no chain waits for. */
    private static void lateNames(World world) {
        Actors.Signer authority = world.actors().signer();
        endow(world, authority.id());
        world.actByRoot(IdentityCalls.made(world,
                new IdentityCall.AddUsernameAuthority(MultiAddress.of(authority.id()), SUFFIX, 1)));
        Bytes pending = fresh(world);
        Bytes held = fresh(world);
        Bytes odd = IdentityCalls.text(world.oneOf(List.of("nodot", "dot.", "far.behind7far", "un.known")));
        Provider provider = world.oneOf(List.of(new Provider.Allocation(), new Provider.System(),
                new Provider.AuthorityDeposit(U128.of(1_000_000_000_000L))));
        AccountId owner = world.actors().account();
        for (Bytes name : List.of(pending, odd)) {
            store(world, key(world, "PendingUsernames", name),
                    pending(owner, world.number() - world.random().nextInt(2),
                            provider));
        }
        for (Bytes name : List.of(held, odd)) {
            store(world, key(world, "UsernameInfoOf", name),
                    new ScaleOutput().raw(owner.bytes().view()).raw(Provider.CODEC.encode(provider)).toByteArray());
            store(world, key(world, "UnbindingUsernames", name), Codecs.U32.encode(world.number()));
        }
        for (Bytes name : List.of(pending, held, odd)) {
            Actors.Signer anybody = world.actors().signer();
            world.act(anybody, IdentityCalls.made(world, new IdentityCall.RemoveExpiredApproval(name)));
            if (world.oneIn(2)) {
                store(world, key(world, "UnbindingUsernames", name), new byte[0]);
            }
            world.act(authority, IdentityCalls.made(world, new IdentityCall.UnbindUsername(name)));
            world.act(anybody, IdentityCalls.made(world, new IdentityCall.RemoveUsername(name)));
            world.actByRoot(IdentityCalls.made(world, new IdentityCall.KillUsername(name)));
        }
    }

    private static byte[] pending(AccountId owner, long expiration, Provider provider) {
        return new ScaleOutput().raw(owner.bytes().view()).u32(expiration).raw(Provider.CODEC.encode(provider))
                .toByteArray();
    }

    private static byte[] key(World world, String item, Bytes username) {
        byte[] encoded = new ScaleOutput().bytes(username.view()).toByteArray();
        return new ScaleOutput().raw(prefixOf(world, item)).raw(world.state().blake2b128(encoded)).raw(encoded)
                .toByteArray();
    }

    private static void store(World world, byte[] key, byte[] value) {
        RuntimeCall call = world.call(world.pallets().system(),
                new SystemCall.SetStorage(List.of(Map.entry(Bytes.wrap(key), Bytes.wrap(value)))));
        world.actByRoot(call);
    }
}
