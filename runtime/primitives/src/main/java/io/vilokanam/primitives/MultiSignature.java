package io.vilokanam.primitives;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** A signature of one of the three schemes ({@code sp_runtime::MultiSignature}). */
public sealed interface MultiSignature {

    Bytes signature();

    /** 64 bytes; the account is the public key. */
    record Ed25519(Bytes signature) implements MultiSignature {}

    /** 64 bytes; the account is the public key. */
    record Sr25519(Bytes signature) implements MultiSignature {}

    /** 65 bytes, recovery id last; the account is blake2_256 of the compressed public key. */
    record Ecdsa(Bytes signature) implements MultiSignature {}

    Codec<MultiSignature> CODEC = Variants.of(MultiSignature.class)
            .with(0, "Ed25519", Ed25519.class,
                    struct(Ed25519::new, field("", "ed25519::Signature", Codecs.fixedBytes(64), Ed25519::signature)))
            .with(1, "Sr25519", Sr25519.class,
                    struct(Sr25519::new, field("", "sr25519::Signature", Codecs.fixedBytes(64), Sr25519::signature)))
            .with(2, "Ecdsa", Ecdsa.class,
                    struct(Ecdsa::new, field("", "ecdsa::Signature", Codecs.fixedBytes(65), Ecdsa::signature)))
            .complete().named("sp_runtime::MultiSignature");
}
