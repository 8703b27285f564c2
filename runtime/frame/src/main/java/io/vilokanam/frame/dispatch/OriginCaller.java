package io.vilokanam.frame.dispatch;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * How the origins of a runtime stand on the wire: {@code OriginCaller}, a variant a pallet that has origins. System's is at
 * index 0; the others bear the index and the name of their pallet. A filtered origin is written as its caller.
 */
public final class OriginCaller {

    private static final int SYSTEM = 0;

    /** {@code frame_support::dispatch::RawOrigin}. */
    private static final Codec<Origin> RAW = Variants.of(Origin.class)
            .with(0, "Root", Origin.Root.class, struct(Origin.Root::new))
            .with(1, "Signed", Origin.Signed.class,
                    struct(Origin.Signed::new, field("", "AccountId", AccountId.CODEC, Origin.Signed::account)))
            .with(2, "None", Origin.None.class, struct(Origin.None::new)).complete()
            .named("frame_support::dispatch::RawOrigin", TypeParameter.of("AccountId", AccountId.CODEC.type()));

    private final String cratePath;
    private final Map<Integer, Codec<PalletOrigin>> byPallet = new TreeMap<>();
    private final List<TypeDefinition.Variant> variants = new ArrayList<>();

    private OriginCaller(String cratePath) {
        this.cratePath = cratePath;
        variants.add(variant(SYSTEM, "system", "frame_system::Origin<Runtime>", RAW.type()));
    }

    /** System's origins only, so far. */
    public static OriginCaller of(String cratePath) {
        return new OriginCaller(cratePath);
    }

    /** The codec of a runtime whose only origins are System's. */
    public static Codec<Origin> codec(String cratePath) {
        return of(cratePath).codec();
    }

    /**
     * Adds the origins of a pallet, in the order of indices.
     *
     * @param typeName how {@code construct_runtime!} writes their type
     */
    @SuppressWarnings("unchecked")
    public OriginCaller with(int pallet, String name, String typeName, Codec<? extends PalletOrigin> origins) {
        // Safe: what is encoded at this index is an origin of this pallet, which made it.
        if (byPallet.put(pallet, (Codec<PalletOrigin>) origins) != null) {
            throw new IllegalStateException("the origins of pallet " + pallet + " are declared twice");
        }
        variants.add(variant(pallet, name, typeName, origins.type()));
        return this;
    }

    private static TypeDefinition.Variant variant(int index, String name, String typeName, TypeInfo type) {
        return new TypeDefinition.Variant(name, index, List.of(new TypeDefinition.Field("", type, typeName, "")), "");
    }

    public Codec<Origin> codec() {
        TypeInfo type = TypeInfo.named(cratePath + "::OriginCaller",
                () -> new TypeDefinition.Enumeration(List.copyOf(variants)));
        return new CallerCodec(type, Map.copyOf(byPallet));
    }

    private record CallerCodec(TypeInfo type, Map<Integer, Codec<PalletOrigin>> byPallet) implements Codec<Origin> {

        @Override
        public void encode(Origin origin, ScaleOutput out) {
            switch (origin.caller()) {
                case Origin.OfPallet(int pallet, PalletOrigin own) -> byPallet.get(pallet).encode(own, out.u8(pallet));
                case Origin.Root root -> RAW.encode(root, out.u8(SYSTEM));
                case Origin.Signed signed -> RAW.encode(signed, out.u8(SYSTEM));
                case Origin.None none -> RAW.encode(none, out.u8(SYSTEM));
                case Origin.Filtered _ -> throw new IllegalStateException("a caller has no filters");
            }
        }

        @Override
        public Origin decode(ScaleInput in) throws ScaleException {
            int pallet = in.u8();
            if (pallet == SYSTEM) {
                return RAW.decode(in);
            }
            if (!byPallet.containsKey(pallet)) {
                throw new ScaleException("no pallet with origins at index " + pallet);
            }
            return new Origin.OfPallet(pallet, byPallet.get(pallet).decode(in));
        }
    }
}
