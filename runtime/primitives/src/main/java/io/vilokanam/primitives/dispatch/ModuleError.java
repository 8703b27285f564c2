package io.vilokanam.primitives.dispatch;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** An error of a pallet: the pallet's index and four bytes, the first of them the error's index. */
public record ModuleError(int index, Bytes error) {

    public static final Codec<ModuleError> CODEC = struct(ModuleError::new,
            field("index", "u8", Codecs.U8, ModuleError::index),
            field("error", "[u8; MAX_MODULE_ERROR_ENCODED_SIZE]", Codecs.fixedBytes(4), ModuleError::error))
            .named("sp_runtime::ModuleError");

    public static ModuleError of(int pallet, int error) {
        return new ModuleError(pallet, Bytes.wrap(new byte[]{(byte) error, 0, 0, 0}));
    }
}
