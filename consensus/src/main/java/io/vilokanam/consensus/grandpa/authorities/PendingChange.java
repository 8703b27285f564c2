package io.vilokanam.consensus.grandpa.authorities;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/**
 * An announced change of the authority set ({@code sc_consensus_grandpa::authorities::PendingChange}).
 *
 * @param delay how many blocks behind the announcing one it takes effect (u32)
 * @param signalledAt the announcing block
 */
public record PendingChange(List<Authority> nextAuthorities, long delay, BlockRef signalledAt, Trigger trigger) {

    /** What makes a change take effect. */
    public sealed interface Trigger {

        /** The finality of the block {@code delay} blocks behind the announcement. */
        record Finality() implements Trigger {}

        /** The import of that block, finalised or not; the new set takes over at {@code medianLastFinalized} (u32). */
        record Depth(long medianLastFinalized) implements Trigger {}

        Codec<Trigger> CODEC = Variants.of(Trigger.class).with(0, "Finalized", Finality.class, struct(Finality::new))
                .with(1, "Best", Depth.class, struct(Depth::new, field(Codecs.U32, Depth::medianLastFinalized)))
                .complete().named("sc_consensus_grandpa::authorities::DelayKind");
    }

    /** The stock node's stored form: authorities, delay, height, hash, trigger. */
    public static final Codec<PendingChange> CODEC = struct(PendingChange::stored,
            field(Authority.LIST, PendingChange::nextAuthorities), field(Codecs.U32, PendingChange::delay),
            field(Codecs.U32, (PendingChange change) -> change.signalledAt.number()),
            field(Hash.CODEC, (PendingChange change) -> change.signalledAt.hash()),
            field(Trigger.CODEC, PendingChange::trigger)).tuple();

    public PendingChange {
        nextAuthorities = List.copyOf(nextAuthorities);
    }

    private static PendingChange stored(List<Authority> next, long delay, long height, Hash hash, Trigger trigger) {
        return new PendingChange(next, delay, new BlockRef(hash, height), trigger);
    }

    /** The height at which it takes effect. */
    public long effectiveNumber() {
        return signalledAt.number() + delay;
    }
}
