package io.vilokanam.pallets.convictionvoting;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** What earlier votes and delegations still lock, and until which block: the largest amount for the longest time. */
public record PriorLock(long until, U128 amount) {

    public static final PriorLock NONE = new PriorLock(0, U128.ZERO);

    public static final Codec<PriorLock> CODEC = struct(PriorLock::new,
            field("", "BlockNumber", Codecs.U32, PriorLock::until),
            field("", "Balance", Codecs.U128, PriorLock::amount))
            .named("pallet_conviction_voting::vote::PriorLock", TypeParameter.of("BlockNumber", Codecs.U32.type()),
                    TypeParameter.of("Balance", Codecs.U128.type()));

    PriorLock accumulated(long block, U128 more) {
        return new PriorLock(Math.max(until, block), amount.max(more));
    }

    PriorLock at(long now) {
        return now >= until ? NONE : this;
    }
}
