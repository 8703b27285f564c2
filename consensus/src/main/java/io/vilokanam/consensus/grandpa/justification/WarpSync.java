package io.vilokanam.consensus.grandpa.justification;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.GrandpaLog;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/**
 * A proof that leads from one authority set to the newest ({@code sc_consensus_grandpa::warp_proof}): the last block of
 * each set, which announces the next one, with its justification. A finished proof may end in a fragment without a
 * change, the newest justified block.
 */
public record WarpSync(List<Fragment> fragments, boolean isFinished) {

    /** A block that changes the set, and its proof of finality. */
    public record Fragment(Header header, GrandpaJustification justification) {

        public static final Codec<Fragment> CODEC = struct(Fragment::new, field(Header.CODEC, Fragment::header),
                field(GrandpaJustification.CODEC, Fragment::justification)).tuple();
    }

    public static final Codec<WarpSync> CODEC = struct(WarpSync::new,
            field(Codecs.vec(Fragment.CODEC), WarpSync::fragments), field(Codecs.BOOL, WarpSync::isFinished)).tuple();

    /** How long a proof may be on the wire, in bytes. */
    public static final int SIZE_MAX = 8 * 1024 * 1024;

    /** What a proof must leave free of {@link #SIZE_MAX} for its count and flag. */
    public static final int SIZE_RESERVED = 50;

    public WarpSync {
        fragments = List.copyOf(fragments);
    }

    /** Collects fragments as long as they fit on the wire. */
    static final class Builder {

        private final List<Fragment> fragments = new ArrayList<>();
        private int size;

        static boolean hasChange(Header header) {
            return GrandpaLog.scheduledChange(header).isPresent();
        }

        /** False where the fragment does not fit any more; it is left out then. */
        boolean add(Header header, Bytes justification) {
            Fragment fragment;
            try {
                fragment = new Fragment(header, GrandpaJustification.CODEC.decodeAll(justification.view()));
            } catch (ScaleException e) {
                throw new IllegalStateException("the stored justification of #" + header.number() + " is broken", e);
            }
            int more = Fragment.CODEC.encode(fragment).length;
            if (size + more >= SIZE_MAX - SIZE_RESERVED) {
                return false;
            }
            size += more;
            return fragments.add(fragment);
        }

        /** The block of the last fragment. */
        Optional<Long> lastNumber() {
            return fragments.isEmpty() ? Optional.empty()
                    : Optional.of(fragments.getLast().justification.target().number());
        }

        WarpSync build(boolean isFinished) {
            return new WarpSync(fragments, isFinished);
        }
    }

    /** The outcome of {@link #verify}. */
    public sealed interface Outcome {

        /** The set that rules behind the last fragment's block. */
        record Proved(long setId, List<Authority> authorities, Optional<Header> last) implements Outcome {}

        /** A fragment is wrong; {@code fragment} counts from 0. */
        record Refused(int fragment, String reason) implements Outcome {}
    }

    /** Follows the proof from the given set. */
    public Outcome verify(long setId, List<Authority> authorities, JustificationVerifier verifier) {
        long currentId = setId;
        List<Authority> current = authorities;
        for (int i = 0; i < fragments.size(); i++) {
            Fragment fragment = fragments.get(i);
            BlockRef target = fragment.justification.target();
            if (verifier.verify(fragment.justification, currentId,
                    current) instanceof JustificationVerdict.Invalid bad) {
                return new Outcome.Refused(i, bad.reason());
            }
            if (!target.hash().equals(BlockRef.hashOf(fragment.header))) {
                return new Outcome.Refused(i, "the header is " + BlockRef.of(fragment.header)
                        + ", the justification is of " + target);
            }
            Optional<GrandpaLog.ScheduledChange> change = GrandpaLog.scheduledChange(fragment.header);
            if (change.isPresent()) {
                current = change.get().nextAuthorities();
                currentId++;
            } else if (!isFinished || i != fragments.size() - 1) {
                return new Outcome.Refused(i,
                        "the header " + BlockRef.of(fragment.header) + " changes no authority set");
            }
        }
        return new Outcome.Proved(currentId, current,
                fragments.isEmpty() ? Optional.empty() : Optional.of(fragments.getLast().header()));
    }
}
