package io.vilokanam.rpc.chainhead;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.backend.BlockRef;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.ChainListener;
import io.vilokanam.rpc.backend.ImportedBlock;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.Json.JsonObject;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.Subscriber;

/**
 * One {@code chainHead_v1_follow}: tells a client of every block above the finalised one, of the best one and of finality, in an
 * order that it can rely on (JSON-RPC interface spec, chainHead_v1_follow). What the node imports and finalises is taken note of
 * by its listener and told by a thread of this follow, which owns all fields but the queue.
 */
final class Follow implements ChainListener {

    /** How many finalised blocks a follow begins with at most. */
    static final int FINALISED_FIRST_MAX = 16;
    /** How far leaves may be ahead of the finalised block when a follow begins. */
    static final int DISTANCE_MAX = 128;
    /** How many blocks are remembered as announced. */
    private static final int ANNOUNCED_MAX = 2 * Pins.BLOCKS_MAX;
    /** How many of the node's messages may wait. */
    private static final int INBOX_MAX = 512;

    private sealed interface Message {

        record Imported(ImportedBlock block) implements Message {}

        record Finalised(List<Hash> blocks, List<Hash> pruned) implements Message {}
    }

    /** The chain moved in a way that cannot be told any more: the client must follow anew. */
    private static final class GapException extends Exception {

        private static final long serialVersionUID = 1;

        GapException(String message) {
            super(message, null, false, false);
        }
    }

    private final ChainBackend chain;
    private final StateBackend states;
    private final Pins pins;
    private final Subscriber subscriber;
    private final boolean withRuntime;
    private final Operations operations = new Operations();
    private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>(INBOX_MAX);

    private final Set<Hash> announced = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Boolean> eldest) {
            return size() > ANNOUNCED_MAX;
        }
    });
    private BlockRef finalised;
    private Hash best;
    private volatile boolean hasMissed;

    Follow(ChainBackend chain, StateBackend states, Pins pins, Subscriber subscriber, boolean withRuntime) {
        this.chain = chain;
        this.states = states;
        this.pins = pins;
        this.subscriber = subscriber;
        this.withRuntime = withRuntime;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    boolean withRuntime() {
        return withRuntime;
    }

    Operations operations() {
        return operations;
    }

    /** Tells where the chain stands, and goes on telling until the subscription ends. */
    void start() {
        pins.add(this);
        subscriber.onEnd(() -> pins.release(this));
        Registration listening = chain.watch(this);
        subscriber.onEnd(listening);
        Thread telling = Thread.ofVirtual().name("rpc-follow-" + subscriber.id()).unstarted(this::tell);
        subscriber.onEnd(telling::interrupt);
        try {
            tellBeginning();
            telling.start();
        } catch (GapException e) {
            stop();
        }
    }

    @Override
    public void imported(ImportedBlock block) {
        note(new Message.Imported(block));
    }

    @Override
    public void finalised(List<Hash> blocks, List<Hash> pruned) {
        note(new Message.Finalised(blocks, pruned));
    }

    private void note(Message message) {
        if (!inbox.offer(message)) {
            hasMissed = true; // Told by the follow's thread: the node's must not wait for anything.
        }
    }

    /** The follow had to give its pins up. */
    void lost() {
        stop();
    }

    private void stop() {
        subscriber.sendLast(FollowEvents.stop());
    }

    private void tell() {
        try {
            while (!subscriber.isEnded()) {
                Message message = inbox.take();
                if (hasMissed) {
                    throw new GapException("too many blocks at once");
                }
                switch (message) {
                    case Message.Imported(var block) -> tellImported(block);
                    case Message.Finalised(var blocks, var pruned) -> tellFinalised(blocks, pruned);
                }
            }
        } catch (GapException e) {
            stop();
        } catch (InterruptedException e) {
            // The subscription ended: so does this thread.
            Thread.currentThread().interrupt();
        }
    }

    private void tellBeginning() throws GapException {
        List<ImportedBlock> descendants;
        do {
            finalised = chain.finalised();
            descendants = chain.unfinalised();
        } while (!chain.finalised().equals(finalised));
        List<Hash> first = firstFinalised(finalised.hash());
        for (Hash hash : first) {
            pin(hash);
            announced.add(hash);
        }
        JsonObject initialized = FollowEvents.initialized(first);
        send(withRuntime ? initialized.with("finalizedBlockRuntime", runtime(finalised.hash())) : initialized);
        best = finalised.hash();
        for (ImportedBlock block : descendants) {
            if (block.header().number() - finalised.number() > DISTANCE_MAX) {
                throw new GapException("leaf too far from the finalised block");
            }
            announce(block.hash(), block.header().parentHash());
            if (block.isBest()) {
                best = block.hash();
            }
        }
        send(FollowEvents.bestBlockChanged(best));
    }

    /** The newest finalised blocks, ascending. */
    private List<Hash> firstFinalised(Hash newest) {
        var hashes = new ArrayDeque<Hash>();
        Hash hash = newest;
        Optional<Header> header = chain.header(hash);
        while (header.isPresent() && hashes.size() < FINALISED_FIRST_MAX) {
            hashes.addFirst(hash);
            hash = header.get().parentHash();
            header = chain.header(hash);
        }
        return List.copyOf(hashes);
    }

    private void tellImported(ImportedBlock block) throws GapException {
        if (!announced.contains(block.hash())) {
            if (block.header().number() <= finalised.number()) {
                return; // On a branch that lost already.
            }
            announce(block.hash(), block.header().parentHash());
        }
        if (block.isBest() && !block.hash().equals(best) && isDescendant(block.hash(), finalised)) {
            best = block.hash();
            send(FollowEvents.bestBlockChanged(best));
        }
    }

    private void tellFinalised(List<Hash> blocks, List<Hash> pruned) throws GapException {
        var newly = new ArrayList<Hash>();
        for (Hash hash : blocks) {
            Header header = chain.header(hash).orElseThrow(() -> new GapException("finalised block without header"));
            if (header.number() > finalised.number()) {
                if (!announced.contains(hash)) {
                    announce(hash, header.parentHash());
                }
                finalised = new BlockRef(hash, header.number());
                newly.add(hash);
            }
        }
        if (newly.isEmpty()) {
            return;
        }
        var lost = new ArrayList<Hash>(pruned);
        lost.removeIf(hash -> !announced.contains(hash));
        if (lost.contains(best) || !isDescendant(best, finalised)) {
            best = finalised.hash();
            send(FollowEvents.bestBlockChanged(best));
        }
        send(FollowEvents.finalized(newly, lost));
        lost.forEach(announced::remove);
    }

    private boolean isDescendant(Hash block, BlockRef of) {
        Hash hash = block;
        Optional<Header> header = chain.header(hash);
        while (header.isPresent() && header.get().number() > of.number()) {
            hash = header.get().parentHash();
            header = chain.header(hash);
        }
        return hash.equals(of.hash());
    }

    private void announce(Hash hash, Hash parent) throws GapException {
        if (!announced.contains(parent)) {
            throw new GapException("parent of " + hash + " was not announced");
        }
        pin(hash);
        announced.add(hash);
        JsonObject event = FollowEvents.newBlock(hash, parent);
        send(withRuntime ? event.with("newRuntime", newRuntime(hash, parent)) : event);
    }

    private void pin(Hash hash) throws GapException {
        switch (pins.pin(this, hash)) {
            case PINNED, KNOWN -> {
                /* kept */ }
            case GONE -> throw new GapException("block " + hash + " cannot be kept");
            case LOST -> throw new GapException("no room for pins");
        }
    }

    private JsonValue runtime(Hash block) {
        try {
            return FollowEvents.runtime(states.runtimeVersion(block));
        } catch (StateUnavailableException e) {
            return FollowEvents.noRuntime(e);
        }
    }

    private JsonValue newRuntime(Hash block, Hash parent) {
        try {
            RuntimeVersion now = states.runtimeVersion(block);
            return now.equals(states.runtimeVersion(parent)) ? Json.NULL : FollowEvents.runtime(now);
        } catch (StateUnavailableException e) {
            return FollowEvents.noRuntime(e);
        }
    }

    private void send(JsonValue event) throws GapException {
        if (!subscriber.send(event) && !subscriber.isEnded()) {
            throw new GapException("the client reads too slowly");
        }
    }
}
