package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A GRANDPA authority: its ed25519 key and its weight, an unsigned 64-bit number. */
public record Authority(PublicKey id, long weight) {

    public static final Codec<Authority> CODEC = struct(Authority::new, field(PublicKey.GRANDPA, Authority::id),
            field(Codecs.U64, Authority::weight)).tuple();

    /** {@code AuthorityList}: what {@code GrandpaApi_grandpa_authorities} answers. */
    public static final Codec<List<Authority>> LIST = Codecs.vec(CODEC);

    /**
     * A set may rule where it is not empty and nobody's weight is zero ({@code AuthoritySet::invalid_authority_list}).
     */
    public static boolean isValidList(List<Authority> authorities) {
        return !authorities.isEmpty() && authorities.stream().noneMatch(authority -> authority.weight() == 0);
    }
}
