package io.vilokanam.frame.session;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * Proves that a key belonged to a validator of a session ({@code sp_session::MembershipProof}): the nodes of the session's trie
 * of keys on the way to that key and its owner.
 *
 * @param validatorCount how many validators the session had
 */
public record MembershipProof(long session, List<Bytes> trieNodes, long validatorCount) {

    public static final Codec<MembershipProof> CODEC = struct(MembershipProof::new,
            field("session", "SessionIndex", Codecs.U32, MembershipProof::session),
            field("trie_nodes", "Vec<Vec<u8>>", Codecs.vec(Codecs.BYTES), MembershipProof::trieNodes),
            field("validator_count", "ValidatorCount", Codecs.U32, MembershipProof::validatorCount))
            .named("sp_session::MembershipProof");

    public MembershipProof {
        trieNodes = List.copyOf(trieNodes);
    }
}
