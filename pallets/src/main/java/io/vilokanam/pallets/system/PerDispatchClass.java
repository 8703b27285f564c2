package io.vilokanam.pallets.system;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.function.UnaryOperator;

import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** One value for each class of calls ({@code frame_support::dispatch::PerDispatchClass}). */
public record PerDispatchClass<T>(T normal, T operational, T mandatory) {

    /** The weight that each class used in a block ({@code ConsumedWeight}). */
    static final Codec<PerDispatchClass<Weight>> CONSUMED_WEIGHT = codec(Weight.CODEC);
    static final PerDispatchClass<Weight> NOTHING_CONSUMED = new PerDispatchClass<>(Weight.ZERO, Weight.ZERO,
            Weight.ZERO);

    public static <T> Codec<PerDispatchClass<T>> codec(Codec<T> value) {
        return struct(PerDispatchClass<T>::new, field("normal", "T", value, PerDispatchClass<T>::normal),
                field("operational", "T", value, PerDispatchClass<T>::operational),
                field("mandatory", "T", value, PerDispatchClass<T>::mandatory))
                .named("frame_support::dispatch::PerDispatchClass", TypeParameter.of("T", value.type()));
    }

    public T get(DispatchClass dispatchClass) {
        return switch (dispatchClass) {
            case NORMAL -> normal;
            case OPERATIONAL -> operational;
            case MANDATORY -> mandatory;
        };
    }

    /** The same with another value for one class. */
    public PerDispatchClass<T> with(DispatchClass dispatchClass, UnaryOperator<T> change) {
        return switch (dispatchClass) {
            case NORMAL -> new PerDispatchClass<>(change.apply(normal), operational, mandatory);
            case OPERATIONAL -> new PerDispatchClass<>(normal, change.apply(operational), mandatory);
            case MANDATORY -> new PerDispatchClass<>(normal, operational, change.apply(mandatory));
        };
    }

    /** The sum over all classes, saturating. */
    public static Weight total(PerDispatchClass<Weight> consumed) {
        return consumed.normal.plus(consumed.operational).plus(consumed.mandatory);
    }
}
