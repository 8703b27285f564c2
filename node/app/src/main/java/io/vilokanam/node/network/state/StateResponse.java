package io.vilokanam.node.network.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.host.state.StateRange;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.network.protobuf.ProtobufReader;
import io.vilokanam.node.network.protobuf.ProtobufWriter;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.trie.CompactProof;
import io.vilokanam.trie.StateTrie;
import io.vilokanam.trie.TrieException;

/**
 * A page of a state (protobuf {@code api.v1.StateResponse} of {@code state/2}): a SCALE list of the items of a compact proof,
 * or the bare entries.
 */
public final class StateResponse {

    /** So many entries may be in a page. */
    static final int ENTRIES_MAX = 1 << 20;

    private static final int ENTRIES = 1;
    private static final int PROOF = 2;

    private static final int ROOT = 1;
    private static final int PAIRS = 2;
    private static final int COMPLETE = 3;

    private static final Codec<List<Bytes>> ITEMS = Codecs.vec(Codecs.BYTES);

    private StateResponse() {}

    static Bytes proven(List<byte[]> items) {
        return new ProtobufWriter().element(PROOF, ITEMS.encode(items.stream().map(Bytes::wrap).toList())).toBytes();
    }

    static Bytes plain(StateRange page) {
        ProtobufWriter out = new ProtobufWriter();
        out.message(ENTRIES, level(Bytes.EMPTY, page.top(), page.next().isEmpty()));
        page.children()
                .forEach(child -> out.message(ENTRIES, level(child.root(), child.entries(), child.isComplete())));
        return out.toBytes();
    }

    private static ProtobufWriter level(Bytes root, List<StateTrie.Entry> entries, boolean isComplete) {
        ProtobufWriter level = new ProtobufWriter().bytes(ROOT, root);
        entries.forEach(entry -> level.message(PAIRS,
                new ProtobufWriter().element(1, entry.key()).element(2, entry.value())));
        return level.flag(COMPLETE, isComplete);
    }

    /**
     * Reads the answer to a request.
     *
     * @param root of the state that was asked for
     * @throws ProtobufException if it is no answer, or does not prove what it shows where a proof was asked for
     */
    public static StateRange read(Bytes message, StateRequest asked, byte[] root) throws ProtobufException {
        ProtobufReader in = new ProtobufReader(message.view());
        List<StateRange.Child> levels = new ArrayList<>();
        Bytes proof = Bytes.EMPTY;
        while (in.next()) {
            switch (in.field()) {
                case ENTRIES -> levels.add(level(in.message()));
                case PROOF -> proof = in.bytes();
                default -> {
                    // Later fields are skipped.
                }
            }
        }
        if (asked.isPlain()) {
            return page(levels, asked.start());
        }
        try {
            List<byte[]> items = ITEMS.decodeAll(proof.view()).stream().map(Bytes::toArray).toList();
            if (items.size() > CompactProof.ITEMS_MAX) {
                throw new ProtobufException("state response of " + items.size() + " items");
            }
            return StateRange.check(root, items, asked.start());
        } catch (ScaleException | TrieException e) {
            throw new ProtobufException("state response: " + e.getMessage());
        }
    }

    private static StateRange.Child level(ProtobufReader in) throws ProtobufException {
        Bytes root = Bytes.EMPTY;
        List<StateTrie.Entry> entries = new ArrayList<>();
        boolean isComplete = false;
        while (in.next()) {
            switch (in.field()) {
                case ROOT -> root = in.bytes();
                case PAIRS -> entries.add(pair(in.message()));
                case COMPLETE -> isComplete = in.flag();
                default -> {
                    // Later fields are skipped.
                }
            }
            if (entries.size() > ENTRIES_MAX) {
                throw new ProtobufException("state response of over " + ENTRIES_MAX + " entries");
            }
        }
        return new StateRange.Child(root, entries, isComplete);
    }

    private static StateTrie.Entry pair(ProtobufReader in) throws ProtobufException {
        byte[] key = {};
        byte[] value = {};
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.bytes().toArray();
                case 2 -> value = in.bytes().toArray();
                default -> {
                    // Later fields are skipped.
                }
            }
        }
        return new StateTrie.Entry(key, value);
    }

    /** The place behind an unproven page is told by what is not complete ({@code process_state_unverified}). */
    private static StateRange page(List<StateRange.Child> levels, List<Bytes> start) throws ProtobufException {
        if (levels.isEmpty() || !levels.getFirst().root().isEmpty()) {
            throw new ProtobufException("state response without entries of the main trie");
        }
        List<Bytes> next = new ArrayList<>();
        if (start.size() == StateRange.DEPTH_MAX && levels.getFirst().entries().isEmpty()) {
            next.add(start.getFirst());
        }
        for (StateRange.Child level : levels) {
            if (!level.isComplete() && !level.entries().isEmpty()) {
                next.add(Bytes.wrap(level.entries().getLast().key()));
            }
        }
        boolean isComplete = levels.stream().allMatch(StateRange.Child::isComplete);
        if (!isComplete && (next.isEmpty() || next.equals(start) || next.size() > StateRange.DEPTH_MAX)) {
            throw new ProtobufException("state response that leads nowhere");
        }
        return new StateRange(levels.getFirst().entries(), levels.subList(1, levels.size()),
                isComplete ? Optional.empty() : Optional.of(next));
    }
}
