package io.vilokanam.runtime.differential;

import java.util.List;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.vesting.Vesting;
import io.vilokanam.pallets.vesting.Vesting.Call;
import io.vilokanam.pallets.vesting.VestingTerms;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.U128;

/** Calls and stories of funds that become free block by block. */
final class VestingCalls implements CallSource {

    private static final U128 VLK = U128.of(1_000_000_000_000L);
    private static final int INDICES = 4;
    /** More than the schedules that an account may have. */
    private static final int MANY = 30;

    @Override
    public List<String> pallets() {
        return List.of("Vesting");
    }

    private static Vesting vesting(World world) {
        return world.pallets().townHall().orElseThrow().people().vesting();
    }

    private static RuntimeCall made(World world, Call call) {
        return world.call(vesting(world), call);
    }

    @Override
    public RuntimeCall call(World world, int depth) {
        return switch (world.random().nextInt(10)) {
            case 0 -> made(world, new Call.Vest());
            case 1 -> made(world, new Call.VestOther(world.actors().address()));
            case 2, 3, 4 -> made(world, new Call.VestedTransfer(world.actors().address(), schedule(world)));
            case 5, 6 -> mostlyByRoot(world, new Call.ForceVestedTransfer(world.actors().address(),
                    world.actors().address(), schedule(world)));
            case 7, 8 -> made(world, new Call.MergeSchedules(index(world), index(world)));
            default -> mostlyByRoot(world, new Call.ForceRemoveVestingSchedule(world.actors().address(), index(world)));
        };
    }

    private static RuntimeCall mostlyByRoot(World world, Call call) {
        return world.oneIn(5) ? made(world, call) : world.byRoot(made(world, call));
    }

    private static long index(World world) {
        return world.oneIn(30) ? 0xffff_ffffL : world.random().nextInt(INDICES);
    }

    /** Small enough to be paid more often than not; begun, to begin, or over before it begins. */
    private static VestingTerms schedule(World world) {
        U128 locked = world.oneIn(6) ? world.amount()
                : VLK.plus(U128.of(world.random().nextLong(10 * VLK.low())));
        U128 perBlock = switch (world.random().nextInt(8)) {
            case 0 -> U128.ZERO;
            case 1 -> U128.ONE;
            case 2 -> world.amount();
            case 3 -> U128.MAX;
            default -> locked.dividedBy(U128.of(1 + world.random().nextInt(12)));
        };
        long start = switch (world.random().nextInt(8)) {
            case 0 -> 0xffff_ffffL - world.random().nextInt(3);
            case 1 -> world.number();
            default -> Math.max(0, world.number() + world.random().nextInt(12) - 8);
        };
        return new VestingTerms(locked, perBlock, start);
    }

    @Override
    public void story(World world) {
        Actors.Signer receiver = world.actors().signer();
        MultiAddress to = MultiAddress.of(receiver.id());
        Actors.Signer payer = world.actors().signer();
        MultiAddress from = MultiAddress.of(payer.id());
        world.actByRoot(world.call(world.pallets().balances(),
                new Balances.Call.ForceSetBalance(from, U128.of(1L << 60))));
        int schedules = world.oneIn(4) ? MANY : 1 + world.random().nextInt(INDICES);
        for (int i = 0; i < schedules; i++) {
            world.act(payer, made(world, new Call.VestedTransfer(to, gentle(world))));
        }
        for (int block = 1; block < 1 + world.random().nextInt(10); block++) {
            world.later(block, then -> goOn(then, receiver));
        }
    }

    /** A schedule that works. */
    private static VestingTerms gentle(World world) {
        U128 locked = VLK.plus(U128.of(world.random().nextLong(VLK.low())));
        return new VestingTerms(locked, locked.dividedBy(U128.of(2 + world.random().nextInt(10))),
                Math.max(0, world.number() + world.random().nextInt(6) - 3));
    }

    /** The receiver looks after its schedules, and what is free for it to spend. */
    private static void goOn(World world, Actors.Signer receiver) {
        MultiAddress account = MultiAddress.of(receiver.id());
        switch (world.random().nextInt(7)) {
            case 0, 1 -> world.act(receiver, made(world, new Call.Vest()));
            case 2 -> world.act(world.actors().signer(), made(world, new Call.VestOther(account)));
            case 3, 4 -> world.act(receiver, made(world, new Call.MergeSchedules(world.random().nextInt(INDICES),
                    world.random().nextInt(INDICES))));
            case 5 -> world.actByRoot(made(world,
                    new Call.ForceRemoveVestingSchedule(account, world.random().nextInt(INDICES))));
            default -> world.act(receiver, world.call(world.pallets().balances(),
                    new Balances.Call.TransferAll(MultiAddress.of(world.actors().account()), world.oneIn(2))));
        }
    }
}
