package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/** A block and the precommits that finalise it, each for that block or a descendant of it. */
public record Commit(BlockRef target, List<SignedTarget> precommits) {

    /** The form inside justifications: every precommit with its signature beside it. */
    public static final Codec<Commit> CODEC = struct(Commit::new, field(BlockRef.CODEC, Commit::target),
            field(Codecs.vec(SignedTarget.CODEC), Commit::precommits)).tuple();

    /** The gossiped form ({@code CompactCommit}): all targets, then as many pairs of signature and signer. */
    public static final Codec<Commit> COMPACT = compact();

    public Commit {
        precommits = List.copyOf(precommits);
    }

    private record Compact(BlockRef target, List<BlockRef> precommits, List<Map.Entry<Bytes, PublicKey>> signatures) {}

    private static Codec<Commit> compact() {
        Codec<Compact> wire = struct(Compact::new, field(BlockRef.CODEC, Compact::target),
                field(Codecs.vec(BlockRef.CODEC), Compact::precommits),
                field(Codecs.vec(Codecs.tuple(Codecs.fixedBytes(SignedVote.SIGNATURE_SIZE), PublicKey.GRANDPA)),
                        Compact::signatures))
                .tuple();
        return Codecs.mapped(wire, wire.type(), Commit::fromCompact, Commit::toCompact);
    }

    private static Commit fromCompact(Compact compact) throws ScaleException {
        if (compact.precommits.size() != compact.signatures.size()) {
            throw new ScaleException("a commit has " + compact.precommits.size() + " precommits but "
                    + compact.signatures.size() + " signatures");
        }
        List<SignedTarget> precommits = new ArrayList<>();
        for (int i = 0; i < compact.precommits.size(); i++) {
            var signature = compact.signatures.get(i);
            precommits.add(new SignedTarget(compact.precommits.get(i), signature.getKey(), signature.getValue()));
        }
        return new Commit(compact.target, precommits);
    }

    private static Compact toCompact(Commit commit) {
        return new Compact(commit.target, commit.precommits.stream().map(SignedTarget::target).toList(),
                commit.precommits.stream().map(signed -> Map.entry(signed.signature(), signed.id())).toList());
    }
}
