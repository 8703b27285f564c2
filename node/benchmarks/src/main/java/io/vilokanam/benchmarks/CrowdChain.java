package io.vilokanam.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Twox;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.chainspec.ChainSpecJson;
import io.vilokanam.node.chainspec.Genesis;
import io.vilokanam.node.chainspec.GenesisBlock;
import io.vilokanam.node.chainspec.GenesisResolver;
import io.vilokanam.node.chainspec.OwnChains;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Keeping;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.node.service.NativeCompositions;
import io.vilokanam.node.service.Platform;
import io.vilokanam.node.signing.SignedExtrinsic;
import io.vilokanam.node.storage.RocksDbStore;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/**
 * Makes a development chain on disk on which the sessions of a {@link Crowd} are open: ordinary blocks of //Alice's in the past, in
 * which the sudo account creates streams, registers settlement keys, fills the pot and writes the sessions as the pallet would
 * ({@code System.set_storage}), since a million viewers would need half an hour of blocks to open them.
 */
final class CrowdChain implements AutoCloseable {

    /** Keys of the node that settle: it may send as many batches a block. */
    static final int SETTLEMENT_KEYS = 8;

    private static final int SESSIONS_A_BLOCK = 8_000;
    private static final int FINAL_EVERY = 8;
    private static final long CACHE_BYTES = 256L << 20;
    private static final int SYSTEM = 0;
    private static final int BALANCES = 4;
    private static final int SUDO = 6;
    private static final int TICK_STREAM = 20;
    private static final String PALLET = "TickStream";
    private static final long EXISTENTIAL_DEPOSIT = 1_000_000_000L;

    private final ChainCore core;
    private final AliceBlocks blocks;
    private final RuntimeVersion version;
    private long slot;
    private long nonce;

    private CrowdChain(ChainCore core, long firstSlot)
            throws KeyException, RuntimeUnavailableException, RuntimeTrap, ScaleException {
        this.core = core;
        this.slot = firstSlot;
        this.blocks = new AliceBlocks(core);
        this.version = RuntimeVersion.CODEC
                .decodeAll(core.executor().call(blocks.bestState(), "Core_version", new byte[0]));
    }

    /**
     * Makes the chain, its keystore and its spec.
     *
     * @param base the node's base path
     * @param spec where to write the chain spec
     * @param streams how many streams the sessions are of
     */
    static void make(Path base, Path spec, Crowd crowd, int sessions, int streams)
            throws IOException, ChainSpecException,
            KeyException, RuntimeUnavailableException, RuntimeTrap, ScaleException, KeystoreException {
        NativeCompositions compositions = new NativeCompositions();
        GenesisResolver resolver = new GenesisResolver(compositions.runtimes());
        ChainSpec named = OwnChains.development(compositions.newestCode(), resolver);
        ChainSpec raw = named.withGenesis(resolver.resolve(named.genesis()));
        Files.writeString(spec, ChainSpecJson.write(raw));
        Path folder = Files.createDirectories(base.resolve("chains").resolve(raw.id()));
        Path database = Files.createDirectories(folder.resolve("db").resolve("full"));
        Keystore keys = Keystore.inFolder(folder.resolve("keystore"), Optional.empty(), new SecureRandom());
        int blocks = 2 + sessions / SESSIONS_A_BLOCK;
        Platform platform = new Platform(Clock.systemUTC(), () -> 0, new SplittableRandom(1));
        ChainCore.Setup setup = new ChainCore.Setup(new RocksDbStore(database, CACHE_BYTES),
                Keeping.onDisk(Optional.empty(), Optional.empty()),
                GenesisBlock.of((Genesis.Raw) raw.genesis()), compositions.runtimes(), platform, (_, _) -> {}, _ -> {});
        try (CrowdChain chain = new CrowdChain(ChainCore.open(setup),
                System.currentTimeMillis() / AliceBlocks.SLOT_MILLIS - blocks - 10)) {
            chain.prepare(keys, streams, crowd, sessions);
            for (int first = 0; first < sessions; first += SESSIONS_A_BLOCK) {
                chain.block(
                        List.of(chain.sudo(set(crowd, first, Math.min(sessions, first + SESSIONS_A_BLOCK), sessions))));
            }
            chain.blocks.prove();
        }
    }

    private void prepare(Keystore keys, int streams, Crowd crowd, int sessions) throws KeyException, KeystoreException,
            RuntimeUnavailableException, RuntimeTrap, ScaleException {
        List<Bytes> extrinsics = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            extrinsics.add(signed(new ScaleOutput().u8(TICK_STREAM).u8(0).compact(Crowd.RATE).compact(0).compact(0)
                    .string("stream " + i).toByteArray()));
        }
        for (int i = 1; i < SETTLEMENT_KEYS; i++) {
            String uri = "//Alice//tick//" + i;
            Bytes key = Bytes.wrap(SecretUri.keyPair(Scheme.SR25519, uri).publicKey());
            keys.insert(KeyTypeId.TICK, uri, key);
            extrinsics.add(sudo(new ScaleOutput().u8(TICK_STREAM).u8(9).raw(key.view()).bool(true).toByteArray()));
        }
        ScaleOutput fill = new ScaleOutput().u8(BALANCES).u8(8);
        MultiAddress.CODEC.encode(MultiAddress.of(pot()), fill);
        U128 sum = Crowd.deposit(crowd.ticks()).times(U128.of(sessions)).plus(U128.of(EXISTENTIAL_DEPOSIT));
        extrinsics.add(sudo(fill.compact(sum).toByteArray()));
        block(extrinsics);
    }

    private static AccountId pot() {
        byte[] bytes = new byte[AccountId.SIZE];
        byte[] name = Bytes.ascii("modlvlk/tick").view();
        System.arraycopy(name, 0, bytes, 0, name.length);
        return AccountId.wrap(bytes);
    }

    /** The call that writes some sessions: themselves, that of each viewer, and the queue of what expires. */
    private static byte[] set(Crowd crowd, int first, int end, int sessions) {
        long expiresAt = Crowd.LIMITS.expiryBlocks();
        ScaleOutput call = new ScaleOutput(1 << 22).u8(SYSTEM).u8(4).compact(3L * (end - first) + 1);
        call.bytes(key(PALLET, "NextSession")).bytes(new ScaleOutput().u64(sessions).toByteArray());
        for (long id = first; id < end; id++) {
            byte[] number = new ScaleOutput().u64(id).toByteArray();
            byte[] stream = new ScaleOutput().u64(crowd.stream(id)).toByteArray();
            byte[] viewer = crowd.viewer(id).bytes().toArray();
            byte[] expiry = new ScaleOutput().u32(expiresAt).toByteArray();
            call.bytes(key(PALLET, "Sessions", Twox.hash64(number), number))
                    .bytes(Session.CODEC.encode(crowd.open(id, expiresAt)));
            call.bytes(key(PALLET, "SessionOf", Blake2b.hash128(viewer), viewer, Twox.hash64(stream), stream))
                    .bytes(number);
            call.bytes(key(PALLET, "Due", Twox.hash64(expiry), expiry, Twox.hash64(number), number)).bytes(new byte[0]);
        }
        return call.toByteArray();
    }

    /** The key of a storage entry; {@code parts}: what its map's hashers make of its own keys. */
    static byte[] key(String pallet, String item, byte[]... parts) {
        ScaleOutput key = new ScaleOutput(128).raw(Twox.hash128(Bytes.ascii(pallet).view()))
                .raw(Twox.hash128(Bytes.ascii(item).view()));
        for (byte[] part : parts) {
            key.raw(part);
        }
        return key.toByteArray();
    }

    /** As root, and at no weight: this is how the chain came to be, not what is measured. */
    private Bytes sudo(byte[] call) {
        return signed(new ScaleOutput(call.length + 8).u8(SUDO).u8(1).raw(call).compact(0).compact(0).toByteArray());
    }

    private Bytes signed(byte[] call) {
        Hash genesis = core.chain().genesis();
        return SignedExtrinsic.sign(blocks.aura(), call, new SignedExtrinsic.Terms(version.specVersion(),
                version.transactionVersion(), genesis, new Era.Immortal(), genesis, nonce++, 0));
    }

    private void block(List<Bytes> extrinsics) throws RuntimeUnavailableException, RuntimeTrap, ScaleException {
        slot++;
        if (blocks.make(slot, extrinsics).number() % FINAL_EVERY == 0) {
            blocks.prove();
        }
    }

    @Override
    public void close() {
        core.close();
    }
}
