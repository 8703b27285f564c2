package io.vilokanam.pallets.identity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * What an account says about who holds it ({@code pallet_identity::legacy::IdentityInfo}).
 *
 * @param additional names and values of further fields
 * @param pgpFingerprint 20 bytes
 */
public record IdentityFields(List<Map.Entry<FieldValue, FieldValue>> additional, FieldValue display, FieldValue legal,
        FieldValue web, FieldValue riot, FieldValue email, Optional<Bytes> pgpFingerprint, FieldValue image,
        FieldValue twitter) {

    private static final int FINGERPRINT_SIZE = 20;
    private static final String DATA = "Data";

    /** @param additionalMax the most further fields */
    static Codec<IdentityFields> codec(int additionalMax) {
        return struct(IdentityFields::new,
                field("additional", "BoundedVec<(Data, Data), FieldLimit>",
                        BoundedVec.codec(Codecs.tuple(FieldValue.CODEC, FieldValue.CODEC), additionalMax),
                        IdentityFields::additional),
                field("display", DATA, FieldValue.CODEC, IdentityFields::display),
                field("legal", DATA, FieldValue.CODEC, IdentityFields::legal),
                field("web", DATA, FieldValue.CODEC, IdentityFields::web),
                field("riot", DATA, FieldValue.CODEC, IdentityFields::riot),
                field("email", DATA, FieldValue.CODEC, IdentityFields::email),
                field("pgp_fingerprint", "Option<[u8; 20]>", Codecs.option(Codecs.fixedBytes(FINGERPRINT_SIZE)),
                        IdentityFields::pgpFingerprint),
                field("image", DATA, FieldValue.CODEC, IdentityFields::image),
                field("twitter", DATA, FieldValue.CODEC, IdentityFields::twitter))
                .named("pallet_identity::legacy::IdentityInfo", TypeParameter.skipped("FieldLimit"));
    }
}
