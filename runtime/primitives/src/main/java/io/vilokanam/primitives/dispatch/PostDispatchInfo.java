package io.vilokanam.primitives.dispatch;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** What a call really cost: its weight where that is known to be less, and whether a fee is due after all. */
public record PostDispatchInfo(Optional<Weight> actualWeight, Pays paysFee) {

    /** Nothing is known beyond what was said before the call. */
    public static final PostDispatchInfo AS_ANNOUNCED = new PostDispatchInfo(Optional.empty(), Pays.YES);

    public static final Codec<PostDispatchInfo> CODEC = struct(PostDispatchInfo::new,
            field("actual_weight", "Option<Weight>", Codecs.option(Weight.CODEC), PostDispatchInfo::actualWeight),
            field("pays_fee", "Pays", Pays.CODEC, PostDispatchInfo::paysFee))
            .named("frame_support::dispatch::PostDispatchInfo");

    public static PostDispatchInfo weighing(Weight actual) {
        return new PostDispatchInfo(Optional.of(actual), Pays.YES);
    }

    /** The weight to charge for: never more than was announced. */
    public Weight weightOf(DispatchInfo info) {
        return actualWeight.map(w -> w.min(info.totalWeight())).orElse(info.totalWeight());
    }

    public Pays paysFee(DispatchInfo info) {
        return info.paysFee() == Pays.NO || paysFee == Pays.NO ? Pays.NO : Pays.YES;
    }
}
