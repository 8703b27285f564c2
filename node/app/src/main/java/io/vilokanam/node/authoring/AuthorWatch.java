package io.vilokanam.node.authoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.consensus.aura.AuraVerifier;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.AuraCalls;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;

/**
 * Tells of authors that made two blocks in one slot (sc-consensus-slots, {@code check_equivocation}). As with stock nodes that is
 * all that happens to them: Aura has no reports. One thread calls {@link #onEvent}.
 */
public final class AuthorWatch {

    /** Slots before the newest ones are forgotten. */
    private static final int SLOTS_MAX = 1_000;
    /** Blocks of one slot that are remembered. */
    private static final int BLOCKS_A_SLOT_MAX = 16;

    private static final Logger LOG = LoggerFactory.getLogger("aura");

    private record Authored(Hash block, Hash parent) {}

    /** Hears of an author that made two blocks in one slot. */
    public interface Listener {
        void equivocated(long slot, Hash first, Hash second);
    }

    private final Chain chain;
    private final RuntimeExecutor executor;
    private final Listener listener;
    private final TreeMap<Long, List<Authored>> bySlot = new TreeMap<>();

    public AuthorWatch(Chain chain, RuntimeExecutor executor, Listener listener) {
        this.chain = chain;
        this.executor = executor;
        this.listener = listener;
    }

    public void onEvent(ChainEvent event) {
        if (event instanceof ChainEvent.Imported imported) {
            AuraDigest.slotOf(imported.header()).ifPresent(
                    slot -> note(slot, new Authored(imported.block().hash(), imported.header().parentHash())));
        }
    }

    private void note(long slot, Authored block) {
        List<Authored> others = bySlot.computeIfAbsent(slot, _ -> new ArrayList<>());
        Optional<Authored> twin = others.stream()
                .filter(other -> !other.block.equals(block.block) && isSameAuthor(slot, other, block)).findFirst();
        twin.ifPresent(other -> listener.equivocated(slot, other.block, block.block));
        if (twin.isEmpty() && others.size() < BLOCKS_A_SLOT_MAX) {
            others.add(block);
        }
        if (bySlot.size() > SLOTS_MAX) {
            bySlot.pollFirstEntry();
        }
    }

    private boolean isSameAuthor(long slot, Authored one, Authored other) {
        if (one.parent.equals(other.parent)) {
            return true;
        }
        Optional<PublicKey> author = author(slot, one);
        return author.isPresent() && author.equals(author(slot, other));
    }

    private Optional<PublicKey> author(long slot, Authored block) {
        Optional<StateLease> lease = chain.states().lease(block.parent);
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try (StateLease held = lease.get()) {
            return AuraVerifier.author(slot, AuraCalls.authorities(executor, held.state()));
        } catch (RuntimeUnavailableException e) {
            LOG.debug("nobody knows whose slot it was slot={} reason={}", slot, e.getMessage());
            return Optional.empty();
        }
    }
}
