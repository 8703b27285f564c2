package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.ChainView;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * A stored proof of finality ({@code sp_consensus_grandpa::GrandpaJustification}): a commit and the headers that lead
 * from every precommitted block down to the lowest one, which itself is left out.
 */
public record GrandpaJustification(long round, Commit commit, List<Header> votesAncestries) {

    public static final Codec<GrandpaJustification> CODEC = struct(GrandpaJustification::new,
            field(Codecs.U64, GrandpaJustification::round), field(Commit.CODEC, GrandpaJustification::commit),
            field(Codecs.vec(Header.CODEC), GrandpaJustification::votesAncestries)).tuple();

    public GrandpaJustification {
        votesAncestries = List.copyOf(votesAncestries);
    }

    public BlockRef target() {
        return commit.target();
    }

    /** As it is stored with a block and answered to clients: engine {@code FRNK}. */
    public Justification asJustification() {
        return new Justification(DigestItem.GRANDPA, Bytes.wrap(CODEC.encode(this)));
    }

    /**
     * Collects the headers that prove {@code commit}. Empty where it has no precommit, or one for a block that is
     * unknown or does not descend from the lowest one.
     */
    public static Optional<GrandpaJustification> of(long round, Commit commit, ChainView chain) {
        Optional<BlockRef> base = lowest(commit.precommits());
        if (base.isEmpty()) {
            return Optional.empty();
        }
        List<Header> headers = new ArrayList<>();
        Set<Hash> visited = new HashSet<>();
        for (SignedTarget precommit : commit.precommits()) {
            Hash at = precommit.target().hash();
            while (!at.equals(base.get().hash()) && visited.add(at)) {
                Optional<Header> header = chain.header(at);
                if (header.isEmpty() || header.get().number() <= base.get().number()) {
                    return Optional.empty();
                }
                headers.add(header.get());
                at = header.get().parentHash();
            }
        }
        return Optional.of(new GrandpaJustification(round, commit, headers));
    }

    /** The lowest precommitted block, the first such one in the list's order. */
    public static Optional<BlockRef> lowest(List<SignedTarget> precommits) {
        return precommits.stream().map(SignedTarget::target).min(Comparator.comparingLong(BlockRef::number));
    }
}
