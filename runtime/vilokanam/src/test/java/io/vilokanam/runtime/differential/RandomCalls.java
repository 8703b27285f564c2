package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.balances.Balances.AdjustmentDirection;
import io.vilokanam.pallets.grandpa.Grandpa;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.timestamp.Timestamp;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Calls of composition 100 from a seed: ordinary ones, failing ones, nested ones, and amounts at the edges. */
final class RandomCalls {

    private static final U128 ED = U128.of(1_000_000_000L);
    private static final int NESTING_MAX = 3;

    private final SplittableRandom random;
    private final Pallets pallets;
    private final RuntimeScope runtime;
    private final List<AccountId> accounts;

    RandomCalls(SplittableRandom random, Pallets pallets, List<AccountId> accounts) {
        this.random = random;
        this.pallets = pallets;
        this.runtime = pallets.runtime();
        this.accounts = accounts;
    }

    RuntimeCall next() {
        return next(0);
    }

    private RuntimeCall next(int depth) {
        int kind = random.nextInt(depth >= NESTING_MAX ? 14 : 24);
        return switch (kind) {
            case 0, 1, 2 -> balances(new Balances.Call.TransferAllowDeath(address(), amount()));
            case 3, 4 -> balances(new Balances.Call.TransferKeepAlive(address(), amount()));
            case 5 -> balances(new Balances.Call.TransferAll(address(), random.nextBoolean()));
            case 6 -> balances(new Balances.Call.Burn(amount(), random.nextBoolean()));
            case 7 -> balances(balancesOfRoot());
            case 8 -> system(new SystemCall.Remark(bytes()));
            case 9 -> system(new SystemCall.RemarkWithEvent(bytes()));
            case 10 -> system(systemOfRoot());
            case 11 -> runtime.call(pallets.grandpa(), new Grandpa.Call.NoteStalled(random.nextInt(100), random.nextInt(100)));
            case 12 -> runtime.call(pallets.sudo(), sudoOfKeys());
            case 13 -> runtime.call(pallets.timestamp(), new Timestamp.Call.Set(random.nextInt(1 << 30)));
            case 14, 15 -> utility(new Utility.Call.Batch(calls(depth)));
            case 16 -> utility(new Utility.Call.BatchAll(calls(depth)));
            case 17 -> utility(new Utility.Call.ForceBatch(calls(depth)));
            case 18 -> utility(new Utility.Call.AsDerivative(random.nextInt(3), next(depth + 1)));
            case 19 -> utility(new Utility.Call.DispatchAs(origin(), next(depth + 1)));
            case 20 -> utility(new Utility.Call.WithWeight(next(depth + 1), new Weight(random.nextInt(), random.nextInt(99))));
            case 21 -> utility(random.nextBoolean() ? new Utility.Call.IfElse(next(depth + 1), next(depth + 1))
                    : new Utility.Call.DispatchAsFallible(origin(), next(depth + 1)));
            case 22 -> runtime.call(pallets.sudo(), new Sudo.Call.AsRoot(next(depth + 1)));
            default -> runtime.call(pallets.sudo(), random.nextBoolean()
                    ? new Sudo.Call.AsRootUncheckedWeight(next(depth + 1), new Weight(random.nextInt(1 << 30), 7))
                    : new Sudo.Call.SudoAs(address(), next(depth + 1)));
        };
    }

    private Balances.Call balancesOfRoot() {
        return switch (random.nextInt(5)) {
            case 0 -> new Balances.Call.ForceTransfer(address(), address(), amount());
            case 1 -> new Balances.Call.ForceSetBalance(address(), amount());
            case 2 -> new Balances.Call.ForceUnreserve(address(), amount());
            case 3 -> new Balances.Call.UpgradeAccounts(List.of(account(), account()));
            default -> new Balances.Call.ForceAdjustTotalIssuance(
                    random.nextBoolean() ? AdjustmentDirection.INCREASE : AdjustmentDirection.DECREASE, U128.of(random.nextInt(99)));
        };
    }

    private SystemCall systemOfRoot() {
        return switch (random.nextInt(5)) {
            case 0 -> new SystemCall.SetStorage(List.of(Map.entry(Bytes.ascii("x" + random.nextInt(9)), bytes())));
            case 1 -> new SystemCall.KillStorage(List.of(Bytes.ascii("x" + random.nextInt(9))));
            case 2 -> new SystemCall.KillPrefix(Bytes.ascii("x"), random.nextInt(4));
            case 3 -> new SystemCall.AuthorizeUpgrade(Hash.wrap(new byte[32]));
            default -> new SystemCall.SetHeapPages(random.nextInt(3_000));
        };
    }

    private Sudo.Call sudoOfKeys() {
        // The key itself stays: without it nothing could be tried as root any more.
        return new Sudo.Call.SudoAs(address(), next(NESTING_MAX));
    }

    private List<RuntimeCall> calls(int depth) {
        List<RuntimeCall> calls = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            calls.add(next(depth + 1));
        }
        return calls;
    }

    private Origin origin() {
        return switch (random.nextInt(3)) {
            case 0 -> Origin.ROOT;
            case 1 -> Origin.NONE;
            default -> Origin.signed(account());
        };
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

    private AccountId account() {
        if (random.nextInt(6) == 0) {
            byte[] fresh = new byte[32];
            random.nextBytes(fresh);
            return AccountId.wrap(fresh);
        }
        return accounts.get(random.nextInt(accounts.size()));
    }

    private MultiAddress address() {
        return switch (random.nextInt(20)) {
            case 0 -> new MultiAddress.Address32(bytes(32));
            case 1 -> new MultiAddress.Address20(bytes(20));
            case 2 -> new MultiAddress.Raw(bytes());
            default -> MultiAddress.of(account());
        };
    }

    U128 amount() {
        return switch (random.nextInt(12)) {
            case 0 -> U128.ZERO;
            case 1 -> U128.ONE;
            case 2 -> ED.minus(U128.ONE);
            case 3 -> ED;
            case 4 -> ED.plus(U128.ONE);
            case 5 -> U128.MAX;
            case 6 -> U128.of(1L << 60);
            case 7 -> ED.times(U128.of(2));
            default -> U128.of(random.nextLong(1L << 50));
        };
    }

    private Bytes bytes() {
        return bytes(random.nextInt(random.nextInt(8) == 0 ? 3_000 : 70));
    }

    private Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
