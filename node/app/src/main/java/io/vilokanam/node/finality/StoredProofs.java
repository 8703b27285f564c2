package io.vilokanam.node.finality;

import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.justification.ProofSource;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;

/** The chain's proofs of finality, as they are stored. */
public record StoredProofs(Chain chain) implements ProofSource {

    @Override
    public Optional<Hash> hash(long number) {
        return chain.canonicalHash(number);
    }

    @Override
    public Optional<Header> header(Hash block) {
        return chain.header(block);
    }

    @Override
    public Optional<Bytes> justification(Hash block) {
        return chain.justifications(block).flatMap(all -> all.stream()
                .filter(proof -> proof.engine().equals(DigestItem.GRANDPA)).map(Justification::encoded).findFirst());
    }

    @Override
    public Optional<GrandpaJustification> newestJustification() {
        return LatestJustification.read(chain.store());
    }

    @Override
    public BlockRef finalized() {
        return chain.finalised();
    }
}
