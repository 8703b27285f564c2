package io.vilokanam.pallets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Calls from a seed: sensible and absurd ones, nested, with amounts around the edges. */
final class RandomCalls {

    private static final int DEPTH_MAX = 4;

    private final EightPallets runtime;
    private final Random random;
    private final List<AccountId> accounts;

    RandomCalls(EightPallets runtime, Random random, List<AccountId> signers) {
        this.runtime = runtime;
        this.random = random;
        this.accounts = new ArrayList<>(signers);
        for (int i = 1; i <= 5; i++) {
            byte[] bytes = new byte[AccountId.SIZE];
            java.util.Arrays.fill(bytes, (byte) i);
            accounts.add(AccountId.wrap(bytes));
        }
        signers.forEach(signer -> accounts.add(Utility.derivative(runtime.ext, signer, 1)));
    }

    /** Accounts that sign nothing: their records may be written at will. */
    private AccountId silent() {
        return accounts.get(accounts.size() - 1 - random.nextInt(accounts.size() / 2));
    }

    private AccountId account() {
        return accounts.get(random.nextInt(accounts.size()));
    }

    private MultiAddress address() {
        return random.nextInt(40) == 0 ? new MultiAddress.Index() : MultiAddress.of(account());
    }

    private U128 amount() {
        U128 ed = U128.of(EightPallets.EXISTENTIAL_DEPOSIT);
        return switch (random.nextInt(10)) {
            case 0 -> U128.ZERO;
            case 1 -> U128.ONE;
            case 2 -> ed.minus(U128.ONE);
            case 3 -> ed;
            case 4 -> ed.plus(U128.ONE);
            case 5 -> runtime.account(account()).free();
            case 6 -> runtime.account(account()).free().saturatingMinus(ed);
            case 7 -> random.nextInt(4) == 0 ? U128.MAX : ed.times(U128.of(3));
            default -> U128.of((long) (random.nextDouble() * 5 * EightPallets.EXISTENTIAL_DEPOSIT));
        };
    }

    private Weight weight() {
        return new Weight(random.nextInt(1_000_000_000), random.nextInt(10_000));
    }

    private Origin origin() {
        return switch (random.nextInt(8)) {
            case 0 -> Origin.NONE;
            case 1 -> Origin.ROOT;
            default -> Origin.signed(account());
        };
    }

    RuntimeCall next() {
        return next(0);
    }

    private RuntimeCall next(int depth) {
        int kind = random.nextInt(depth == DEPTH_MAX ? 7 : 14);
        return switch (kind) {
            case 0, 1, 2, 3, 4, 5 -> runtime.scope.call(runtime.balances, balances());
            case 6 -> runtime.scope.call(runtime.system, system());
            case 7, 8, 9, 10 -> runtime.scope.call(runtime.utility, utility(depth + 1));
            default -> runtime.scope.call(runtime.sudo, sudo(depth + 1));
        };
    }

    private Balances.Call balances() {
        return switch (random.nextInt(11)) {
            case 0, 1 -> new Balances.Call.TransferAllowDeath(address(), amount());
            case 2 -> new Balances.Call.ForceTransfer(address(), address(), amount());
            case 3, 4 -> new Balances.Call.TransferKeepAlive(address(), amount());
            case 5 -> new Balances.Call.TransferAll(MultiAddress.of(account()), random.nextInt(8) != 0);
            case 6 -> new Balances.Call.ForceUnreserve(address(), amount());
            case 7 -> new Balances.Call.UpgradeAccounts(several());
            case 8 -> new Balances.Call.ForceSetBalance(MultiAddress.of(silent()), amount());
            case 9 -> new Balances.Call.ForceAdjustTotalIssuance(random.nextBoolean()
                    ? Balances.AdjustmentDirection.INCREASE
                    : Balances.AdjustmentDirection.DECREASE, amount().min(U128.of(EightPallets.EXISTENTIAL_DEPOSIT)));
            default -> new Balances.Call.Burn(amount(), random.nextBoolean());
        };
    }

    private List<AccountId> several() {
        List<AccountId> several = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            several.add(silent());
        }
        return several;
    }

    private SystemCall system() {
        return switch (random.nextInt(4)) {
            case 0 -> new SystemCall.Remark(Bytes.ascii("remark"));
            case 1 -> new SystemCall.RemarkWithEvent(Bytes.ascii("remark"));
            default -> new SystemCall.SetStorage(List.of(Map.entry(accountKey(silent()), record())));
        };
    }

    private Bytes accountKey(AccountId who) {
        var item = runtime.scope.slotOf(runtime.system).scope().storage().stream()
                .filter(entry -> entry.item().equals("Account")).findFirst().orElseThrow();
        return new ScaleOutput().raw(item.prefix().view()).raw(runtime.ext.blake2b128(who.bytes().view()))
                .raw(who.bytes().view()).toBytes();
    }

    /** An account as it may stand in the state, and as it may not: counts that do not fit, the older flags. */
    private Bytes record() {
        ScaleOutput out = new ScaleOutput();
        out.u32(0).u32(random.nextInt(3)).u32(random.nextInt(3)).u32(random.nextInt(4) / 3);
        U128 reserved = random.nextBoolean() ? U128.ZERO : small();
        U128 frozen = random.nextBoolean() ? U128.ZERO : small();
        U128 flags = random.nextBoolean() ? U128.ZERO : AccountData.DEFAULT.flags();
        AccountData.CODEC.encode(new AccountData(small(), reserved, frozen, flags), out);
        return out.toBytes();
    }

    private U128 small() {
        return U128.of(random.nextInt(4) * EightPallets.EXISTENTIAL_DEPOSIT + random.nextInt(3) - 1).min(
                U128.of(4 * EightPallets.EXISTENTIAL_DEPOSIT));
    }

    private Utility.Call utility(int depth) {
        return switch (random.nextInt(9)) {
            case 0 -> new Utility.Call.Batch(calls(depth));
            case 1 -> new Utility.Call.AsDerivative(random.nextInt(2), next(depth));
            case 2 -> new Utility.Call.BatchAll(calls(depth));
            case 3, 4 -> new Utility.Call.DispatchAs(origin(), next(depth));
            case 5 -> new Utility.Call.ForceBatch(calls(depth));
            case 6 -> new Utility.Call.WithWeight(next(depth), weight());
            case 7 -> new Utility.Call.IfElse(next(depth), next(depth));
            default -> new Utility.Call.DispatchAsFallible(origin(), next(depth));
        };
    }

    private List<RuntimeCall> calls(int depth) {
        List<RuntimeCall> calls = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            calls.add(next(depth));
        }
        return calls;
    }

    private Sudo.Call sudo(int depth) {
        return switch (random.nextInt(12)) {
            case 0 -> new Sudo.Call.AsRootUncheckedWeight(next(depth), weight());
            case 1 -> new Sudo.Call.SudoAs(address(), next(depth));
            case 2 -> random.nextInt(10) == 0 ? new Sudo.Call.SetKey(address()) : new Sudo.Call.AsRoot(next(depth));
            case 3 -> random.nextInt(20) == 0 ? new Sudo.Call.RemoveKey() : new Sudo.Call.AsRoot(next(depth));
            default -> new Sudo.Call.AsRoot(next(depth));
        };
    }
}
