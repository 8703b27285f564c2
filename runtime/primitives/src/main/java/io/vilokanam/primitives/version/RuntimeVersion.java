package io.vilokanam.primitives.version;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/**
 * Which runtime this is ({@code sp_version::RuntimeVersion}). {@code systemVersion} 0: state V0, extrinsics root V0; 1: state
 * V1, extrinsics root V0; 2: both V1.
 */
public record RuntimeVersion(String specName, String implName, long authoringVersion, long specVersion,
        long implVersion,
        List<Api> apis, long transactionVersion, int systemVersion) {

    /** A runtime API: the first 8 bytes of blake2b-64 of its trait's name, and its version. */
    public record Api(Bytes id, long version) {
        public static final Codec<Api> CODEC = struct(Api::new, field(Codecs.fixedBytes(8), Api::id),
                field(Codecs.U32, Api::version)).tuple();
    }

    /** A text as newer Rust types hold it: on the wire a string, in metadata a type around it. */
    public static final Codec<String> COW_STR = cow(Codecs.STRING);

    public static final Codec<RuntimeVersion> CODEC = struct(RuntimeVersion::new,
            field("spec_name", "Cow<'static, str>", COW_STR, RuntimeVersion::specName),
            field("impl_name", "Cow<'static, str>", COW_STR, RuntimeVersion::implName),
            field("authoring_version", "u32", Codecs.U32, RuntimeVersion::authoringVersion),
            field("spec_version", "u32", Codecs.U32, RuntimeVersion::specVersion),
            field("impl_version", "u32", Codecs.U32, RuntimeVersion::implVersion),
            field("apis", "ApisVec", cow(Codecs.vec(Api.CODEC)), RuntimeVersion::apis),
            field("transaction_version", "u32", Codecs.U32, RuntimeVersion::transactionVersion),
            field("system_version", "u8", Codecs.U8, RuntimeVersion::systemVersion))
            .named("sp_version::RuntimeVersion");

    public RuntimeVersion {
        apis = List.copyOf(apis);
    }

    private static <T> Codec<T> cow(Codec<T> owned) {
        TypeInfo type = TypeInfo.named("Cow", List.of(TypeInfo.TypeParameter.of("T", owned.type())),
                () -> new TypeDefinition.Composite(List.of(TypeDefinition.Field.unnamed(owned.type()))));
        return Codecs.mapped(owned, type, value -> value, value -> value);
    }
}
