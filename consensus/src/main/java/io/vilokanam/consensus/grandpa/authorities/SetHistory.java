package io.vilokanam.consensus.grandpa.authorities;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * The last block of every past authority set, ascending ({@code AuthoritySetChanges}). Each of these blocks has a
 * stored justification, unless its set ended by a forced change.
 */
public record SetHistory(List<Ended> sets) {

    /** A past set and its last block (u32). */
    public record Ended(long setId, long lastBlock) {

        static final Codec<Ended> CODEC = struct(Ended::new, field(Codecs.U64, Ended::setId),
                field(Codecs.U32, Ended::lastBlock)).tuple();
    }

    /** The set that a block belongs to. */
    public sealed interface Membership {

        /** The present set. */
        record Latest() implements Membership {}

        /** A past set. */
        record Past(Ended set) implements Membership {}

        /** The history does not reach back that far. */
        record Unknown() implements Membership {}
    }

    public static final SetHistory NONE = new SetHistory(List.of());

    public static final Codec<SetHistory> CODEC = struct(SetHistory::new,
            field(Codecs.vec(Ended.CODEC), SetHistory::sets)).tuple();

    public SetHistory {
        sets = List.copyOf(sets);
    }

    SetHistory plus(long setId, long lastBlock) {
        List<Ended> more = new ArrayList<>(sets);
        more.add(new Ended(setId, lastBlock));
        return new SetHistory(more);
    }

    /** Which set finalises the block of this height; the block must be finalised. */
    public Membership setOf(long blockNumber) {
        if (!sets.isEmpty() && sets.getLast().lastBlock() < blockNumber) {
            return new Membership.Latest();
        }
        int at = firstFrom(blockNumber);
        if (at == sets.size() || at == 0 && sets.getFirst().setId() != 0) {
            return new Membership.Unknown();
        }
        return new Membership.Past(sets.get(at));
    }

    /** The sets that ended behind this block, in order; empty where the history does not reach back that far. */
    public Optional<List<Ended>> endedAfter(long blockNumber) {
        int at = firstFrom(blockNumber);
        if (at < sets.size() && sets.get(at).lastBlock() == blockNumber) {
            at++;
        }
        if (at == 0 && !sets.isEmpty() && sets.getFirst().setId() != 0) {
            return Optional.empty();
        }
        return Optional.of(sets.subList(at, sets.size()));
    }

    private int firstFrom(long blockNumber) {
        int at = 0;
        while (at < sets.size() && sets.get(at).lastBlock() < blockNumber) {
            at++;
        }
        return at;
    }

    /**
     * The history with the end of an old set filled in, for blocks that are imported below the finalised one. Ids
     * follow from the position, so ends are inserted in ascending order; empty where the id is taken by a later block.
     */
    public Optional<SetHistory> inserted(long lastBlock) {
        int at = firstFrom(lastBlock);
        long setId = at == 0 ? 0 : sets.get(at - 1).setId() + 1;
        if (at < sets.size() && sets.get(at).setId() == setId) {
            return Optional.empty();
        }
        List<Ended> more = new ArrayList<>(sets);
        more.add(at, new Ended(setId, lastBlock));
        return Optional.of(new SetHistory(more));
    }
}
