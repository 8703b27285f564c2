package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.balances.Balances.AdjustmentDirection;
import io.vilokanam.pallets.collective.CollectiveOrigin;
import io.vilokanam.pallets.grandpa.Grandpa;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.timestamp.Timestamp;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Calls from a seed: sensible ones, failing ones, nested ones, absurd ones; of the eight pallets and of what sources bring. */
final class RandomCalls {

    private static final int DEPTH_MAX = 4;
    /** More calls than a batch may hold: 12,483 is what the stock runtime's limit comes to. */
    private static final int TOO_MANY_CALLS = 20_000;
    private static final U128 TREASURE = U128.of(1L << 62);
    private static final U128 MOST = U128.of(1L << 59);
    private static final U128 GIFT = U128.of(1L << 50);
    private static final U128 POOR = U128.of(1L << 46);
    /** Each so-manieth call is tried by a body. */
    private static final int CALLS_OF_BODIES = 10;
    private static final int LARGE_REMARK = 3_900_000;
    private static final int TOO_LARGE_REMARK = 5 << 20;

    private final SplittableRandom random;
    private final Pallets pallets;
    private final RuntimeScope runtime;
    private final Actors actors;
    private final RandomState state;
    private final RandomCode codes;
    private final List<byte[]> made = new ArrayList<>();
    private final List<CallSource> sources;
    private final World world;
    private Externalities ext;
    private long number;

    RandomCalls(SplittableRandom random, VilokanamRuntime runtime, Actors actors, List<CallSource> sources) {
        this.sources = sources;
        this.world = new World(random, runtime, actors, this);
        this.random = random;
        this.pallets = runtime.pallets();
        this.runtime = pallets.runtime();
        this.actors = actors;
        this.state = new RandomState(random, pallets, actors);
        this.codes = new RandomCode(random, runtime);
    }

    /** Makes calls for a block: they may look at its state. */
    void at(Externalities blockState, long blockNumber) {
        ext = blockState;
        number = blockNumber;
        world.at(blockState, blockNumber);
    }

    World world() {
        return world;
    }

    /** Begins one of the stories that there are. */
    void beginStory() {
        if (!sources.isEmpty()) {
            world.oneOf(sources).story(world);
        }
    }

    /** Notes a call that others made up. */
    RuntimeCall made(RuntimeCall call) {
        made.add(runtime.codec().encode(call));
        return call;
    }

    /** The calls that were handed out since this was last asked, in SCALE. */
    List<byte[]> made() {
        List<byte[]> calls = List.copyOf(made);
        made.clear();
        return calls;
    }

    /** A call in SCALE. */
    byte[] encoded() {
        return runtime.codec().encode(next());
    }

    RuntimeCall next() {
        RuntimeCall call = draw();
        made.add(runtime.codec().encode(call));
        return call;
    }

    /** Who signs the call: chains of 110 are long, and the key of sudo passes from hand to hand. */
    Actors.Signer signerOf(RuntimeCall call) {
        return !sources.isEmpty() && call.call() instanceof Sudo.Call && random.nextBoolean() ? world.sudoer()
                : actors.signer();
    }

    private RuntimeCall draw() {
        return switch (random.nextInt(1_500)) {
            case 0 -> system(new SystemCall.RemarkWithEvent(Bytes.wrap(new byte[LARGE_REMARK])));
            case 1 -> system(new SystemCall.Remark(Bytes.wrap(new byte[TOO_LARGE_REMARK])));
            case 2 -> utility(new Utility.Call.Batch(
                    java.util.Collections.nCopies(TOO_MANY_CALLS, system(new SystemCall.Remark(Bytes.EMPTY)))));
            default -> !sources.isEmpty() && random.nextInt(CALLS_OF_BODIES) == 0 ? byABody() : next(0);
        };
    }

    /** What only root may do, or who else may, is tried by bodies with all kinds of majorities. */
    private RuntimeCall byABody() {
        RuntimeCall call = world.oneOf(sources).call(world, 1);
        RuntimeCall bare = call.call() instanceof Sudo.Call.AsRoot(RuntimeCall inner) ? inner : call;
        return root(
                utility(new Utility.Call.DispatchAs(new Origin.OfPallet(17 + random.nextInt(2), collective()), bare)));
    }

    /** As root, something that may end the chain for the stock runtime. */
    RuntimeCall last() {
        Bytes code = codes.any();
        return root(switch (random.nextInt(4)) {
            case 0 -> system(new SystemCall.SetCode(code));
            case 1 -> system(new SystemCall.SetCodeWithoutChecks(code));
            case 2 -> upgrade(code);
            default -> utility(new Utility.Call.BatchAll(
                    List.of(system(new SystemCall.AuthorizeUpgradeWithoutChecks(RandomCode.hash(code))),
                            system(new SystemCall.ApplyAuthorizedUpgrade(code)))));
        });
    }

    /** As root, money for all who sign. */
    RuntimeCall endowment() {
        List<RuntimeCall> calls = new ArrayList<>();
        Actors.all()
                .forEach(signer -> calls.add(balances(new Balances.Call.ForceSetBalance(MultiAddress.of(signer.id()),
                        random.nextInt(8) == 0 ? Actors.ED.times(U128.of(2)) : U128.of(random.nextLong(1L << 60))))));
        if (!sources.isEmpty()) {
            calls.add(balances(new Balances.Call.ForceSetBalance(MultiAddress.of(Actors.treasurer().id()), TREASURE)));
        }
        return root(utility(new Utility.Call.Batch(calls)));
    }

    /** Of the treasurer, something for all who sign and can pay for little more, since they have nothing or it is locked. */
    Optional<RuntimeCall> alms() {
        List<RuntimeCall> gifts = new ArrayList<>();
        for (Actors.Signer signer : Actors.all()) {
            AccountData account = pallets.system().accounts().get(ext, signer.id());
            U128 locked = account.frozen().saturatingMinus(account.free());
            if (POOR.isMoreThan(account.free().saturatingMinus(account.frozen())) && MOST.isMoreThan(locked)
                    && random.nextInt(4) != 0) {
                gifts.add(balances(
                        new Balances.Call.TransferAllowDeath(MultiAddress.of(signer.id()), GIFT.plus(locked))));
            }
        }
        return gifts.isEmpty() ? Optional.empty() : Optional.of(utility(new Utility.Call.ForceBatch(gifts)));
    }

    private RuntimeCall root(RuntimeCall call) {
        return sudo(new Sudo.Call.AsRoot(call));
    }

    RuntimeCall next(int depth) {
        if (!sources.isEmpty() && random.nextInt(5) < 3) {
            return world.oneOf(sources).call(world, depth);
        }
        int kind = random.nextInt(depth == DEPTH_MAX ? 14 : 28);
        return switch (kind) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> balances(balances());
            case 8 -> system(new SystemCall.Remark(bytes()));
            case 9 -> system(new SystemCall.RemarkWithEvent(bytes()));
            case 10, 11 -> system(systemOfRoot());
            case 12 -> random.nextInt(4) == 0
                    ? runtime.call(pallets.timestamp(), new Timestamp.Call.Set(random.nextInt(1 << 30)))
                    : runtime.call(pallets.grandpa(),
                            new Grandpa.Call.NoteStalled(random.nextInt(100), random.nextInt(100)));
            case 13 -> random.nextInt(8) == 0 ? system(codeCall()) : balances(balances());
            case 14, 15, 16, 17, 18, 19, 20 -> utility(utility(depth + 1));
            default -> sudo(sudo(depth + 1));
        };
    }

    private Balances.Call balances() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Balances.Call.TransferAllowDeath(actors.address(), amount());
            case 2 -> new Balances.Call.ForceTransfer(actors.address(), actors.address(), amount());
            case 3, 4 -> new Balances.Call.TransferKeepAlive(actors.address(), amount());
            case 5 -> new Balances.Call.TransferAll(MultiAddress.of(actors.account()), random.nextInt(8) != 0);
            case 6, 7 -> new Balances.Call.ForceUnreserve(MultiAddress.of(actors.silent()), amount());
            case 8 -> new Balances.Call.UpgradeAccounts(several());
            case 9 -> new Balances.Call.ForceSetBalance(
                    random.nextInt(4) == 0 ? actors.address() : MultiAddress.of(actors.silent()), amount());
            case 10 -> new Balances.Call.ForceAdjustTotalIssuance(
                    random.nextBoolean() ? AdjustmentDirection.INCREASE : AdjustmentDirection.DECREASE,
                    random.nextInt(12) == 0 ? amount() : amount().min(Actors.ED));
            default -> new Balances.Call.Burn(amount(), random.nextBoolean());
        };
    }

    private List<AccountId> several() {
        List<AccountId> several = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            several.add(random.nextBoolean() ? actors.silent() : actors.account());
        }
        return several;
    }

    private SystemCall systemOfRoot() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> new SystemCall.SetStorage(state.items(number));
            case 5, 6 -> new SystemCall.KillStorage(keys());
            case 7 -> new SystemCall.KillPrefix(state.prefix(), random.nextInt(4));
            case 8 -> new SystemCall.AuthorizeUpgrade(codes.authorised());
            case 9 -> new SystemCall.AuthorizeUpgradeWithoutChecks(RandomCode.hash(codes.own()));
            case 10 -> new SystemCall.ApplyAuthorizedUpgrade(codes.refused());
            default -> new SystemCall.SetHeapPages(random.nextInt(3_000));
        };
    }

    /** Codes large and small of which none ends the chain. */
    private SystemCall codeCall() {
        return switch (random.nextInt(3)) {
            case 0 -> new SystemCall.SetCodeWithoutChecks(codes.own());
            case 1 -> new SystemCall.ApplyAuthorizedUpgrade(codes.own());
            default -> new SystemCall.SetCode(codes.refused());
        };
    }

    private List<Bytes> keys() {
        List<Bytes> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            keys.add(state.key());
        }
        return keys;
    }

    private Utility.Call utility(int depth) {
        return switch (random.nextInt(10)) {
            case 0 -> new Utility.Call.Batch(calls(depth));
            case 1, 2 -> new Utility.Call.AsDerivative(random.nextInt(2), next(depth));
            case 3 -> new Utility.Call.BatchAll(calls(depth));
            case 4, 5 -> new Utility.Call.DispatchAs(origin(), next(depth));
            case 6 -> new Utility.Call.ForceBatch(calls(depth));
            case 7 -> new Utility.Call.WithWeight(next(depth), weight());
            case 8 -> new Utility.Call.IfElse(next(depth), next(depth));
            default -> new Utility.Call.DispatchAsFallible(origin(), next(depth));
        };
    }

    private List<RuntimeCall> calls(int depth) {
        List<RuntimeCall> calls = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            calls.add(next(depth));
        }
        return calls;
    }

    private Sudo.Call sudo(int depth) {
        return switch (random.nextInt(60)) {
            case 0, 1, 2, 3 -> new Sudo.Call.AsRootUncheckedWeight(next(depth), weight());
            case 4, 5, 6, 7, 8 -> new Sudo.Call.SudoAs(actors.address(), next(depth));
            case 9 ->
                new Sudo.Call.SetKey(random.nextInt(4) == 0 ? newKey() : MultiAddress.of(Actors.alice().id()));
            case 10 -> random.nextInt(8) == 0 ? new Sudo.Call.RemoveKey() : new Sudo.Call.AsRoot(next(depth));
            default -> new Sudo.Call.AsRoot(random.nextInt(3) == 0 ? ofRoot() : next(depth));
        };
    }

    /** Chains of 110 are long, and those are over for root whose key nobody has. */
    private MultiAddress newKey() {
        return sources.isEmpty() || random.nextInt(8) == 0 ? actors.address() : MultiAddress.of(actors.signer().id());
    }

    /** What only root may do. */
    private RuntimeCall ofRoot() {
        return switch (random.nextInt(8)) {
            case 0 -> balances(new Balances.Call.ForceAdjustTotalIssuance(
                    random.nextBoolean() ? AdjustmentDirection.INCREASE : AdjustmentDirection.DECREASE,
                    random.nextBoolean() ? U128.ZERO : amount()));
            case 1 -> random.nextInt(4) == 0 ? leaveDust()
                    : balances(new Balances.Call.ForceTransfer(actors.address(), actors.address(), amount()));
            case 2 -> random.nextInt(8) == 0 ? tooMuchInactive()
                    : balances(new Balances.Call.ForceUnreserve(MultiAddress.of(actors.silent()), amount()));
            case 3 -> random.nextBoolean() ? system(new SystemCall.SetCode(codes.refused())) : upgrade(codes.refused());
            case 4 -> balances(new Balances.Call.ForceSetBalance(MultiAddress.of(actors.silent()), amount()));
            default -> system(systemOfRoot());
        };
    }

    /** Of an account less than it must have to live is left. */
    private RuntimeCall leaveDust() {
        AccountId poor = actors.silent();
        U128 free = pallets.system().accounts().get(ext, poor).free();
        U128 most = free.saturatingMinus(U128.of(1 + random.nextLong(Actors.ED.low() - 1)));
        return balances(new Balances.Call.ForceTransfer(MultiAddress.of(poor), actors.address(), most));
    }

    /** More is inactive than there is, for the length of a call. */
    private RuntimeCall tooMuchInactive() {
        Bytes key = state.inactiveIssuance();
        return utility(new Utility.Call.ForceBatch(List.of(
                system(new SystemCall.SetStorage(List.of(Map.entry(key, new ScaleOutput().u128(U128.MAX).toBytes())))),
                balances(new Balances.Call.ForceAdjustTotalIssuance(AdjustmentDirection.DECREASE, U128.ONE)),
                system(new SystemCall.KillStorage(List.of(key))))));
    }

    private RuntimeCall upgrade(Bytes code) {
        return utility(new Utility.Call.BatchAll(List.of(system(new SystemCall.AuthorizeUpgrade(RandomCode.hash(code))),
                system(new SystemCall.ApplyAuthorizedUpgrade(code)))));
    }

    private Origin origin() {
        if (pallets.townHall().isPresent() && random.nextInt(3) == 0) {
            return new Origin.OfPallet(17 + random.nextInt(2), collective());
        }
        return switch (random.nextInt(8)) {
            case 0 -> Origin.NONE;
            case 1, 2 -> Origin.ROOT;
            default -> Origin.signed(actors.account());
        };
    }

    private CollectiveOrigin collective() {
        return switch (random.nextInt(5)) {
            case 0 -> new CollectiveOrigin.Phantom();
            case 1 -> new CollectiveOrigin.Member(actors.account());
            default -> {
                int all = random.nextInt(13);
                int yes = switch (random.nextInt(4)) {
                    case 0 -> all / 2 + random.nextInt(2);
                    case 1 -> all * 2 / 3 + random.nextInt(2);
                    case 2 -> all * 3 / 4 + random.nextInt(2);
                    default -> random.nextInt(all + 2);
                };
                yield new CollectiveOrigin.Members(yes, all);
            }
        };
    }

    private Weight weight() {
        return random.nextInt(12) == 0 ? new Weight(-1, -1)
                : new Weight(random.nextInt(1_000_000_000), random.nextInt(10_000));
    }

    private U128 amount() {
        return actors.amount(pallets.system(), ext);
    }

    private Bytes bytes() {
        byte[] bytes = new byte[random.nextInt(random.nextInt(8) == 0 ? 3_000 : 70)];
        random.nextBytes(bytes);
        return Bytes.wrap(random.nextInt(8) == 0 ? new byte[0] : bytes);
    }

    private RuntimeCall balances(Balances.Call call) {
        return runtime.call(pallets.balances(), call);
    }

    private RuntimeCall system(SystemCall call) {
        return runtime.call(pallets.system(), call);
    }

    private RuntimeCall utility(Utility.Call call) {
        return runtime.call(pallets.utility(), call);
    }

    private RuntimeCall sudo(Sudo.Call call) {
        return runtime.call(pallets.sudo(), call);
    }
}
