package io.vilokanam.pallets.system.extension;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;
import java.util.function.Supplier;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.UnknownTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * If the signer wishes, he means this metadata of the runtime: an offline wallet can then trust what it shows
 * ({@code frame_metadata_hash_extension::CheckMetadataHash}).
 */
public final class CheckMetadataHash implements Passing<CheckMetadataHash.Mode, Optional<Bytes>> {

    /** Whether the hash is signed over. */
    public enum Mode {
        DISABLED, ENABLED;

        static final Codec<Mode> CODEC = Variants.ofEnum("frame_metadata_hash_extension::Mode", values(), "Disabled",
                "Enabled");
    }

    private static final Codec<Mode> CODEC = struct((Mode mode) -> mode,
            field("mode", "Mode", Mode.CODEC, mode -> mode))
            .named("frame_metadata_hash_extension::CheckMetadataHash", TypeParameter.skipped("T"));
    private static final Codec<Optional<Bytes>> IMPLICIT = Codecs.option(Codecs.fixedBytes(Hash.SIZE));

    private final Supplier<Optional<Hash>> metadataHash;

    /** @param metadataHash the root of the metadata's tree (RFC 78), where the runtime was built with it */
    public CheckMetadataHash(Supplier<Optional<Hash>> metadataHash) {
        this.metadataHash = metadataHash;
    }

    @Override
    public String identifier() {
        return "CheckMetadataHash";
    }

    @Override
    public Codec<Mode> codec() {
        return CODEC;
    }

    @Override
    public Codec<Optional<Bytes>> implicitCodec() {
        return IMPLICIT;
    }

    @Override
    public Optional<Bytes> implicit(Externalities ext, Mode mode) throws ValidityException {
        if (mode == Mode.DISABLED) {
            return Optional.empty();
        }
        Hash hash = metadataHash.get().orElseThrow(
                () -> new ValidityException(
                        new TransactionValidityError.Unknown(new UnknownTransaction.CannotLookup())));
        return Optional.of(hash.bytes());
    }

    @Override
    public Weight weight(Mode mode, RuntimeCall call) {
        return Weight.ZERO;
    }
}
