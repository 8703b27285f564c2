package io.vilokanam.node.storage;

import java.util.Optional;

/** How much is kept of what lies behind the finalised block, for states and for bodies alike (sc-cli, {@code PruningParams}). */
public sealed interface PruningMode {

    /** What a node keeps where nothing was said, of final states. */
    long STATES_DEFAULT = 256;

    /** Everything, also of the blocks that lost. */
    record Archive() implements PruningMode {}

    /** All of the final blocks. */
    record ArchiveCanonical() implements PruningMode {}

    /**
     * The last final blocks.
     *
     * @param blocks how many, at least one: the finalised block is always kept
     */
    record Last(long blocks) implements PruningMode {
        public Last {
            blocks = Math.max(1, blocks);
        }
    }

    /** A mode as operators write it: {@code archive}, {@code archive-canonical} or a number (u32); empty for all else. */
    static Optional<PruningMode> parse(String text) {
        return switch (text) {
            case "archive" -> Optional.of(new Archive());
            case "archive-canonical" -> Optional.of(new ArchiveCanonical());
            default -> text.matches("[0-9]{1,10}") && Long.parseLong(text) <= 0xffff_ffffL
                    ? Optional.of(new Last(Long.parseLong(text))) : Optional.empty();
        };
    }

    /** The form that {@link #parse} reads. */
    default String text() {
        return switch (this) {
            case Archive() -> "archive";
            case ArchiveCanonical() -> "archive-canonical";
            case Last(var blocks) -> Long.toString(blocks);
        };
    }

    /** Whether what belongs to blocks that lost stays. */
    default boolean keepsLost() {
        return this instanceof Archive;
    }

    /** The lowest final block of which something is kept while this one is the finalised. */
    default long lowestKept(long finalised) {
        return switch (this) {
            case Archive(),ArchiveCanonical() -> 0;
            case Last(var blocks) -> Math.max(0, finalised - blocks + 1);
        };
    }
}
