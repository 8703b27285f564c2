package io.vilokanam.node.network.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/**
 * A download of the blocks above one that we have, from several peers at once: ranges by number, put together in order. Only
 * what links to what came before is handed on, so peers of other chains cost time and nothing else.
 */
final class RangeDownload {

    /** {@code MAX_BLOCKS_TO_REQUEST}. */
    static final int RANGE_MAX = 64;

    /** {@code MAX_DOWNLOAD_AHEAD}: so far above what was handed on blocks are asked for. */
    static final int AHEAD_MAX = 2048;

    /** Blocks from a number on that one peer is asked for. */
    record Range(long first, int count) {
        private long end() {
            return first + count;
        }
    }

    /** Blocks in order, and who sent them. */
    record Batch(PeerId source, List<BlockPart> blocks) {}

    private sealed interface Part {
        int count();

        record Wanted(int count) implements Part {}

        record Asked(PeerId peer, int count) implements Part {}

        record Ready(Batch batch) implements Part {
            @Override
            public int count() {
                return batch.blocks.size();
            }
        }
    }

    private final BlockRef base;
    private final int rangeMax;
    private final TreeMap<Long, Part> parts = new TreeMap<>();
    private final Set<PeerId> excluded = new HashSet<>();
    private BlockRef tip;
    private long next;

    RangeDownload(BlockRef base) {
        this(base, RANGE_MAX);
    }

    /** @param rangeMax so many blocks are asked for at a time */
    RangeDownload(BlockRef base, int rangeMax) {
        this.base = base;
        this.rangeMax = rangeMax;
        this.tip = base;
        this.next = base.number() + 1;
    }

    /** The block that all who take part have. */
    BlockRef base() {
        return base;
    }

    boolean admits(PeerId peer) {
        return !excluded.contains(peer);
    }

    /** The peer's chain is another one. */
    void exclude(PeerId peer) {
        excluded.add(peer);
    }

    /** What to ask a peer with this best block for, noted as asked. */
    Optional<Range> assign(PeerId peer, long bestNumber) {
        for (Map.Entry<Long, Part> part : parts.entrySet()) {
            if (part.getValue() instanceof Part.Wanted(var count) && part.getKey() + count - 1 <= bestNumber) {
                Range range = new Range(part.getKey(), count);
                part.setValue(new Part.Asked(peer, count));
                return Optional.of(range);
            }
        }
        long last = Math.min(bestNumber, tip.number() + AHEAD_MAX);
        if (next > last) {
            return Optional.empty();
        }
        Range range = new Range(next, (int) Math.min(rangeMax, last - next + 1));
        parts.put(range.first, new Part.Asked(peer, range.count));
        next = range.end();
        return Optional.of(range);
    }

    /** The peer did not answer: somebody else may. */
    void giveUp(Range range) {
        parts.put(range.first, new Part.Wanted(range.count));
    }

    /** Why an answer is no use; empty where it is taken. */
    Optional<String> take(Range range, Batch batch) {
        long number = range.first;
        Optional<Hash> parent = Optional.empty();
        for (BlockPart block : batch.blocks) {
            Optional<Header> header = block.header();
            if (header.isEmpty() || header.get().number() != number
                    || parent.filter(hash -> !header.get().parentHash().equals(hash)).isPresent()) {
                giveUp(range);
                return Optional.of("block " + block.hash() + " does not stand at " + number + " of the asked range");
            }
            parent = Optional.of(block.hash());
            number++;
        }
        if (batch.blocks.isEmpty()) {
            giveUp(range);
            return Optional.of("no block");
        }
        parts.put(range.first, new Part.Ready(batch));
        if (number < range.end()) {
            parts.put(number, new Part.Wanted((int) (range.end() - number)));
        }
        return Optional.empty();
    }

    /** The blocks that follow on what was handed on before; those of peers with another chain are thrown away. */
    List<Batch> advance(int blocksMax) {
        List<Batch> batches = new ArrayList<>();
        int blocks = 0;
        while (blocks < blocksMax && parts.get(tip.number() + 1) instanceof Part.Ready(var batch)) {
            long first = tip.number() + 1;
            Header header = batch.blocks.getFirst().header()
                    .orElseThrow(() -> new IllegalStateException("looked at before"));
            if (!header.parentHash().equals(tip.hash())) {
                parts.put(first, new Part.Wanted(batch.blocks.size()));
                exclude(batch.source);
                break;
            }
            parts.remove(first);
            batches.add(batch);
            blocks += batch.blocks.size();
            tip = new BlockRef(batch.blocks.getLast().hash(), tip.number() + batch.blocks.size());
        }
        return batches;
    }

    /** Whether nothing is under way, and nothing is there that could be handed on. */
    boolean isIdle() {
        return parts.values().stream().noneMatch(part -> part instanceof Part.Asked)
                && !(parts.get(tip.number() + 1) instanceof Part.Ready);
    }
}
