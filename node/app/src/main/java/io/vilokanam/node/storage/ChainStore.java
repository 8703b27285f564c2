package io.vilokanam.node.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.trie.NodeRows;
import io.vilokanam.trie.RowCache;

/**
 * The chain as it is kept: blocks by hash, the canonical chain by number, trie nodes, and where best and finalised stand.
 * Reads may come from any thread; changes are gathered in a {@link ChainBatch} and written as one.
 */
public final class ChainStore {

    /** Raised when the meaning of the stored bytes changes; a store of another version is not opened. */
    static final long LAYOUT_VERSION = 2;

    /** As many auxiliary entries as one scan may give. */
    private static final int SCAN_MAX = 1 << 16;

    /** The tick collector keeps up to a million sessions. */
    private static final int OFFCHAIN_SCAN_MAX = 1 << 20;

    static final byte[] GENESIS = key("genesis");
    static final byte[] BEST = key("best");
    static final byte[] FINALISED = key("finalised");
    static final byte[] LEAVES = key("leaves");
    static final byte[] VERSION = key("version");
    static final byte[] NEXT_ADDRESS = key("next_address");
    static final byte[] STATES_FROM = key("states_from");
    static final byte[] BODIES_FROM = key("bodies_from");
    static final byte[] STATE_PRUNING = key("state_pruning");
    static final byte[] BLOCKS_PRUNING = key("blocks_pruning");

    /** Address 0 means that there is no node. */
    private static final long FIRST_ADDRESS = 1;

    /** As many lost blocks as one look gives. */
    private static final int LOST_MAX = 1 << 10;

    private static final int NUMBER_LENGTH = Integer.BYTES;

    static final Codec<List<Bytes>> BODY = Codecs.vec(Codecs.BYTES);
    static final Codec<List<Justification>> JUSTIFICATIONS = Codecs.vec(Justification.CODEC);
    static final Codec<List<BlockRef>> REFS = Codecs.vec(BlockRef.CODEC);

    private final KeyValueStore store;
    private final RowCache stateRows;
    /** Where the next row of a state goes; only the thread that writes states asks. */
    private long nextAddress;

    /** @throws StoreFailure if the store holds a layout that this node does not know */
    public ChainStore(KeyValueStore store) {
        this.store = store;
        this.stateRows = new RowCache(address -> store.get(Column.STATE, addressKey(address)).orElse(null),
                RowCache.DEFAULT_MAX_BYTES);
        store.get(Column.META, VERSION).ifPresent(version -> {
            long found = decode(Codecs.U32, version, "the version of the layout");
            if (found != LAYOUT_VERSION) {
                throw new StoreFailure("the database has layout version " + found + ", expected " + LAYOUT_VERSION);
            }
        });
        nextAddress = store.get(Column.META, NEXT_ADDRESS).map(bytes -> ByteBuffer.wrap(bytes).getLong())
                .orElse(FIRST_ADDRESS);
    }

    long nextAddress() {
        return nextAddress;
    }

    long takeAddress() {
        return nextAddress++;
    }

    private static byte[] key(String name) {
        return Bytes.ascii(name).toArray();
    }

    /** A batch to gather changes in. */
    public ChainBatch batch() {
        return new ChainBatch(store, this);
    }

    /** The hash of the genesis block; empty in a new store. */
    public Optional<Hash> genesis() {
        return store.get(Column.META, GENESIS).map(Hash::wrap);
    }

    public Optional<BlockRef> best() {
        return ref(BEST);
    }

    public Optional<BlockRef> finalised() {
        return ref(FINALISED);
    }

    private Optional<BlockRef> ref(byte[] name) {
        return store.get(Column.META, name).map(bytes -> decode(BlockRef.CODEC, bytes, "a block reference"));
    }

    /** The blocks without children that were stored at the last shutdown, the finalised one alone where there are none. */
    public List<BlockRef> leaves() {
        return store.get(Column.META, LEAVES).map(bytes -> decode(REFS, bytes, "the list of leaves")).orElse(List.of());
    }

    public Optional<Header> header(Hash block) {
        return store.get(Column.HEADERS, block.bytes().view())
                .map(bytes -> decode(Header.CODEC, bytes, "the header of block " + block));
    }

    public boolean hasHeader(Hash block) {
        return store.contains(Column.HEADERS, block.bytes().view());
    }

    /** The extrinsics of a block, each without its length in front. */
    public Optional<List<Bytes>> body(Hash block) {
        return store.get(Column.BODIES, block.bytes().view())
                .map(bytes -> decode(BODY, bytes, "the body of block " + block));
    }

    public Optional<List<Justification>> justifications(Hash block) {
        return store.get(Column.JUSTIFICATIONS, block.bytes().view())
                .map(bytes -> decode(JUSTIFICATIONS, bytes, "the justifications of block " + block));
    }

    /** The block of the best chain at a height. */
    public Optional<Hash> canonicalHash(long number) {
        if (number < 0 || number > 0xffff_ffffL) {
            return Optional.empty();
        }
        return store.get(Column.CANONICAL, numberKey(number)).map(Hash::wrap);
    }

    static byte[] numberKey(long number) {
        return new byte[]{(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    /** A value that a consensus engine keeps. */
    public Optional<byte[]> auxiliary(byte[] key) {
        return store.get(Column.AUXILIARY, key);
    }

    public Optional<byte[]> offchain(byte[] key) {
        return store.get(Column.OFFCHAIN, key);
    }

    /** All values of off-chain workers whose key begins with {@code prefix}, in order of the keys. */
    public List<KeyValueStore.Entry> offchains(byte[] prefix) {
        return store.scan(Column.OFFCHAIN, prefix, OFFCHAIN_SCAN_MAX);
    }

    /** The trie nodes of all states that are stored; those that were read or written last are in memory. */
    public NodeRows stateRows() {
        return stateRows;
    }

    /** Notes a trie node that is about to be written: the blocks behind this one will ask for it. */
    void keepStateRow(long address, byte[] row) {
        stateRows.keep(address, row);
    }

    /** Where a block's state lies; empty where it is not stored. */
    public Optional<ChainState.Place> statePlace(BlockRef block) {
        return store.get(Column.STATES, blockKey(block)).map(StateRecord::placeOf);
    }

    Optional<StateRecord> stateRecord(BlockRef block) {
        return store.get(Column.STATES, blockKey(block)).map(StateRecord::decode);
    }

    /** The lowest height, from the given one on, at which a block's state is stored. */
    Optional<Long> firstState(long from) {
        return store.first(Column.STATES, numberKey(from)).map(entry -> number(entry.key(), 0));
    }

    /** Whether something of a block is to be deleted because it lost. */
    public boolean isLost(LostBlock.Part part, BlockRef block) {
        return store.contains(Column.LOST, lostKey(part, block));
    }

    /** Some blocks of which something is to be deleted because they lost, the lowest first. */
    List<LostBlock> lost(LostBlock.Part part) {
        return store.scan(Column.LOST, new byte[]{(byte) part.ordinal()}, LOST_MAX).stream()
                .map(entry -> new LostBlock(
                        new BlockRef(new Hash(Bytes.copyOf(Arrays.copyOfRange(entry.key(), 1 + NUMBER_LENGTH,
                                entry.key().length))), number(entry.key(), 1)),
                        number(entry.value(), 0)))
                .toList();
    }

    /** All final states below this height are gone. */
    long statesFrom() {
        return store.get(Column.META, STATES_FROM).map(bytes -> number(bytes, 0)).orElse(0L);
    }

    /** All bodies of final blocks below this height are gone. */
    long bodiesFrom() {
        return store.get(Column.META, BODIES_FROM).map(bytes -> number(bytes, 0)).orElse(0L);
    }

    /** How states were pruned when the store was last opened. */
    public Optional<PruningMode> statePruning() {
        return mode(STATE_PRUNING);
    }

    /** How blocks were pruned when the store was last opened. */
    public Optional<PruningMode> blocksPruning() {
        return mode(BLOCKS_PRUNING);
    }

    /** Writes down how states and blocks are pruned from now on, where that is news. */
    public void noteModes(PruningMode states, PruningMode blocks) {
        if (!statePruning().equals(Optional.of(states)) || !blocksPruning().equals(Optional.of(blocks))) {
            batch().modes(states, blocks).write(KeyValueStore.Durability.PROCESS);
        }
    }

    private Optional<PruningMode> mode(byte[] name) {
        return store.get(Column.META, name).map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .map(text -> PruningMode.parse(text).orElseThrow(
                        () -> new StoreFailure("the database is damaged: it names the pruning mode " + text)));
    }

    static byte[] addressKey(long address) {
        return ByteBuffer.allocate(Long.BYTES).putLong(address).array();
    }

    static byte[] blockKey(BlockRef block) {
        return ByteBuffer.allocate(NUMBER_LENGTH + Hash.SIZE).put(numberKey(block.number()))
                .put(block.hash().bytes().view()).array();
    }

    static byte[] lostKey(LostBlock.Part part, BlockRef block) {
        return ByteBuffer.allocate(1 + NUMBER_LENGTH + Hash.SIZE).put((byte) part.ordinal()).put(blockKey(block))
                .array();
    }

    private static long number(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getInt(offset) & 0xffff_ffffL;
    }

    /** Bytes of memory that hold what was read from disk. */
    public long cacheBytes() {
        return store.cacheBytes();
    }

    /** Bytes of memory that hold what was written and is not on disk, or never will be. */
    public long unwrittenBytes() {
        return store.unwrittenBytes();
    }

    public void close() {
        store.close();
    }

    private static <T> T decode(Codec<T> codec, byte[] bytes, String what) {
        try {
            return codec.decodeAll(bytes);
        } catch (ScaleException e) {
            throw new StoreFailure("the database is damaged: " + what + " does not decode: " + e.getMessage(), e);
        }
    }
}
