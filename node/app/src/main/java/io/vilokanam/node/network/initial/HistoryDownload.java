package io.vilokanam.node.network.initial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.network.sync.BlockPart;
import io.vilokanam.node.network.sync.BlockRequest;
import io.vilokanam.node.storage.ChainBatch;
import io.vilokanam.node.storage.KeyValueStore.Durability;
import io.vilokanam.node.storage.StoreFailure;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.trie.OrderedTrie;
import io.vilokanam.trie.TrieLayout;

/**
 * Downloads the blocks between genesis and the one that a chain began with, downwards, each checked by the hash that the block
 * above it names: nothing needs to be believed or executed. Goes on after a restart where it stood.
 */
public final class HistoryDownload {

    /** The lowest block that is to be downloaded; nothing when all are there. */
    private static final byte[] KEY = Bytes.ascii("vilokanam_missing_history").toArray();

    /** How long a fruitless request is slept over. */
    private static final long PAUSE_MILLIS = 2_000;

    private static final int PARTS = BlockRequest.HEADER | BlockRequest.BODY;

    private final Chain chain;
    private final PeerRequests peers;
    private final int blocksMax;

    /** @param blocksMax how many blocks one request asks for */
    public HistoryDownload(Chain chain, PeerRequests peers, int blocksMax) {
        this.chain = chain;
        this.peers = peers;
        this.blocksMax = blocksMax;
    }

    /** Notes that this block and all below it are missing. */
    static void begin(BlockRef highest, ChainBatch batch) {
        batch.auxiliary(KEY, highest.number() == 0 ? Optional.empty() : Optional.of(BlockRef.CODEC.encode(highest)));
    }

    /** The highest block that is missing; none where the chain is whole. */
    public Optional<BlockRef> missing() {
        return chain.store().auxiliary(KEY).map(stored -> {
            try {
                return BlockRef.CODEC.decodeAll(stored);
            } catch (ScaleException e) {
                throw new StoreFailure("the database is damaged: the missing history does not decode", e);
            }
        });
    }

    /** Returns when nothing is missing. */
    public void run() throws InterruptedException {
        for (Optional<BlockRef> next = missing(); next.isPresent(); next = missing()) {
            BlockRequest request = BlockRequest.of(PARTS, new BlockRequest.From.ByHash(next.get().hash()),
                    BlockRequest.Direction.DESCENDING, blocksMax);
            Optional<PeerRequests.Answer> answer = peers.ask(PeerRequests.Kind.BLOCKS, request.encode(),
                    next.get().number());
            List<BlockPart> whole = List.of();
            if (answer.isPresent()) {
                try {
                    whole = whole(BlockPart.decodeAll(answer.get().content(), blocksMax), next.get());
                } catch (ProtobufException malformed) {
                    peers.reportBad(answer.get().peer());
                }
            }
            if (whole.isEmpty()) {
                Thread.sleep(PAUSE_MILLIS);
            } else {
                write(whole, next.get());
            }
        }
    }

    /** Those that lead downwards from the wanted one. */
    private static List<BlockPart> whole(List<BlockPart> parts, BlockRef first) {
        List<BlockPart> whole = new ArrayList<>();
        BlockRef wanted = first;
        for (BlockPart part : parts) {
            if (wanted.number() == 0 || !isWhole(part, wanted)) {
                break;
            }
            whole.add(part);
            Header header = part.header().orElseThrow(() -> new IllegalStateException("looked at before"));
            wanted = new BlockRef(header.parentHash(), header.number() - 1);
        }
        return whole;
    }

    private void write(List<BlockPart> parts, BlockRef first) {
        ChainBatch batch = chain.store().batch();
        BlockRef block = first;
        for (BlockPart part : parts) {
            Header header = part.header().orElseThrow(() -> new IllegalStateException("looked at before"));
            if (chain.pruner().keepsBody(block.number())) {
                batch.block(block.hash(), header, part.body());
            } else {
                batch.header(block.hash(), header);
            }
            batch.canonical(block.number(), block.hash());
            block = new BlockRef(header.parentHash(), header.number() - 1);
        }
        begin(block, batch);
        batch.write(Durability.PROCESS);
    }

    /** Whether it is this block, with a body that is its own. */
    static boolean isWhole(BlockPart part, BlockRef block) {
        Optional<Header> header = part.header();
        return header.isPresent() && BlockRef.of(header.get()).equals(block)
                && (hasRoot(part, TrieLayout.V0, header.get())
                        || hasRoot(part, TrieLayout.V1, header.get()));
    }

    private static boolean hasRoot(BlockPart part, TrieLayout layout, Header header) {
        List<byte[]> wires = part.body().stream().map(content -> new OpaqueExtrinsic(content).wire()).toList();
        return Hash.wrap(OrderedTrie.root(layout, wires)).equals(header.extrinsicsRoot());
    }
}
