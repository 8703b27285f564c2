package io.vilokanam.primitives;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A 32-byte public key of sr25519 or ed25519; the codec says which key type of an application it is in metadata. */
public record PublicKey(Bytes bytes) implements Comparable<PublicKey> {

    public static final int SIZE = 32;

    /** {@code sp_consensus_aura::sr25519::app_sr25519::Public}. */
    public static final Codec<PublicKey> AURA = application("sp_consensus_aura::sr25519::app_sr25519::Public",
            "sr25519::Public");

    /** {@code sp_consensus_grandpa::app::Public}. */
    public static final Codec<PublicKey> GRANDPA = application("sp_consensus_grandpa::app::Public", "ed25519::Public");

    /** A key of any kind, as plain bytes. */
    public static final Codec<PublicKey> PLAIN = Codecs.mapped(Codecs.fixedBytes(SIZE), Codecs.fixedBytes(SIZE).type(),
            PublicKey::new, PublicKey::bytes);

    public PublicKey {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a public key has 32 bytes, got " + bytes.size());
        }
    }

    /** The newtype that {@code app_crypto!} makes of a 32-byte key. */
    public static Codec<PublicKey> application(String path, String typeName) {
        return struct(PublicKey::new, field("", typeName, Codecs.fixedBytes(SIZE), PublicKey::bytes)).named(path);
    }

    public static PublicKey wrap(byte[] bytes) {
        return new PublicKey(Bytes.wrap(bytes));
    }

    @Override
    public int compareTo(PublicKey other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.hex();
    }
}
