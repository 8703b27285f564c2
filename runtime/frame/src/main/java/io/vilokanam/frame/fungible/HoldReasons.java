package io.vilokanam.frame.fungible;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeDefinition.Field;
import io.vilokanam.scale.type.TypeDefinition.Variant;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * The reasons of all pallets of a runtime to hold or freeze tokens: what {@code construct_runtime!} makes of their
 * {@code #[composite_enum]}s. On the wire, the pallet's index and the reason's.
 */
public final class HoldReasons {

    private final String path;
    private final SortedMap<Integer, Integer> counts = new TreeMap<>();
    private final List<Variant> variants = new ArrayList<>();

    private HoldReasons(String path) {
        this.path = path;
    }

    /** No reasons yet, under the Rust path of the outer enum, e.g. {@code runtime::RuntimeHoldReason}. */
    public static HoldReasons named(String path) {
        return new HoldReasons(path);
    }

    /** Adds the reasons of a pallet, in the order of their indices; {@code innerPath} is the Rust path of its enum. */
    public HoldReasons with(int pallet, String palletName, String innerPath, String... reasons) {
        return with(pallet, palletName, innerPath, Optional.empty(), reasons);
    }

    /** As {@link #with(int, String, String, String...)}, of one instance of a pallet, e.g. {@code Instance1}. */
    public HoldReasons withInstance(int pallet, String palletName, String innerPath, String instance,
            String... reasons) {
        return with(pallet, palletName, innerPath, Optional.of(instance), reasons);
    }

    private HoldReasons with(int pallet, String palletName, String innerPath, Optional<String> instance,
            String... reasons) {
        if (counts.put(pallet, reasons.length) != null) {
            throw new IllegalStateException(path + " declares the reasons of pallet " + pallet + " twice");
        }
        List<Variant> inner = new ArrayList<>();
        for (int i = 0; i < reasons.length; i++) {
            inner.add(new Variant(reasons[i], i, List.of(), ""));
        }
        List<TypeParameter> parameters = instance.isPresent() ? List.of(TypeParameter.skipped("I")) : List.of();
        TypeInfo shown = TypeInfo.named(innerPath, parameters, () -> new TypeDefinition.Enumeration(inner));
        TypeInfo type = instance.map(each -> shown.withKey(shown.key() + "@" + each)).orElse(shown);
        String crate = innerPath.substring(0, innerPath.indexOf("::"));
        String typeName = crate + "::" + innerPath.substring(innerPath.lastIndexOf("::") + 2)
                + instance.map(each -> "<" + crate + "::" + each + ">").orElse("");
        variants.add(new Variant(palletName, pallet, List.of(new Field("", type, typeName, "")), ""));
        return this;
    }

    /** How many reasons there are: so many holds an account can have. */
    public int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public Codec<HoldReason> codec() {
        TypeInfo type = TypeInfo.named(path, () -> new TypeDefinition.Enumeration(List.copyOf(variants)));
        return new ReasonCodec(type);
    }

    private final class ReasonCodec implements Codec<HoldReason> {

        private final TypeInfo type;

        ReasonCodec(TypeInfo type) {
            this.type = type;
        }

        @Override
        public void encode(HoldReason value, ScaleOutput out) {
            Codecs.U8.encode(value.pallet(), out);
            Codecs.U8.encode(value.reason(), out);
        }

        @Override
        public HoldReason decode(ScaleInput in) throws ScaleException {
            HoldReason reason = new HoldReason(in.u8(), in.u8());
            if (reason.reason() >= counts.getOrDefault(reason.pallet(), 0)) {
                throw new ScaleException(
                        "no reason " + reason.reason() + " of pallet " + reason.pallet() + " in " + path);
            }
            return reason;
        }

        @Override
        public TypeInfo type() {
            return type;
        }
    }
}
