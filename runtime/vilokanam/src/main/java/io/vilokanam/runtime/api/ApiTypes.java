package io.vilokanam.runtime.api;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.extension.TransactionExtensions;
import io.vilokanam.frame.extrinsic.ExtrinsicFormat;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** Types that only stand in the signatures of runtime APIs. */
public final class ApiTypes {

    /** {@code ExtrinsicInclusionMode}: which extrinsics a block may hold. */
    enum InclusionMode {
        ALL_EXTRINSICS, ONLY_INHERENTS
    }

    static final Codec<InclusionMode> INCLUSION_MODE = Variants.ofEnum("sp_runtime::ExtrinsicInclusionMode",
            InclusionMode.values(), "AllExtrinsics", "OnlyInherents");

    public static final Codec<Bytes> OPAQUE_METADATA = wrapper("sp_core::OpaqueMetadata");
    static final Codec<Bytes> OPAQUE_VALUE = wrapper("sp_runtime::OpaqueValue");

    static final Codec<Long> SLOT_DURATION = struct((Long millis) -> millis,
            field("", "u64", Codecs.U64, (Long millis) -> millis)).named("sp_consensus_slots::SlotDuration");

    private final Codec<UncheckedExtrinsic> extrinsic;
    private final Codec<Bytes> opaqueExtrinsic;
    private final Codec<Block> block;
    private final TypeInfo extensionsType;

    public ApiTypes(RuntimeCalls calls, TransactionExtensions extensions, ExtrinsicFormat format) {
        extensionsType = TypeInfo
                .tuple(extensions.inOrder().stream().map(extension -> extension.codec().type()).toList());
        TypeInfo type = TypeInfo.named("sp_runtime::generic::unchecked_extrinsic::UncheckedExtrinsic",
                List.of(TypeParameter.of("Address", MultiAddress.CODEC.type()),
                        TypeParameter.of("Call", calls.codec().type()),
                        TypeParameter.of("Signature", MultiSignature.CODEC.type()),
                        TypeParameter.of("Extra", extensionsType)),
                () -> new TypeDefinition.Composite(List.of(TypeDefinition.Field.unnamed(Codecs.BYTES.type()))));
        extrinsic = new ExtrinsicCodec(type, format);
        opaqueExtrinsic = Codecs.mapped(Codecs.BYTES, type, bytes -> bytes, bytes -> bytes);
        Codec<List<Bytes>> body = Codecs.vec(opaqueExtrinsic);
        block = struct(Block::new, field("header", "Header", Header.CODEC, Block::header),
                field("extrinsics", "Vec<Extrinsic>", body, Block::extrinsics))
                .named("sp_runtime::generic::block::Block",
                        TypeParameter.of("Header", Header.CODEC.type()), TypeParameter.of("Extrinsic", type));
    }

    private static Codec<Bytes> wrapper(String path) {
        return struct((Bytes bytes) -> bytes, field("", "Vec<u8>", Codecs.BYTES, (Bytes bytes) -> bytes)).named(path);
    }

    /** An extrinsic, decoded whole. */
    Codec<UncheckedExtrinsic> extrinsic() {
        return extrinsic;
    }

    /** An extrinsic as the bytes behind its length. */
    Codec<Bytes> opaqueExtrinsic() {
        return opaqueExtrinsic;
    }

    Codec<Block> block() {
        return block;
    }

    public TypeInfo blockType() {
        return block.type();
    }

    public TypeInfo extrinsicType() {
        return extrinsic.type();
    }

    public TypeInfo extensionsType() {
        return extensionsType;
    }

    private record ExtrinsicCodec(TypeInfo type, ExtrinsicFormat format) implements Codec<UncheckedExtrinsic> {

        @Override
        public void encode(UncheckedExtrinsic value, ScaleOutput out) {
            out.raw(value.encoded());
        }

        @Override
        public UncheckedExtrinsic decode(ScaleInput in) throws ScaleException {
            return format.decode(in);
        }
    }
}
