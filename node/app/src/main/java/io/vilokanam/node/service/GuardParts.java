package io.vilokanam.node.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.consensus.aura.AuraVerifier;
import io.vilokanam.consensus.aura.SlotClock;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.finality.DoubleSignException;
import io.vilokanam.node.finality.DoubleSignGuard;
import io.vilokanam.node.finality.GrandpaDriver;
import io.vilokanam.node.importing.AuraCalls;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.node.keystore.KeystoreLock;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.metrics.TaskMeasures;
import io.vilokanam.node.network.announce.ChainPeers;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.rpc.backend.KeystoreException;

/** The guard against double signing, put together with what it listens to. */
final class GuardParts implements AutoCloseable {

    /** How long a validator listens, and how old its chain may be for it not to. */
    private static final long SLOTS = 10;
    private static final long CHECK_MILLIS = 500;

    private final ChainCore core;
    private final Keystore keystore;
    private final GrandpaDriver grandpa;
    private final DoubleSignGuard guard;
    private final BooleanSupplier isListening;
    private final EventThread blocks;
    private final long firstForeignSlot;
    private final Optional<KeystoreLock> lock;

    private GuardParts(ChainCore core, Keystore keystore, GrandpaDriver grandpa, DoubleSignGuard guard,
            BooleanSupplier isListening, long slot, Optional<KeystoreLock> lock, TaskMeasures tasks) {
        this.isListening = isListening;
        this.core = core;
        this.keystore = keystore;
        this.grandpa = grandpa;
        this.guard = guard;
        this.firstForeignSlot = slot + 1;
        this.lock = lock;
        this.blocks = new EventThread("double-sign-guard-blocks", this::look, tasks);
    }

    /**
     * Makes the guard of a validator. Unless it is strict nothing is held where the node knows what it signed and was not away
     * for long.
     *
     * @param keys the keystore's folder, which no other validator of this machine may use
     */
    static GuardParts open(Operator.Guard mode, ChainCore core, Keystore keystore, Optional<Path> keys,
            GrandpaDriver grandpa, ChainPeers peers, Platform platform, NodeLog log, TaskMeasures tasks)
            throws KeystoreException, RuntimeUnavailableException {
        Optional<KeystoreLock> lock = keys.isEmpty() ? Optional.empty()
                : Optional.of(KeystoreLock.take(keys.get()));
        long slotMillis;
        boolean isAlone;
        try (StateLease best = state(core, core.chain().best().hash())) {
            slotMillis = AuraCalls.slotDuration(core.executor(), best.state());
            isAlone = AuraCalls.authorities(core.executor(), best.state()).size() < 2;
        }
        long slot = new SlotClock(slotMillis).slotAt(platform.clock().millis());
        long bestSlot = core.chain().header(core.chain().best().hash()).filter(header -> header.number() > 0)
                .flatMap(AuraDigest::slotOf).orElse(0L);
        boolean isUpToDate = grandpa.knowsItsVotes() && slot - bestSlot <= SLOTS;
        boolean isHeld = switch (mode) {
            case OFF -> false;
            case ON -> !isUpToDate;
            case STRICT -> true;
        };
        BooleanSupplier isListening = () -> isAlone || !peers.peers().isEmpty() && !peers.isMajorSyncing();
        DoubleSignGuard guard = isHeld
                ? new DoubleSignGuard(platform.monotonicMillis(), SLOTS * slotMillis, isListening)
                : DoubleSignGuard.none();
        if (isHeld) {
            log.note("🛡  Listening for " + SLOTS
                    + " slots before signing, in case another node uses the keys of this validator");
        }
        grandpa.guard(guard);
        return new GuardParts(core, keystore, grandpa, guard, isListening, slot, lock, tasks);
    }

    /** That of the finalised block where it is pruned already: its authorities are the same but for a change of the set. */
    private static StateLease state(ChainCore core, Hash block) throws RuntimeUnavailableException {
        return core.chain().states().lease(block)
                .or(() -> core.chain().states().lease(core.chain().finalised().hash()))
                .orElseThrow(() -> new RuntimeUnavailableException(StateLease.missing(block)));
    }

    /** Why nothing may be signed now. */
    Optional<String> refusal() {
        if (!guard.isHolding()) {
            return Optional.empty();
        }
        return Optional.of("listening for other users of this node's keys"
                + (isListening.getAsBoolean() ? "" : "; the time counts once there are peers and the chain is here"));
    }

    /** Begins to listen. Where it hears of somebody else, an essential thread fails, and the node ends. */
    void start(EssentialThreads threads, NodeLog log) {
        core.chain().listen(blocks::take);
        blocks.start(threads);
        threads.start("double-sign-guard", () -> watch(log));
    }

    private void watch(NodeLog log) throws InterruptedException, DoubleSignException {
        boolean wasHolding = guard.isHolding();
        while (!Thread.currentThread().isInterrupted()) {
            Optional<String> seen = guard.awaitSighting(CHECK_MILLIS);
            if (seen.isPresent()) {
                throw new DoubleSignException(seen.get());
            }
            if (wasHolding && !guard.isHolding()) {
                wasHolding = false;
                log.note("🛡  Nobody else uses the keys of this validator: it begins to sign");
                grandpa.wake();
            }
        }
    }

    /** Looks who made a block of others. */
    private void look(ChainEvent event) {
        if (!(event instanceof ChainEvent.Imported imported) || imported.origin() == BlockOrigin.OWN) {
            return;
        }
        Header header = imported.header();
        Optional<Long> slot = AuraDigest.slotOf(header).filter(known -> known >= firstForeignSlot);
        if (slot.isEmpty()) {
            return;
        }
        try (StateLease parent = state(core, header.parentHash())) {
            List<PublicKey> authorities = AuraCalls.authorities(core.executor(), parent.state());
            AuraVerifier.author(slot.get(), authorities).filter(author -> keystore.has(KeyTypeId.AURA, author.bytes()))
                    .ifPresent(author -> guard.ownBlockHeard(slot.get(), author));
        } catch (RuntimeUnavailableException e) {
            throw new IllegalStateException("the state that a block was executed upon is gone at once", e);
        }
    }

    @Override
    public void close() {
        lock.ifPresent(KeystoreLock::close);
    }
}
