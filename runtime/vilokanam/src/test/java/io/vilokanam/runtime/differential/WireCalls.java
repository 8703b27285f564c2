package io.vilokanam.runtime.differential;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;

/** Calls of other sources' pallets, from the bytes that metadata describes: what stories that cross pallets are made of. */
final class WireCalls {

    private static final int NOTE_PREIMAGE = 0;
    private static final int PROXY = 0;
    private static final int ADD_PROXY = 1;
    private static final int SCHEDULE_AFTER = 4;
    private static final int ANY = 0;

    private WireCalls() {}

    private static RuntimeCall of(World world, String pallet, int call, byte[] fields) {
        PalletSlot slot = world.pallets().runtime().slots().stream().filter(each -> each.name().equals(pallet))
                .findFirst()
                .orElseThrow();
        try {
            return world.pallets().runtime().codec()
                    .decodeAll(new ScaleOutput().u8(slot.index()).u8(call).raw(fields).toByteArray());
        } catch (ScaleException unlikeMetadata) {
            throw new IllegalStateException(pallet + " has no such call " + call, unlikeMetadata);
        }
    }

    static RuntimeCall notePreimage(World world, Bytes bytes) {
        return of(world, "Preimage", NOTE_PREIMAGE, new ScaleOutput().bytes(bytes.view()).toByteArray());
    }

    /** Lets {@code delegate} do anything in the name of the signer, at once. */
    static RuntimeCall addProxy(World world, MultiAddress delegate) {
        return of(world, "Proxy", ADD_PROXY,
                new ScaleOutput().raw(MultiAddress.CODEC.encode(delegate)).u8(ANY).u32(0).toByteArray());
    }

    static RuntimeCall proxy(World world, MultiAddress real, RuntimeCall call) {
        return of(world, "Proxy", PROXY, new ScaleOutput().raw(MultiAddress.CODEC.encode(real)).u8(0)
                .raw(world.pallets().runtime().codec().encode(call)).toByteArray());
    }

    /** Once, so many blocks later. */
    static RuntimeCall scheduleAfter(World world, int blocks, int priority, RuntimeCall call) {
        return of(world, "Scheduler", SCHEDULE_AFTER, new ScaleOutput().u32(blocks).u8(0).u8(priority)
                .raw(world.pallets().runtime().codec().encode(call)).toByteArray());
    }
}
