package io.vilokanam.node.cli;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.consensus.aura.SlotClock;
import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.benchmark.BlockTimes;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.AuraCalls;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.node.signing.SignedExtrinsic;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/** The chain that is measured on, and what is put into its blocks. */
final class BenchmarkChain {

    private static final int SYSTEM = 0;
    private static final int REMARK = 0;
    private static final int BALANCES = 4;
    private static final int TRANSFER_KEEP_ALIVE = 3;
    private static final int BY_ID = 0;
    private static final long EXISTENTIAL_DEPOSIT = 1_000_000_000L;

    @Option(names = "--warmup", paramLabel = "COUNT", description = "Executions before it is measured. Default: 10.")
    int warmUps = 10;

    @Option(names = "--repeat", paramLabel = "COUNT", description = "Executions that are measured. Default: 100.")
    int repeats = 100;

    @Option(names = "--max-ext-per-block", paramLabel = "COUNT", description = "Extrinsics in a block, at most. Default: as "
            + "many as fit.")
    private Optional<Integer> extrinsicsMax = Optional.empty();

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private ExecutorOptions executor;

    @Mixin
    private SharedOptions shared;

    /** Opens the chain on disk, or in memory for {@code --dev} without a base path. */
    ChainCore open(NodeLog log) throws Exception {
        boolean isInMemory = shared.isDev() && shared.givenBasePath().isEmpty();
        return isInMemory ? OfflineChain.inMemory(shared, database, log) : OfflineChain.open(shared, database, log);
    }

    void startLog() throws Exception {
        shared.startLog();
    }

    int extrinsicsMax() {
        return extrinsicsMax.orElse(Integer.MAX_VALUE);
    }

    /** Blocks on the best one. */
    static BlockTimes times(ChainCore core, ChainState state) throws RuntimeUnavailableException {
        BlockRef best = core.chain().best();
        long slotMillis = AuraCalls.slotDuration(core.executor(), state);
        long parentSlot = core.chain().header(best.hash()).filter(header -> header.number() > 0)
                .flatMap(AuraDigest::slotOf).orElse(0L);
        long slot = Math.max(parentSlot + 1, new SlotClock(slotMillis).slotAt(System.currentTimeMillis()));
        return new BlockTimes(core.executor(), state, best, slot, slot * slotMillis);
    }

    /** Holds the state of the best block. */
    static StateLease lease(ChainCore core) throws RuntimeUnavailableException {
        Hash best = core.chain().best().hash();
        return core.chain().states().lease(best)
                .orElseThrow(() -> new RuntimeUnavailableException(StateLease.missing(best)));
    }

    /** Signed extrinsics of {@code //Alice}, whose first nonce is 0 on a chain that begins. */
    static IntFunction<Bytes> extrinsics(ChainCore core, ChainState state, String pallet,
            String extrinsic)
            throws UsageException, KeyException, RuntimeUnavailableException {
        String name = (pallet + "." + extrinsic).toLowerCase(Locale.ROOT);
        byte[] call = switch (name) {
            case "system.remark" -> new ScaleOutput().u8(SYSTEM).u8(REMARK).bytes(new byte[0]).toByteArray();
            case "balances.transfer_keep_alive" -> {
                byte[] fresh = new byte[32];
                new SecureRandom().nextBytes(fresh);
                yield new ScaleOutput().u8(BALANCES).u8(TRANSFER_KEEP_ALIVE).u8(BY_ID).raw(fresh)
                        .compact(EXISTENTIAL_DEPOSIT).toByteArray();
            }
            default -> throw new UsageException("Unknown pallet or extrinsic. Use --list for a complete list.");
        };
        KeyPair alice = SecretUri.keyPair(Scheme.SR25519, "//Alice");
        RuntimeVersion version = core.executor().version(state);
        long first = NonceCall.of(core.executor(), state, Bytes.wrap(alice.publicKey()));
        return nonce -> SignedExtrinsic.sign(alice, call, new SignedExtrinsic.Terms(version.specVersion(),
                version.transactionVersion(), core.chain().genesis(), Era.IMMORTAL, core.chain().genesis(),
                first + nonce,
                0));
    }
}
