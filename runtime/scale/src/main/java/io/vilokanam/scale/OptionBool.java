package io.vilokanam.scale;

import java.util.List;

import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** parity-scale-codec's {@code OptionBool}, one byte: 0 none, 1 true, 2 false. Not the same as {@code Option<bool>}. */
public enum OptionBool {
    NONE, TRUE, FALSE;

    public static final Codec<OptionBool> CODEC = Codecs.of(TypeInfo.named("parity_scale_codec::OptionBool",
            () -> new TypeDefinition.Composite(
                    List.of(TypeDefinition.Field.unnamed(TypeInfo.option(Codecs.BOOL.type()))))),
            (out, value) -> out.u8(value.ordinal()), in -> {
                int index = in.u8();
                if (index > 2) {
                    throw new ScaleException("OptionBool must be 0, 1 or 2, got " + index);
                }
                return values()[index];
            });
}
