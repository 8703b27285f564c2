package io.vilokanam.pallets.identity;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** What stands in a field of an identity: nothing, a short text, or the hash of a longer one ({@code Data}). */
public sealed interface FieldValue {

    record None() implements FieldValue {}

    /** At most 32 bytes. */
    record Raw(Bytes bytes) implements FieldValue {
        public Raw {
            if (bytes.size() > RAW_MAX) {
                throw new IllegalArgumentException("a field holds at most " + RAW_MAX + " bytes, got " + bytes.size());
            }
        }
    }

    /** 32 bytes of a hash that something else looks up. */
    record Hashed(HashKind kind, Bytes hash) implements FieldValue {
        public Hashed {
            if (hash.size() != HASH_SIZE) {
                throw new IllegalArgumentException("a hash has " + HASH_SIZE + " bytes, got " + hash.size());
            }
        }
    }

    /** Which hash a field holds. */
    enum HashKind {
        BLAKE_TWO_256("BlakeTwo256"), SHA_256("Sha256"), KECCAK_256("Keccak256"), SHA_THREE_256("ShaThree256");

        private final String label;

        HashKind(String label) {
            this.label = label;
        }
    }

    int RAW_MAX = 32;
    int HASH_SIZE = 32;
    /** The first byte of a text is one more than its length; hashes come behind the longest one. */
    int FIRST_HASH = RAW_MAX + 2;

    FieldValue NONE = new None();

    Codec<FieldValue> CODEC = new Codec<>() {

        private final TypeInfo type = TypeInfo.named("pallet_identity::types::Data",
                () -> new TypeDefinition.Enumeration(describe()));

        @Override
        public TypeInfo type() {
            return type;
        }

        @Override
        public void encode(FieldValue value, ScaleOutput out) {
            switch (value) {
                case None() -> out.u8(0);
                case Raw(var bytes) -> out.u8(bytes.size() + 1).raw(bytes.view());
                case Hashed(var kind, var hash) -> out.u8(FIRST_HASH + kind.ordinal()).raw(hash.view());
            }
        }

        @Override
        public FieldValue decode(ScaleInput in) throws ScaleException {
            int first = in.u8();
            if (first == 0) {
                return NONE;
            }
            if (first < FIRST_HASH) {
                return new Raw(Bytes.wrap(in.raw(first - 1)));
            }
            if (first - FIRST_HASH >= HashKind.values().length) {
                throw new ScaleException("no field value begins with the byte " + first);
            }
            return new Hashed(HashKind.values()[first - FIRST_HASH], Bytes.wrap(in.raw(HASH_SIZE)));
        }
    };

    private static List<TypeDefinition.Variant> describe() {
        List<TypeDefinition.Variant> variants = new ArrayList<>();
        variants.add(new TypeDefinition.Variant("None", 0, List.of(), ""));
        for (int length = 0; length <= RAW_MAX; length++) {
            variants.add(variant("Raw" + length, length + 1, length));
        }
        for (HashKind kind : HashKind.values()) {
            variants.add(variant(kind.label, FIRST_HASH + kind.ordinal(), HASH_SIZE));
        }
        return variants;
    }

    private static TypeDefinition.Variant variant(String name, int index, int length) {
        return new TypeDefinition.Variant(name, index,
                List.of(TypeDefinition.Field.unnamed(TypeInfo.array(length, Codecs.U8.type()))), "");
    }
}
