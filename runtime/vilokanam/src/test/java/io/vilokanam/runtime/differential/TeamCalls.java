package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.multisig.Multisig;
import io.vilokanam.pallets.multisig.MultisigCall;
import io.vilokanam.pallets.multisig.Timepoint;
import io.vilokanam.pallets.proxy.ProxyCall;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Accounts that several hold, and accounts that act for others: Multisig and Proxy. */
final class TeamCalls implements CallSource {

    private static final int KINDS = 4;
    /** More proxies than an account may have, and more announcements than one may wait with. */
    private static final int TOO_MANY = 34;
    private static final U128 RICH = U128.of(1L << 60);
    private static final Weight LARGE = new Weight(500_000_000_000L, 500_000);
    private static final Weight SMALL = new Weight(1_000, 10);

    @Override
    public List<String> pallets() {
        return List.of("Multisig", "Proxy");
    }

    private static RuntimeCall call(World world, MultisigCall call) {
        return world.call(world.pallets().townHall().orElseThrow().teamAccounts().multisig(), call);
    }

    private static RuntimeCall call(World world, ProxyCall call) {
        return world.call(world.pallets().townHall().orElseThrow().teamAccounts().proxy(), call);
    }

    @Override
    public RuntimeCall call(World world, int depth) {
        return world.random().nextBoolean() ? multisig(world, depth) : proxy(world, depth);
    }

    /** Few different calls, so that several signers mean the same one. */
    private static RuntimeCall shared(World world, int depth) {
        return depth > 3 || !world.oneIn(4)
                ? world.call(world.pallets().system(),
                        new SystemCall.RemarkWithEvent(Bytes.ascii("t" + world.random().nextInt(3))))
                : world.anyCall(depth + 1);
    }

    private static Bytes hash(World world, RuntimeCall call) {
        return Bytes.wrap(new HostHashing().blake2b256(world.pallets().runtime().codec().encode(call)));
    }

    private static RuntimeCall multisig(World world, int depth) {
        SplittableRandom random = world.random();
        List<Actors.Signer> team = Actors.all().subList(0, 3 + random.nextInt(2));
        List<AccountId> others = others(world, team, world.oneOf(team).id());
        int threshold = world.oneIn(12) ? random.nextInt(3) : 2 + random.nextInt(2);
        RuntimeCall inner = shared(world, depth);
        Bytes hash = hash(world, inner);
        Optional<Timepoint> timepoint = world.oneIn(3) ? Optional.of(new Timepoint(world.number(), random.nextInt(9)))
                : begun(world, team, threshold, hash);
        Weight most = world.oneIn(8) ? SMALL : LARGE;
        return call(world, switch (random.nextInt(8)) {
            case 0 -> new MultisigCall.AsMultiThreshold1(others, inner);
            case 1, 2, 3 -> new MultisigCall.AsMulti(threshold, others, timepoint, inner, most);
            case 4, 5 -> new MultisigCall.ApproveAsMulti(threshold, others, timepoint, hash, most);
            case 6 -> new MultisigCall.CancelAsMulti(threshold, others, timepoint.orElse(new Timepoint(1, 1)), hash);
            default -> new MultisigCall.PokeDeposit(threshold, others, hash);
        });
    }

    private static Optional<Timepoint> begun(World world, List<Actors.Signer> team, int threshold, Bytes hash) {
        List<AccountId> all = team.stream().map(Actors.Signer::id).sorted().toList();
        AccountId account = Multisig.accountOf(new HostHashing()::blake2b256, all, threshold);
        return world.pallets().townHall().orElseThrow().teamAccounts().multisig().begunAt(world.state(), account, hash);
    }

    private static List<AccountId> others(World world, List<Actors.Signer> team, AccountId signer) {
        if (world.oneIn(25)) {
            List<AccountId> many = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                many.add(AccountId.wrap(new ScaleOutput().u8(i).raw(new byte[31]).toByteArray()));
            }
            return many;
        }
        List<AccountId> others = new ArrayList<>(team.stream().map(Actors.Signer::id)
                .filter(each -> !each.equals(signer) || world.oneIn(20)).sorted().toList());
        if (world.oneIn(15)) {
            Collections.reverse(others);
        }
        return world.oneIn(20) ? List.of() : others;
    }

    private static RuntimeCall proxy(World world, int depth) {
        SplittableRandom random = world.random();
        MultiAddress somebody = world.oneIn(3) ? world.actors().address()
                : MultiAddress.of(world.actors().signer().id());
        int kind = random.nextInt(KINDS);
        long delay = world.oneIn(3) ? random.nextInt(4) : 0;
        Optional<Integer> forced = world.oneIn(3) ? Optional.of(kind) : Optional.empty();
        RuntimeCall inner = world.oneIn(2) ? shared(world, depth) : depth > 3 ? shared(world, depth)
                : world.anyCall(depth + 1);
        Hash hash = new Hash(hash(world, inner));
        return call(world, switch (random.nextInt(18)) {
            case 0, 1, 2, 3, 4 -> new ProxyCall.Act(somebody, forced, inner);
            case 5, 6, 7, 8 -> new ProxyCall.AddProxy(somebody, kind, delay);
            case 9 -> new ProxyCall.RemoveProxy(somebody, kind, delay);
            case 10 -> new ProxyCall.RemoveProxies();
            case 11 -> new ProxyCall.CreatePure(kind, delay, random.nextInt(3));
            case 12 -> new ProxyCall.KillPure(somebody, kind, random.nextInt(3), world.number(), random.nextInt(9));
            case 13 -> new ProxyCall.Announce(somebody, hash);
            case 14 -> new ProxyCall.RemoveAnnouncement(somebody, hash);
            case 15 -> new ProxyCall.RejectAnnouncement(somebody, hash);
            case 16 -> new ProxyCall.ProxyAnnounced(somebody, MultiAddress.of(world.actors().signer().id()), forced,
                    inner);
            default -> new ProxyCall.PokeDeposit();
        });
    }

    @Override
    public void story(World world) {
        if (world.random().nextBoolean()) {
            tellOfATeam(world);
        } else if (world.oneIn(6)) {
            tellOfTooManyProxies(world);
        } else {
            tellOfAProxy(world);
        }
    }

    /** One of a team begins, others approve in later blocks until the call is made, or the first one cancels. */
    private static void tellOfATeam(World world) {
        List<Actors.Signer> team = new ArrayList<>(Actors.all().subList(0, 3 + world.random().nextInt(3)));
        int threshold = 2 + world.random().nextInt(2);
        RuntimeCall inner = shared(world, 1);
        Bytes hash = hash(world, inner);
        Actors.Signer first = team.getFirst();
        world.act(first, call(world, new MultisigCall.ApproveAsMulti(threshold, strictly(team, first), Optional.empty(),
                hash, LARGE)));
        world.meet(Multisig.accountOf(new HostHashing()::blake2b256,
                team.stream().map(Actors.Signer::id).sorted().toList(), threshold));
        for (int i = 1; i < team.size(); i++) {
            Actors.Signer next = team.get(i);
            world.later(i, then -> {
                Optional<Timepoint> when = begun(then, team, threshold, hash);
                if (when.isPresent() && then.oneIn(6)) {
                    then.act(first, call(then, new MultisigCall.CancelAsMulti(threshold, strictly(team, first),
                            when.get(), hash)));
                }
                then.act(next, call(then, then.oneIn(3)
                        ? new MultisigCall.ApproveAsMulti(threshold, strictly(team, next), when, hash, LARGE)
                        : new MultisigCall.AsMulti(threshold, strictly(team, next), when, inner,
                                then.oneIn(5) ? SMALL : LARGE)));
            });
        }
    }

    private static List<AccountId> strictly(List<Actors.Signer> team, Actors.Signer signer) {
        return team.stream().map(Actors.Signer::id).filter(each -> !each.equals(signer.id())).sorted().toList();
    }

    /** A proxy is made, acts within and beyond its kind, announces and waits, and goes. */
    private static void tellOfAProxy(World world) {
        Actors.Signer real = world.actors().signer();
        Actors.Signer delegate = world.actors().signer();
        int kind = world.random().nextInt(KINDS);
        long delay = world.random().nextInt(3);
        MultiAddress to = MultiAddress.of(delegate.id());
        MultiAddress of = MultiAddress.of(real.id());
        RuntimeCall inner = world.anyCall(1);
        world.act(real, call(world, new ProxyCall.AddProxy(to, kind, delay)));
        world.act(delegate, call(world, new ProxyCall.Act(of, Optional.empty(), inner)));
        world.act(delegate, call(world, new ProxyCall.Act(of, Optional.of(kind),
                call(world, new ProxyCall.AddProxy(world.actors().address(), world.random().nextInt(KINDS), 0)))));
        world.act(delegate, call(world, new ProxyCall.Announce(of, new Hash(hash(world, inner)))));
        world.later(1 + world.random().nextInt(3), then -> {
            then.act(then.actors().signer(), call(then, new ProxyCall.ProxyAnnounced(to, of, Optional.empty(), inner)));
            then.act(delegate, call(then, new ProxyCall.PokeDeposit()));
            then.act(real, call(then, new ProxyCall.RemoveProxy(to, kind, delay)));
        });
    }

    /** More proxies than an account may have, and more announcements than a proxy may make. */
    private static void tellOfTooManyProxies(World world) {
        Actors.Signer real = world.actors().signer();
        Actors.Signer delegate = world.actors().signer();
        MultiAddress of = MultiAddress.of(real.id());
        world.actByRoot(world.call(world.pallets().balances(), new Balances.Call.ForceSetBalance(of, RICH)));
        world.actByRoot(world.call(world.pallets().balances(),
                new Balances.Call.ForceSetBalance(MultiAddress.of(delegate.id()), RICH)));
        List<RuntimeCall> proxies = new ArrayList<>();
        List<RuntimeCall> announcements = new ArrayList<>();
        for (int i = 0; i < TOO_MANY; i++) {
            byte[] filler = new ScaleOutput().raw(new byte[31]).u8(i).toByteArray();
            proxies.add(call(world, new ProxyCall.AddProxy(MultiAddress.of(AccountId.wrap(filler)), 0, 0)));
            announcements.add(call(world, new ProxyCall.Announce(of, Hash.wrap(filler))));
        }
        world.act(real, call(world, new ProxyCall.AddProxy(MultiAddress.of(delegate.id()), 0, 0)));
        world.act(delegate, world.call(world.pallets().utility(), new Utility.Call.ForceBatch(announcements)));
        world.act(real, world.call(world.pallets().utility(), new Utility.Call.ForceBatch(proxies)));
        world.later(1, then -> then.act(real, call(then, new ProxyCall.RemoveProxies())));
    }

    @Override
    public Map<String, List<String>> unreachable() {
        return Map.of("the pallet never returns it",
                List.of("error Multisig.NoApprovalsNeeded", "error Multisig.AlreadyStored", "error Proxy.Unproxyable"),
                "deposits do not change while the runtime does not",
                List.of("event Multisig.DepositPoked", "event Proxy.DepositPoked"));
    }
}
