package io.vilokanam.node.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;

/** Changes to the chain that are written together or not at all. Not thread-safe, written once. */
public final class ChainBatch {

    private final KeyValueStore store;
    private final ChainStore chain;
    private final WriteBatch batch = new WriteBatch();

    ChainBatch(KeyValueStore store, ChainStore chain) {
        this.store = store;
        this.chain = chain;
    }

    /** The first block of a new store; best and finalised at once. */
    public ChainBatch genesis(Hash hash, Header header) {
        batch.put(Column.META, ChainStore.VERSION, Codecs.U32.encode(ChainStore.LAYOUT_VERSION));
        batch.put(Column.META, ChainStore.GENESIS, hash.toArray());
        BlockRef genesis = new BlockRef(hash, header.number());
        return block(hash, header, List.of()).canonical(header.number(), hash).best(genesis).finalised(genesis)
                .leaves(List.of(genesis));
    }

    public ChainBatch block(Hash hash, Header header, List<Bytes> body) {
        header(hash, header);
        batch.put(Column.BODIES, hash.toArray(), ChainStore.BODY.encode(body));
        return this;
    }

    public ChainBatch justifications(Hash block, List<Justification> justifications) {
        batch.put(Column.JUSTIFICATIONS, block.toArray(), ChainStore.JUSTIFICATIONS.encode(justifications));
        return this;
    }

    /** Forgets a block itself: one that lost against the finalised chain, or is taken back. */
    public ChainBatch forget(Hash block) {
        batch.delete(Column.HEADERS, block.toArray());
        batch.delete(Column.BODIES, block.toArray());
        batch.delete(Column.JUSTIFICATIONS, block.toArray());
        return this;
    }

    public ChainBatch canonical(long number, Hash block) {
        batch.put(Column.CANONICAL, ChainStore.numberKey(number), block.toArray());
        return this;
    }

    /** The best chain has no block at this height any more. */
    public ChainBatch noCanonical(long number) {
        batch.delete(Column.CANONICAL, ChainStore.numberKey(number));
        return this;
    }

    public ChainBatch best(BlockRef block) {
        batch.put(Column.META, ChainStore.BEST, BlockRef.CODEC.encode(block));
        return this;
    }

    public ChainBatch finalised(BlockRef block) {
        batch.put(Column.META, ChainStore.FINALISED, BlockRef.CODEC.encode(block));
        return this;
    }

    public ChainBatch leaves(List<BlockRef> leaves) {
        batch.put(Column.META, ChainStore.LEAVES, ChainStore.REFS.encode(leaves));
        return this;
    }

    /** A value of a consensus engine; none deletes it. */
    public ChainBatch auxiliary(byte[] key, Optional<byte[]> value) {
        value.ifPresentOrElse(bytes -> batch.put(Column.AUXILIARY, key, bytes),
                () -> batch.delete(Column.AUXILIARY, key));
        return this;
    }

    public ChainBatch offchain(byte[] key, Optional<byte[]> value) {
        value.ifPresentOrElse(bytes -> batch.put(Column.OFFCHAIN, key, bytes),
                () -> batch.delete(Column.OFFCHAIN, key));
        return this;
    }

    /** A header without its body: the body is not kept. */
    public ChainBatch header(Hash hash, Header header) {
        batch.put(Column.HEADERS, hash.toArray(), Header.CODEC.encode(header));
        return this;
    }

    ChainBatch noBody(Hash block) {
        batch.delete(Column.BODIES, block.toArray());
        return this;
    }

    /**
     * Writes a block's state: what it does not share with the one before, and a record of it.
     *
     * @param before the parent's state, which was written
     * @return the state after the block, knowing where it lies
     */
    public ChainState state(BlockRef block, ChainState before, ChainState after) {
        return state(block, after, (written, replaced) -> before.replaced(written, replaced));
    }

    /**
     * Writes the state of a block that a chain goes on with behind genesis: it shares nothing with the one of genesis, which
     * then is all that there is.
     */
    public ChainState stateAfterGenesis(BlockRef block, ChainState after, BlockRef genesis) {
        return state(block, after, (_, replaced) -> chain.stateRecord(genesis).ifPresent(
                record -> LongStream.range(record.first(), record.next()).forEach(replaced)));
    }

    private ChainState state(BlockRef block, ChainState after, BiConsumer<ChainState, LongConsumer> difference) {
        long first = chain.nextAddress();
        ChainState written = after.commit(row -> {
            long address = chain.takeAddress();
            batch.put(Column.STATE, ChainStore.addressKey(address), row);
            chain.keepStateRow(address, row);
            return address;
        });
        LongStream.Builder replaced = LongStream.builder();
        difference.accept(written, replaced);
        StateRecord record = new StateRecord(written.place(), first, chain.nextAddress(),
                replaced.build().toArray());
        batch.put(Column.STATES, ChainStore.blockKey(block), record.encode());
        batch.put(Column.META, ChainStore.NEXT_ADDRESS, ChainStore.addressKey(chain.nextAddress()));
        return written;
    }

    /** Deletes all rows that a block wrote: it lost or is taken back, and with it everything that was built on it. */
    public ChainBatch removeState(BlockRef block) {
        chain.stateRecord(block).ifPresent(record -> {
            for (long address = record.first(); address < record.next(); address++) {
                batch.delete(Column.STATE, ChainStore.addressKey(address));
            }
            batch.delete(Column.STATES, ChainStore.blockKey(block));
        });
        return this;
    }

    /** Deletes the rows of a final state, the oldest there is, that the next one does without. */
    ChainBatch removeReplaced(BlockRef oldest, BlockRef next) {
        long[] replaced = chain.stateRecord(next)
                .orElseThrow(() -> new StoreFailure("the database lacks the record of the state of block " + next))
                .replaced();
        Arrays.sort(replaced);
        for (long address : replaced) {
            batch.delete(Column.STATE, ChainStore.addressKey(address));
        }
        batch.delete(Column.STATES, ChainStore.blockKey(oldest));
        return this;
    }

    /** Notes that something of a block that lost is to be deleted one day. */
    public ChainBatch lost(LostBlock.Part part, LostBlock lost) {
        batch.put(Column.LOST, ChainStore.lostKey(part, lost.block()), ChainStore.numberKey(lost.base()));
        return this;
    }

    ChainBatch noLost(LostBlock.Part part, BlockRef block) {
        batch.delete(Column.LOST, ChainStore.lostKey(part, block));
        return this;
    }

    /** All final states below a height are gone. */
    ChainBatch statesFrom(long number) {
        batch.put(Column.META, ChainStore.STATES_FROM, ChainStore.numberKey(number));
        return this;
    }

    /** All bodies of final blocks below a height are gone. */
    ChainBatch bodiesFrom(long number) {
        batch.put(Column.META, ChainStore.BODIES_FROM, ChainStore.numberKey(number));
        return this;
    }

    ChainBatch modes(PruningMode states, PruningMode blocks) {
        batch.put(Column.META, ChainStore.STATE_PRUNING, Bytes.ascii(states.text()).toArray());
        batch.put(Column.META, ChainStore.BLOCKS_PRUNING, Bytes.ascii(blocks.text()).toArray());
        return this;
    }

    public void write(KeyValueStore.Durability durability) {
        store.write(batch, durability);
    }
}
