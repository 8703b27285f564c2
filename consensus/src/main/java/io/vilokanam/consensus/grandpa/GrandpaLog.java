package io.vilokanam.consensus.grandpa;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.Variants;

/** A message of the runtime to GRANDPA in a consensus digest ({@code sp_consensus_grandpa::ConsensusLog}). */
public sealed interface GrandpaLog {

    /** New authorities from the block {@code delay} blocks (u32) behind this one on, once that block is finalised. */
    record ScheduledChange(List<Authority> nextAuthorities, long delay) implements GrandpaLog {
        public ScheduledChange {
            nextAuthorities = List.copyOf(nextAuthorities);
        }
    }

    /**
     * New authorities once the block {@code delay} blocks (u32) behind this one is imported, whatever is finalised: the
     * way out when finality has stopped. {@code medianLastFinalized} (u32) is where the new set takes over.
     */
    record ForcedChange(long medianLastFinalized, List<Authority> nextAuthorities, long delay) implements GrandpaLog {
        public ForcedChange {
            nextAuthorities = List.copyOf(nextAuthorities);
        }
    }

    /** The authority at this index (u64) is disabled until the next change. */
    record OnDisabled(long authorityIndex) implements GrandpaLog {}

    /** The set stops voting {@code delay} finalised blocks (u32) from here. */
    record Pause(long delay) implements GrandpaLog {}

    /** The set votes again {@code delay} blocks (u32) from here. */
    record Resume(long delay) implements GrandpaLog {}

    Codec<GrandpaLog> CODEC = Variants.of(GrandpaLog.class)
            .with(1, "ScheduledChange", ScheduledChange.class,
                    struct(ScheduledChange::new, field(Authority.LIST, ScheduledChange::nextAuthorities),
                            field(Codecs.U32, ScheduledChange::delay)))
            .with(2, "ForcedChange", ForcedChange.class,
                    struct(ForcedChange::new, field(Codecs.U32, ForcedChange::medianLastFinalized),
                            field(Authority.LIST, ForcedChange::nextAuthorities),
                            field(Codecs.U32, ForcedChange::delay)))
            .with(3, "OnDisabled", OnDisabled.class,
                    struct(OnDisabled::new, field(Codecs.U64, OnDisabled::authorityIndex)))
            .with(4, "Pause", Pause.class, struct(Pause::new, field(Codecs.U32, Pause::delay)))
            .with(5, "Resume", Resume.class, struct(Resume::new, field(Codecs.U32, Resume::delay)))
            .complete().named("sp_consensus_grandpa::ConsensusLog");

    /**
     * The messages in this header, in order; those that do not decode are skipped, bytes behind one are not looked at.
     */
    static List<GrandpaLog> in(Header header) {
        List<GrandpaLog> logs = new ArrayList<>();
        for (DigestItem item : header.digest().items()) {
            if (item instanceof DigestItem.Consensus(var engine, var payload) && engine.equals(DigestItem.GRANDPA)) {
                decode(payload).ifPresent(logs::add);
            }
        }
        return logs;
    }

    private static Optional<GrandpaLog> decode(Bytes payload) {
        try {
            return Optional.of(CODEC.decode(new ScaleInput(payload.view())));
        } catch (ScaleException unknownLog) {
            // A runtime may log what this node does not know; it is not for us.
            return Optional.empty();
        }
    }

    /** The first scheduled change in this header. */
    static Optional<ScheduledChange> scheduledChange(Header header) {
        return in(header).stream().filter(ScheduledChange.class::isInstance).map(ScheduledChange.class::cast)
                .findFirst();
    }

    /** The first forced change in this header: it goes before any scheduled one. */
    static Optional<ForcedChange> forcedChange(Header header) {
        return in(header).stream().filter(ForcedChange.class::isInstance).map(ForcedChange.class::cast).findFirst();
    }
}
