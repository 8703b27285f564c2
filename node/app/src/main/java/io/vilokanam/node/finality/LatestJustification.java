package io.vilokanam.node.finality;

import java.util.Optional;

import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.node.storage.ChainBatch;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.node.storage.StoreFailure;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/** The newest proof of finality, kept even where its block does not keep one: with it the present set's blocks are proven. */
public final class LatestJustification {

    /** The key of stock nodes. */
    private static final byte[] KEY = Bytes.ascii("grandpa_best_justification").toArray();

    private LatestJustification() {}

    public static Optional<GrandpaJustification> read(ChainStore store) {
        return store.auxiliary(KEY).map(bytes -> {
            try {
                return GrandpaJustification.CODEC.decodeAll(bytes);
            } catch (ScaleException e) {
                throw new StoreFailure("the database is damaged: the latest justification does not decode", e);
            }
        });
    }

    static void write(Bytes encoded, ChainBatch batch) {
        batch.auxiliary(KEY, Optional.of(encoded.view()));
    }
}
