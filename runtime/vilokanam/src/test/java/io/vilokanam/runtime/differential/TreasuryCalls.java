package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.collective.CollectiveOrigin;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.treasury.SpendStatus;
import io.vilokanam.pallets.treasury.SpendStatus.PaymentState;
import io.vilokanam.pallets.treasury.Treasury;
import io.vilokanam.pallets.treasury.TreasuryCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Calls and stories of the treasury. */
final class TreasuryCalls implements CallSource {

    private static final int COUNCIL = 17;
    private static final int INDICES = 8;
    /** More than the approvals that may wait. */
    private static final int MANY = 102;

    @Override
    public List<String> pallets() {
        return List.of("Treasury");
    }

    private static Treasury treasury(World world) {
        return world.pallets().townHall().orElseThrow().governance().treasury();
    }

    @Override
    public RuntimeCall call(World world, int depth) {
        TreasuryCall call = any(world);
        RuntimeCall made = world.call(treasury(world), call);
        return switch (call) {
            case TreasuryCall.SpendLocal _,TreasuryCall.Spend _ -> world.oneIn(6) ? made : world.byRoot(made);
            case TreasuryCall.RemoveApproval _,TreasuryCall.VoidSpend _ -> switch (world.random().nextInt(5)) {
                case 0 -> made;
                case 1, 2 -> world.byRoot(made);
                default -> byCouncil(world, made);
            };
            case TreasuryCall.Payout _,TreasuryCall.CheckStatus _ -> made;
        };
    }

    private static RuntimeCall byCouncil(World world, RuntimeCall call) {
        CollectiveOrigin members = new CollectiveOrigin.Members(votes(world.random()), votes(world.random()));
        return world.byRoot(world.call(world.pallets().utility(),
                new Utility.Call.DispatchAs(new Origin.OfPallet(COUNCIL, members), call)));
    }

    /** Also so many that twice of it wraps. */
    private static long votes(SplittableRandom random) {
        return random.nextInt(6) == 0 ? (1L << 31) + random.nextInt(3) - 1 : random.nextInt(5);
    }

    private static TreasuryCall any(World world) {
        SplittableRandom random = world.random();
        return switch (random.nextInt(8)) {
            case 0, 1 -> new TreasuryCall.SpendLocal(world.amount(), world.actors().address());
            case 2 -> new TreasuryCall.RemoveApproval(random.nextInt(INDICES));
            case 3, 4 -> spend(world, world.amount());
            case 5 -> new TreasuryCall.Payout(random.nextInt(INDICES));
            case 6 -> new TreasuryCall.CheckStatus(random.nextInt(INDICES));
            default -> new TreasuryCall.VoidSpend(random.nextInt(INDICES));
        };
    }

    private static TreasuryCall spend(World world, U128 amount) {
        Optional<Long> from = switch (world.random().nextInt(6)) {
            case 0 -> Optional.of(world.number() + world.random().nextInt(5));
            case 1 -> Optional.of(0xffff_ffffL - world.random().nextInt(3));
            default -> Optional.empty();
        };
        return new TreasuryCall.Spend(Unit.UNIT, amount, world.actors().account(), from);
    }

    @Override
    public void story(World world) {
        switch (world.random().nextInt(6)) {
            case 0 -> fill(world);
            case 1 -> pay(world);
            case 2 -> award(world);
            case 3 -> approveTooMany(world);
            case 4 -> spendTooMuchAtOnce(world);
            default -> setSpend(world);
        }
    }

    /** The pot gets something, or all of it goes. */
    private void fill(World world) {
        MultiAddress pot = MultiAddress.of(treasury(world).account());
        world.meet(treasury(world).account());
        U128 amount = world.oneIn(4) ? world.amount() : U128.of(world.random().nextLong(1L << 60));
        world.actByRoot(world.call(world.pallets().balances(), new Balances.Call.ForceSetBalance(pot, amount)));
    }

    /** A payment is approved, claimed by anybody, and tidied up. */
    private void pay(World world) {
        world.actByRoot(world.call(treasury(world), spend(world, U128.of(world.random().nextLong(1L << 34)))));
        world.later(1 + world.random().nextInt(4), then -> {
            for (int i = 0; i < INDICES; i++) {
                then.act(then.actors().signer(), then.call(treasury(then), new TreasuryCall.Payout(i)));
            }
        });
        world.later(5 + world.random().nextInt(3), then -> {
            for (int i = 0; i < INDICES; i++) {
                then.act(then.actors().signer(), then.call(treasury(then), new TreasuryCall.CheckStatus(i)));
            }
        });
    }

    /** Some payments that wait for the end of the period, when there may not be enough for all. */
    private void award(World world) {
        fill(world);
        for (int i = world.random().nextInt(4); i >= 0; i--) {
            world.actByRoot(world.call(treasury(world), new TreasuryCall.SpendLocal(
                    world.oneIn(3) ? world.amount() : U128.of(world.random().nextLong(1L << 58)),
                    MultiAddress.of(world.actors().account()))));
        }
    }

    private void approveTooMany(World world) {
        RuntimeCall one = world.call(treasury(world),
                new TreasuryCall.SpendLocal(U128.of(world.random().nextLong(1L << 32)),
                        MultiAddress.of(world.actors().account())));
        world.actByRoot(world.call(world.pallets().utility(),
                new Utility.Call.ForceBatch(Collections.nCopies(MANY, one))));
        List<RuntimeCall> gone = new ArrayList<>();
        for (long i = 0; i < MANY; i++) {
            gone.add(world.call(treasury(world), new TreasuryCall.RemoveApproval(i)));
        }
        world.later(1, then -> then.actByRoot(
                then.call(then.pallets().utility(), new Utility.Call.ForceBatch(gone))));
    }

    /** More than an origin may spend, in several calls of one dispatch, some of which fail. */
    private void spendTooMuchAtOnce(World world) {
        U128 half = U128.of(1L << 63, 0);
        RuntimeCall big = world.call(treasury(world), new TreasuryCall.Spend(Unit.UNIT, half, world.actors().account(),
                Optional.empty()));
        RuntimeCall local = world.call(treasury(world),
                new TreasuryCall.SpendLocal(half, MultiAddress.of(world.actors().account())));
        RuntimeCall nowhere = world.call(treasury(world), new TreasuryCall.SpendLocal(half, new MultiAddress.Index()));
        RuntimeCall undone = world.call(world.pallets().utility(), new Utility.Call.BatchAll(List.of(local, nowhere)));
        List<RuntimeCall> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(world.oneOf(List.of(big, local, nowhere, undone)));
        }
        calls.add(world.byRoot(big));
        world.actByRoot(world.call(world.pallets().utility(), new Utility.Call.ForceBatch(calls)));
    }

    /** Root writes a payment that failed, or that is too late, which no chain waits for. */
    private void setSpend(World world) {
        PaymentState state = world
                .oneOf(List.of(PaymentState.PENDING, PaymentState.ATTEMPTED, new PaymentState.Failed()));
        long expiry = Math.max(world.number() + world.random().nextInt(5) - 2, 0);
        SpendStatus spend = new SpendStatus(Unit.UNIT, U128.of(world.random().nextLong(1L << 34)),
                world.actors().account(), 0, expiry, state);
        long index = world.random().nextInt(INDICES);
        byte[] key = world.pallets().runtime().slotOf(treasury(world)).scope().storage().stream()
                .filter(entry -> entry.item().equals("Spends")).findFirst().orElseThrow().prefix().view();
        byte[] number = Codecs.U32.encode(index);
        byte[] hash = world.state().twox64(number);
        byte[] full = new ScaleOutput().raw(key).raw(hash).raw(number).toByteArray();
        world.actByRoot(world.call(world.pallets().system(), new SystemCall.SetStorage(
                List.of(Map.entry(Bytes.wrap(full), Bytes.wrap(SpendStatus.CODEC.encode(spend)))))));
        world.later(1, then -> {
            then.act(then.actors().signer(), then.call(treasury(then), new TreasuryCall.Payout(index)));
            then.act(then.actors().signer(), then.call(treasury(then), new TreasuryCall.CheckStatus(index)));
        });
    }

    @Override
    public Map<String, List<String>> unreachable() {
        return Map.of("nothing is burnt", List.of("event Treasury.Burnt"),
                "payments are made in the chain's own currency, which is its own worth and succeed at once",
                List.of("event Treasury.PaymentFailed", "error Treasury.FailedToConvertBalance",
                        "error Treasury.Inconclusive"));
    }
}
