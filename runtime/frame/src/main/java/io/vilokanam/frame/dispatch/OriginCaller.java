package io.vilokanam.frame.dispatch;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** How the origins of a runtime stand on the wire: {@code OriginCaller}, a variant a pallet that has origins. */
public final class OriginCaller {

    /** {@code frame_support::dispatch::RawOrigin}; a filtered origin is written as its caller. */
    private static final Codec<Origin> RAW = raw();

    private record System(Origin origin) {}

    private OriginCaller() {}

    private static Codec<Origin> raw() {
        Codec<Origin> plain = Variants.of(Origin.class).with(0, "Root", Origin.Root.class, struct(Origin.Root::new))
                .with(1, "Signed", Origin.Signed.class,
                        struct(Origin.Signed::new, field("", "AccountId", AccountId.CODEC, Origin.Signed::account)))
                .with(2, "None", Origin.None.class, struct(Origin.None::new)).complete()
                .named("frame_support::dispatch::RawOrigin", TypeParameter.of("AccountId", AccountId.CODEC.type()));
        return Codecs.mapped(plain, plain.type(), origin -> origin, Origin::caller);
    }

    /** The codec of a runtime whose only origins are System's: index 0, then the raw origin. */
    public static Codec<Origin> codec(String cratePath) {
        Codec<System> outer = Variants.of(System.class)
                .with(0, "system", System.class,
                        struct(System::new, field("", "frame_system::Origin<Runtime>", RAW, System::origin)))
                .complete().named(cratePath + "::OriginCaller");
        return Codecs.mapped(outer, outer.type(), System::origin, System::new);
    }
}
