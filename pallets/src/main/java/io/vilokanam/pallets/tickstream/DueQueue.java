package io.vilokanam.pallets.tickstream;

import java.util.Optional;
import java.util.function.LongConsumer;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageDoubleMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;

/**
 * Sessions by the block in which something is due for them: the end of a challenge window, or expiry. Worked off a bounded
 * number a block; what is left over waits for the next one.
 */
final class DueQueue {

    private final StorageDoubleMap<Long, Long, Unit> due;
    private final StorageValue<Long> cursor;

    DueQueue(PalletScope scope) {
        due = scope.optionalDoubleMap("Due", Hasher.TWOX_64_CONCAT, Codecs.U32, Hasher.TWOX_64_CONCAT, Codecs.U64,
                Codecs.UNIT, "Sessions by the block in which their window ends or they expire.");
        cursor = scope.optionalValue("DueCursor", Codecs.U32,
                "The first block whose due sessions may not be worked off yet.");
    }

    boolean holds(Externalities ext, long block, long session) {
        return due.contains(ext, block, session);
    }

    void add(Externalities ext, long block, long session) {
        due.put(ext, block, session, Unit.UNIT);
    }

    /**
     * Takes out what is due at block {@code number} or earlier, at most {@code limit} sessions and blocks.
     *
     * @return how many sessions and blocks were visited
     */
    int workOff(Externalities ext, long number, int limit, LongConsumer session) {
        // Nothing can be due from before the pallet's first block, which need not be the chain's.
        long block = cursor.find(ext).orElse(number);
        int visited = 0;
        while (block <= number && visited < limit) {
            Optional<Long> next = due.firstUnder(ext, block);
            if (next.isPresent()) {
                due.remove(ext, block, next.get());
                session.accept(next.get());
            } else {
                block++;
            }
            visited++;
        }
        cursor.put(ext, block);
        return visited;
    }
}
