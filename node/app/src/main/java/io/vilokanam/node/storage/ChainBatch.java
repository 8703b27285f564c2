package io.vilokanam.node.storage;

import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.trie.NodeSink;

/** Changes to the chain that are written together or not at all. Not thread-safe, written once. */
public final class ChainBatch {

    private final KeyValueStore store;
    private final WriteBatch batch = new WriteBatch();

    ChainBatch(KeyValueStore store) {
        this.store = store;
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
        batch.put(Column.HEADERS, hash.toArray(), Header.CODEC.encode(header));
        batch.put(Column.BODIES, hash.toArray(), ChainStore.BODY.encode(body));
        return this;
    }

    public ChainBatch justifications(Hash block, List<Justification> justifications) {
        batch.put(Column.JUSTIFICATIONS, block.toArray(), ChainStore.JUSTIFICATIONS.encode(justifications));
        return this;
    }

    /** Forgets a block that lost against the finalised chain. */
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

    /** Takes the nodes of a state that this batch stores. */
    public NodeSink stateNodes() {
        return new NodeSink() {
            @Override
            public void node(byte[] hash, byte[] encoded) {
                batch.put(Column.STATE, hash, encoded);
            }

            @Override
            public void value(byte[] hash, byte[] value) {
                batch.put(Column.STATE, hash, value);
            }
        };
    }

    public void write(KeyValueStore.Durability durability) {
        store.write(batch, durability);
    }
}
