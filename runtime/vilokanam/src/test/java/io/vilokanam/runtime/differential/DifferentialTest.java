package io.vilokanam.runtime.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.api.StateVersion;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.runtime.RecordedGenesis;
import io.vilokanam.runtime.VilokanamRuntime;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.SeededTest;

/**
 * Random blocks through the stock runtime and through ours: every apply result, every header, every storage change must be
 * the same. Needs the stock node ({@code REFCHAIN_NODE}); {@code -Dvilokanam.differential.blocks=N} makes a run longer.
 */
class DifferentialTest {

    private static final int BLOCKS = Integer.getInteger("vilokanam.differential.blocks", 12);
    private static final int EXTRINSICS_MAX = 12;
    private static final long SLOT_MILLIS = 2_000;
    private static final long FIRST_SLOT = 900_000_000;

    private final VilokanamRuntime runtime = VilokanamRuntime.all(new HostHashing()).getFirst();

    @TempDir
    Path folder;

    @SeededTest(runs = 8)
    void randomBlocksComeToTheSameUnderTheStockRuntime(long seed) throws Exception {
        try (Judge judge = Judge.at("dev.raw.json", folder)) {
            new Run(judge, seed).blocks();
        }
    }

    /** One chain from genesis on. */
    private final class Run {

        private final Judge judge;
        private final SplittableRandom random;
        private final RandomSigner signer;
        private final RandomCalls calls;
        private final List<Hash> hashes = new ArrayList<>();
        private ChainState state = RecordedGenesis.state("dev.raw.json");
        private StorageOverlay overlay;
        private HostExternalities ext;

        Run(Judge judge, long seed) throws Exception {
            this.judge = judge;
            this.random = new SplittableRandom(seed);
            this.signer = new RandomSigner(random);
            this.calls = new RandomCalls(random, runtime.pallets(), signer.ids());
            hashes.add(RecordedGenesis.hash("dev.raw.json"));
        }

        void blocks() throws Exception {
            judge.changes();
            for (int number = 1; number <= BLOCKS; number++) {
                block(number);
            }
        }

        private void block(long number) throws Exception {
            overlay = new StorageOverlay(state, StateVersion.V1);
            ext = new HostExternalities(overlay, HostServices
                    .onChain(SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));
            long slot = FIRST_SLOT + number;
            DigestItem preRuntime = new DigestItem.PreRuntime(DigestItem.AURA, new ScaleOutput().u64(slot).toBytes());
            Header start = new Header(hashes.getLast(), number, Hash.ZERO, Hash.ZERO, new Digest(List.of(preRuntime)));
            both("Core_initialize_block", Header.CODEC.encode(start), number);
            both("BlockBuilder_apply_extrinsic", timestamp(slot), number);
            int count = random.nextInt(EXTRINSICS_MAX + 1);
            for (int i = 0; i < count; i++) {
                both("BlockBuilder_apply_extrinsic", extrinsic(number), number);
            }
            byte[] header = both("BlockBuilder_finalize_block", new byte[0], number);
            state = overlay.after();
            assertEquals(judge.root(), Hex.encode(state.root()), "root of block " + number);
            hashes.add(Hash.wrap(ext.blake2b256(header)));
        }

        private byte[] timestamp(long slot) {
            byte[] call = new ScaleOutput().u8(5).u8(1).u8(0).compact(slot * SLOT_MILLIS).toByteArray();
            return new ScaleOutput().bytes(call).toByteArray();
        }

        private byte[] extrinsic(long number) throws RuntimeTrap, IOException, io.vilokanam.scale.ScaleException {
            RandomSigner.Account account = signer.next();
            byte[] call = runtime.pallets().runtime().codec().encode(calls.next());
            long nonce = Codecs.U32.decodeAll(runtime.call("AccountNonceApi_account_nonce",
                    AccountId.CODEC.encode(account.id()), ext));
            return signer.sign(account, call, nonce, number, hashes.getFirst(), hashes);
        }

        /** What the stock runtime wrote in its last call must stand in our state too. */
        private void assertSameState(String context) throws IOException {
            SortedMap<Bytes, String> differences = new TreeMap<>();
            judge.changes().forEach((key, value) -> {
                Optional<Bytes> ours = ext.get(key.toArray()).map(Bytes::wrap);
                if (!ours.equals(value)) {
                    differences.put(key, "stock " + value + ", ours " + ours);
                }
            });
            assertEquals("{}", differences.toString(), context);
        }

        /**
         * Calls both runtimes; a panic of one must be a panic of the other. As a block's author does, both keep nothing of a
         * call that panicked and of an extrinsic that may not stand in the block.
         */
        private byte[] both(String method, byte[] data, long number) throws IOException {
            String context = "block " + number + " " + method + " " + Hex.encode(data);
            Judge.Answer theirs = judge.call(method, data, false);
            overlay.startTransaction();
            try {
                byte[] ours = runtime.call(method, data, ext);
                if (method.endsWith("apply_extrinsic") && ours[0] == 1) {
                    overlay.rollbackTransaction();
                } else {
                    overlay.commitTransaction();
                    judge.call(method, data, true);
                    // What was written comes first: it tells more than a root.
                    assertSameState(context);
                }
                assertEquals(theirs, new Judge.Answer.Result(Bytes.wrap(ours)), context);
                return ours;
            } catch (RuntimeTrap trap) {
                overlay.rollbackTo(0);
                assertEquals(Judge.Answer.Panic.class, theirs.getClass(),
                        context + ": ours " + trap.getMessage() + ", theirs " + theirs);
                return new byte[0];
            }
        }
    }
}
