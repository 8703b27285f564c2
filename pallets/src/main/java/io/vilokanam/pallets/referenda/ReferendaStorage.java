package io.vilokanam.pallets.referenda;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * What Referenda stores.
 *
 * @param trackQueue those that wait to be decided, fewest votes in favour first
 */
record ReferendaStorage<T>(StorageValue<Long> referendumCount, StorageMap<Long, Referendum<T>> referendumInfoFor,
        StorageMap<Integer, List<Queued>> trackQueue, StorageMap<Integer, Long> decidingCount,
        StorageMap<Long, Hash> metadataOf) {

    /** A referendum that waits, and its votes in favour when it was last looked after. */
    record Queued(long index, U128 ayes) {

        static final Codec<Queued> CODEC = struct(Queued::new, field(Codecs.U32, Queued::index),
                field(Codecs.U128, Queued::ayes)).tuple();
    }

    static <T> ReferendaStorage<T> declare(PalletScope scope, Codec<Referendum<T>> info, int queuedMax) {
        return new ReferendaStorage<>(
                scope.value("ReferendumCount", Codecs.U32, 0L, "How many referenda there have been."),
                scope.optionalMap("ReferendumInfoFor", Hasher.BLAKE2_128_CONCAT, Codecs.U32, info,
                        "The referenda by index."),
                scope.map("TrackQueue", Hasher.TWOX_64_CONCAT, Codecs.U16,
                        BoundedVec.codec(Queued.CODEC, queuedMax), List.of(),
                        "The referenda of a track that wait to be decided, fewest votes in favour first."),
                scope.map("DecidingCount", Hasher.TWOX_64_CONCAT, Codecs.U16, Codecs.U32, 0L,
                        "How many referenda of a track are being decided."),
                scope.optionalMap("MetadataOf", Hasher.BLAKE2_128_CONCAT, Codecs.U32, Hash.CODEC,
                        "The preimages that tell what referenda are about."));
    }

    Referendum.Ongoing<T> ensureOngoing(Externalities ext, long index) throws DispatchException {
        if (referendumInfoFor.find(ext, index).orElse(null) instanceof Referendum.Ongoing<T> status) {
            return status;
        }
        throw new DispatchException(ReferendaError.NOT_ONGOING);
    }
}
