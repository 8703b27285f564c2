package io.vilokanam.consensus.grandpa.justification;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vilokanam.consensus.Ancestry;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.consensus.grandpa.round.CommitCheck;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/**
 * Decides whether a justification proves its target final, with the rules and in the order of
 * {@code sc_consensus_grandpa::justification}: the precommits must finalise exactly the target, every signature must be
 * good (also those of non-members), and the headers must be exactly those that the precommits need.
 */
public final class JustificationVerifier {

    private final SignatureCheck ed25519;

    public JustificationVerifier(SignatureCheck ed25519) {
        this.ed25519 = ed25519;
    }

    /** Checks encoded bytes, as they come with a block, for one block. */
    public JustificationVerdict verifyFinalizes(Bytes encoded, BlockRef block, long setId,
            List<Authority> authorities) {
        GrandpaJustification justification;
        try {
            justification = GrandpaJustification.CODEC.decodeAll(encoded.view());
        } catch (ScaleException e) {
            return new JustificationVerdict.Malformed(e.getMessage());
        }
        if (!justification.target().equals(block)) {
            return new JustificationVerdict.OtherBlock(block, justification.target());
        }
        return verify(justification, setId, authorities);
    }

    /** Checks a justification against the authorities of a set. */
    public JustificationVerdict verify(GrandpaJustification justification, long setId, List<Authority> authorities) {
        Optional<VoterSet> voters = VoterSet.of(authorities);
        if (voters.isEmpty()) {
            return new JustificationVerdict.NoVoterSet(authorities.size());
        }
        return verify(justification, setId, voters.get());
    }

    /** Checks a justification against the voters of a set. */
    public JustificationVerdict verify(GrandpaJustification justification, long setId, VoterSet voters) {
        HeaderAncestry ancestry = new HeaderAncestry(justification.votesAncestries());
        return switch (CommitCheck.of(justification.commit(), voters, ancestry)) {
            case CommitCheck.NoVoters(var precommits) -> new JustificationVerdict.NoVoters(precommits);
            case CommitCheck.NotDescendant(var precommitted, var lowest) ->
                new JustificationVerdict.MissingAncestry(precommitted, lowest);
            case CommitCheck.OtherTarget(var target, var ghost, var weight, var threshold) ->
                new JustificationVerdict.OtherTarget(target, ghost, weight, threshold);
            case CommitCheck.Valid() -> verifyEvidence(justification, setId, ancestry);
        };
    }

    private JustificationVerdict verifyEvidence(GrandpaJustification justification, long setId,
            HeaderAncestry ancestry) {
        List<SignedTarget> precommits = justification.commit().precommits();
        BlockRef lowest = GrandpaJustification.lowest(precommits)
                .orElseThrow(() -> new IllegalStateException("a valid commit has a precommit"));
        Set<Hash> needed = new HashSet<>();
        for (SignedTarget precommit : precommits) {
            if (!precommit.in(Stage.PRECOMMIT).isSigned(ed25519, justification.round(), setId)) {
                return new JustificationVerdict.BadSignature(precommit.id(), precommit.target(), justification.round(),
                        setId);
            }
            Hash target = precommit.target().hash();
            if (!target.equals(lowest.hash())) {
                Optional<List<Hash>> way = ancestry.ancestry(lowest.hash(), target);
                if (way.isEmpty()) {
                    return new JustificationVerdict.MissingAncestry(precommit.target(), lowest);
                }
                needed.add(target);
                needed.addAll(way.get());
            }
        }
        return ancestry.hashes().stream().filter(hash -> !needed.contains(hash)).findFirst()
                .<JustificationVerdict>map(JustificationVerdict.UnusedHeader::new)
                .orElse(new JustificationVerdict.Valid(justification));
    }

    /** The ancestry that a justification's own headers prove; their numbers are not looked at. */
    private static final class HeaderAncestry implements Ancestry {

        private final Map<Hash, Hash> parents = new LinkedHashMap<>();

        HeaderAncestry(Collection<Header> headers) {
            headers.forEach(header -> parents.put(BlockRef.hashOf(header), header.parentHash()));
        }

        Set<Hash> hashes() {
            return parents.keySet();
        }

        @Override
        public Optional<List<Hash>> ancestry(Hash base, Hash block) {
            if (base.equals(block)) {
                return Optional.of(List.of());
            }
            List<Hash> between = new ArrayList<>();
            Hash at = parents.get(block);
            while (at != null && !at.equals(base)) {
                between.add(at);
                at = parents.get(at);
            }
            return at == null ? Optional.empty() : Optional.of(between);
        }
    }
}
