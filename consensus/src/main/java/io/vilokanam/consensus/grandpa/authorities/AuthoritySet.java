package io.vilokanam.consensus.grandpa.authorities;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.vilokanam.consensus.Ancestry;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.ChainView;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.GrandpaLog;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * The authorities that finalise, and the changes that are announced ({@code sc_consensus_grandpa::authorities}). A
 * value: who imports or finalises a block gets the next one and keeps it once the block is stored.
 *
 * <p>Scheduled changes take effect when the block at the end of their delay is finalised, one after the other along a
 * branch. Forced changes take effect when that block is imported, and drop everything pending.
 */
public final class AuthoritySet {

    private final List<Authority> authorities;
    private final long setId;
    private final StandardChanges standard;
    private final List<PendingChange> forced;
    private final SetHistory history;

    /** The stock node's stored form, also {@code grandpaAuthoritySet} of a light sync state. */
    public static final Codec<AuthoritySet> CODEC = struct(AuthoritySet::new,
            field(Authority.LIST, AuthoritySet::authorities), field(Codecs.U64, AuthoritySet::setId),
            field(StandardChangesCodec.CODEC, (AuthoritySet set) -> set.standard),
            field(Codecs.vec(PendingChange.CODEC), (AuthoritySet set) -> set.forced),
            field(SetHistory.CODEC, AuthoritySet::history)).tuple();

    private AuthoritySet(List<Authority> authorities, long setId, StandardChanges standard, List<PendingChange> forced,
            SetHistory history) {
        this.authorities = List.copyOf(authorities);
        this.setId = setId;
        this.standard = standard;
        this.forced = List.copyOf(forced);
        this.history = history;
    }

    /** The set at genesis, id 0. Empty where these authorities cannot rule. */
    public static Optional<AuthoritySet> genesis(List<Authority> authorities) {
        return at(0, authorities);
    }

    /** A set whose past is unknown, as after a warp sync. Empty where these authorities cannot rule. */
    public static Optional<AuthoritySet> at(long setId, List<Authority> authorities) {
        return Authority.isValidList(authorities)
                ? Optional.of(new AuthoritySet(authorities, setId, StandardChanges.NONE, List.of(), SetHistory.NONE))
                : Optional.empty();
    }

    /** A set to which those before it have led, each by the proof of its last block. Empty where these cannot rule. */
    public static Optional<AuthoritySet> after(SetHistory history, long setId, List<Authority> authorities) {
        return Authority.isValidList(authorities)
                ? Optional.of(new AuthoritySet(authorities, setId, StandardChanges.NONE, List.of(), history))
                : Optional.empty();
    }

    public List<Authority> authorities() {
        return authorities;
    }

    /** Starts at 0 and grows by one with every change that takes effect. */
    public long setId() {
        return setId;
    }

    public SetHistory history() {
        return history;
    }

    public VoterSet voters() {
        // The list is never empty and has no zero weight; a total beyond 64 bits is refused when it is announced.
        return VoterSet.of(authorities).orElseThrow(() -> new IllegalStateException("the set has no voters"));
    }

    /** The set without the changes that blocks above a height announced. What has taken effect stays. */
    public AuthoritySet reverted(long height) {
        return new AuthoritySet(authorities, setId, standard.upTo(height),
                forced.stream().filter(change -> change.signalledAt().number() <= height).toList(), history);
    }

    /** The set that takes over. */
    public record NewSet(long setId, List<Authority> authorities) {}

    /** What the import of a block does to the set. */
    public sealed interface Effect {

        /** Nothing that takes effect now. */
        record None() implements Effect {}

        /**
         * Once this block is finalised a scheduled change takes effect: it needs a justification.
         *
         * @param isNext whether it is the next change of its branch; if not, a justification that came along is dropped
         */
        record Scheduled(boolean isNext) implements Effect {}

        /**
         * A forced change has taken effect: the new set starts at the lower of the median and our last finalised block.
         */
        record Forced(NewSet newSet, long medianLastFinalized) implements Effect {}
    }

    /**
     * @param set what to keep once the block is stored
     * @param isPaused whether the block announces a forced change: the present voter stops
     */
    public record Imported(AuthoritySet set, Effect effect, boolean isPaused) {

        public boolean needsJustification() {
            return effect instanceof Effect.Scheduled;
        }
    }

    /**
     * Takes in a block above the last finalised one, in the order of {@code make_authorities_changes}: announcements
     * first, then what takes effect.
     *
     * @param chain knows the parent; the block itself need not be known
     */
    public Imported importing(Header header, Ancestry chain) throws SetChangeException {
        BlockRef block = BlockRef.of(header);
        Ancestry withBlock = including(block.hash(), header.parentHash(), chain);
        Optional<PendingChange> announced = announced(header, block);
        AuthoritySet next = announced.isPresent() ? plus(announced.get(), withBlock) : this;
        boolean paused = announced.isPresent() && announced.get().trigger() instanceof PendingChange.Trigger.Depth;
        Optional<Imported> forcedNow = next.forcedAt(block, withBlock, paused);
        if (forcedNow.isPresent()) {
            return forcedNow.get();
        }
        Effect effect = next.standard.enactedAt(block, withBlock).<Effect>map(Effect.Scheduled::new)
                .orElse(new Effect.None());
        return new Imported(next, effect, paused);
    }

    private static Ancestry including(Hash block, Hash parent, Ancestry chain) {
        return new Ancestry() {
            @Override
            public Optional<List<Hash>> ancestry(Hash base, Hash descendant) {
                if (!descendant.equals(block)) {
                    return chain.ancestry(base, descendant);
                }
                if (base.equals(block) || base.equals(parent)) {
                    return Optional.of(List.of());
                }
                return chain.ancestry(base, parent)
                        .map(between -> Stream.concat(Stream.of(parent), between.stream()).toList());
            }

            @Override
            public boolean isEqualOrDescendant(Hash base, Hash descendant) {
                return base.equals(descendant)
                        || chain.isEqualOrDescendant(base, descendant.equals(block) ? parent : descendant);
            }
        };
    }

    private static Optional<PendingChange> announced(Header header, BlockRef block) {
        Optional<PendingChange> forcedChange = GrandpaLog.forcedChange(header)
                .map(change -> new PendingChange(change.nextAuthorities(), change.delay(), block,
                        new PendingChange.Trigger.Depth(change.medianLastFinalized())));
        return forcedChange.isPresent() ? forcedChange
                : GrandpaLog.scheduledChange(header).map(change -> new PendingChange(change.nextAuthorities(),
                        change.delay(), block, new PendingChange.Trigger.Finality()));
    }

    private AuthoritySet plus(PendingChange change, Ancestry chain) throws SetChangeException {
        if (!Authority.isValidList(change.nextAuthorities()) || VoterSet.of(change.nextAuthorities()).isEmpty()) {
            throw new SetChangeException(SetChangeException.Rule.INVALID_AUTHORITIES, "block " + change.signalledAt()
                    + " announces a set of " + change.nextAuthorities().size() + " authorities that cannot rule");
        }
        return switch (change.trigger()) {
            case PendingChange.Trigger.Finality() ->
                new AuthoritySet(authorities, setId, standard.plus(change, chain), forced, history);
            case PendingChange.Trigger.Depth _ ->
                new AuthoritySet(authorities, setId, standard, plusForced(change, chain), history);
        };
    }

    private List<PendingChange> plusForced(PendingChange change, Ancestry chain) throws SetChangeException {
        for (PendingChange other : forced) {
            if (other.signalledAt().hash().equals(change.signalledAt().hash())) {
                throw new SetChangeException(SetChangeException.Rule.DUPLICATE,
                        "block " + change.signalledAt() + " has announced a change");
            }
            if (chain.isEqualOrDescendant(other.signalledAt().hash(), change.signalledAt().hash())) {
                throw new SetChangeException(SetChangeException.Rule.SEVERAL_FORCED_CHANGES, "block "
                        + change.signalledAt() + " forces a change while that of " + other.signalledAt()
                        + " is pending");
            }
        }
        List<PendingChange> more = new ArrayList<>(forced);
        more.add(change);
        more.sort(Comparator.comparingLong(PendingChange::effectiveNumber)
                .thenComparingLong(other -> other.signalledAt().number()));
        return more;
    }

    private Optional<Imported> forcedAt(BlockRef block, Ancestry chain, boolean paused) throws SetChangeException {
        for (PendingChange change : forced) {
            if (change.trigger() instanceof PendingChange.Trigger.Depth(var median)
                    && change.effectiveNumber() == block.number()
                    && chain.isEqualOrDescendant(change.signalledAt().hash(), block.hash())) {
                requireNoneBefore(change, median, chain);
                AuthoritySet next = new AuthoritySet(change.nextAuthorities(), setId + 1, StandardChanges.NONE,
                        List.of(),
                        history.plus(setId, median));
                return Optional.of(new Imported(next,
                        new Effect.Forced(new NewSet(next.setId, next.authorities), median), paused));
            }
        }
        return Optional.empty();
    }

    private void requireNoneBefore(PendingChange change, long median, Ancestry chain) throws SetChangeException {
        for (PendingChange other : standard.roots()) {
            if (other.effectiveNumber() <= median && !other.signalledAt().equals(change.signalledAt())
                    && chain.isEqualOrDescendant(other.signalledAt().hash(), change.signalledAt().hash())) {
                throw new SetChangeException(SetChangeException.Rule.FORCED_CHANGE_TOO_EARLY,
                        "the change forced by " + change.signalledAt() + " must wait for the one scheduled at #"
                                + other.effectiveNumber());
            }
        }
    }

    /**
     * @param set what to keep once the finality is stored
     * @param isChanged whether {@code set} differs in anything that must be stored
     * @param newSet the set that takes over behind the finalised block
     */
    public record Finalized(AuthoritySet set, boolean isChanged, Optional<NewSet> newSet) {}

    /** Takes in that a block is final ({@code apply_standard_changes}). The block is known to {@code chain}. */
    public Finalized finalizing(BlockRef block, Ancestry chain) throws SetChangeException {
        StandardChanges.Finalized outcome = standard.finalizing(block, chain);
        List<PendingChange> stillForced = !outcome.isChanged() ? forced
                : forced.stream().filter(change -> change.effectiveNumber() > block.number()
                        && !change.signalledAt().hash().equals(block.hash())
                        && chain.isEqualOrDescendant(block.hash(), change.signalledAt().hash())).toList();
        if (outcome.enacted().isEmpty()) {
            return new Finalized(new AuthoritySet(authorities, setId, outcome.left(), stillForced, history),
                    outcome.isChanged(), Optional.empty());
        }
        AuthoritySet next = new AuthoritySet(outcome.enacted().get().nextAuthorities(), setId + 1, outcome.left(),
                stillForced, history.plus(setId, block.number()));
        return new Finalized(next, true, Optional.of(new NewSet(next.setId, next.authorities)));
    }

    /**
     * Whether finalising this block enacts a scheduled change, and if so whether that is the next one of its branch
     * ({@code enacts_standard_change}).
     */
    public Optional<Boolean> enactsScheduledChange(BlockRef block, Ancestry chain) throws SetChangeException {
        return standard.enactedAt(block, chain);
    }

    /**
     * The lowest height from {@code min} on at which a next scheduled change takes effect, on any branch: nobody votes
     * beyond it until it is finalised.
     */
    public Optional<Long> voteLimit(long min) {
        return standard.roots().stream().map(PendingChange::effectiveNumber).filter(number -> number >= min)
                .min(Comparator.naturalOrder());
    }

    /**
     * The blocks of the best chain that enact a scheduled change and are not final: a node asks its peers for their
     * justifications, at its start and as long as they are missing ({@code JustificationImport::on_start}).
     */
    public List<BlockRef> awaitingJustification(ChainView chain, long finalizedNumber) {
        return standard.all().stream()
                .filter(change -> change.effectiveNumber() > finalizedNumber
                        && chain.isEqualOrDescendant(change.signalledAt().hash(), chain.best().hash()))
                .flatMap(change -> chain.ancestorAt(chain.best(), change.effectiveNumber()).stream()).toList();
    }

    /** The block that announced the next pending change on the branch of {@code best}, forced or scheduled. */
    public Optional<BlockRef> nextChange(Hash best, Ancestry chain) {
        Optional<BlockRef> firstForced = firstOnBranch(forced, best, chain);
        Optional<BlockRef> firstStandard = firstOnBranch(standard.roots(), best, chain);
        return Stream.of(firstStandard, firstForced).flatMap(Optional::stream)
                .min(Comparator.comparingLong(BlockRef::number));
    }

    private static Optional<BlockRef> firstOnBranch(List<PendingChange> changes, Hash best, Ancestry chain) {
        return changes.stream().map(PendingChange::signalledAt).filter(block -> !block.hash().equals(best)
                && chain.isEqualOrDescendant(block.hash(), best)).findFirst();
    }

    /** All changes that wait, the scheduled ones first. */
    public List<PendingChange> pending() {
        return Stream.concat(standard.all().stream(), forced.stream()).toList();
    }

    /** The set after the chain went back to {@code block}: what was announced behind it is gone. */
    public AuthoritySet reverted(BlockRef block, Ancestry chain) {
        List<PendingChange> left = forced.stream().filter(change -> change.signalledAt().hash().equals(block.hash())
                || !chain.isEqualOrDescendant(block.hash(), change.signalledAt().hash())).toList();
        return new AuthoritySet(authorities, setId, standard.reverted(block, chain), left, history);
    }

    /** The set with the end of an old one filled in, when a block below the finalised one is imported. */
    public Optional<AuthoritySet> withOldSetEnd(long lastBlock) {
        return history.inserted(lastBlock)
                .map(longer -> new AuthoritySet(authorities, setId, standard, forced, longer));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuthoritySet set && setId == set.setId && authorities.equals(set.authorities)
                && standard.equals(set.standard) && forced.equals(set.forced) && history.equals(set.history);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(setId) * 31 + authorities.hashCode();
    }

    @Override
    public String toString() {
        return "set " + setId + " of " + authorities.size() + " authorities, " + pending().size() + " changes pending";
    }
}
