package io.vilokanam.pallets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.system.SystemCall;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.SigningPayload;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.SeededTest;
import io.vilokanam.testkit.StockJudge;
import io.vilokanam.testkit.Vectors;

/** Random calls do to the state what they do in the stock runtime: same results, same events, same keys, same roots. */
class StockRuntimeTest {

    private static final int BLOCKS = 6;
    private static final int EXTRINSICS = 12;
    /** The innermost call is no level of its own, so 256 levels hold 257 calls. */
    private static final int NESTED_CALLS_MAX = 257;
    private static final long FIRST_SLOT = 900_000_000L;
    private static final long SLOT_MILLIS = 2_000;

    private static StockJudge judge;

    private final EightPallets runtime = new EightPallets();
    private final List<KeyPair> keys = new ArrayList<>();

    @BeforeAll
    static void startTheJudge() throws IOException {
        judge = StockJudge.atGenesisOf("dev.raw.json");
    }

    @AfterAll
    static void endTheJudge() {
        Optional.ofNullable(judge).ifPresent(StockJudge::close);
    }

    StockRuntimeTest() throws KeyException {
        for (String uri : List.of("//Alice", "//Alice", "//Alice", "//Bob", "//Charlie")) {
            keys.add(SecretUri.keyPair(Scheme.SR25519, uri));
        }
        Refchain.json("dev.raw.json").get("genesis").get("raw").get("top").properties().forEach(
                entry -> runtime.ext.put(Bytes.fromHex(entry.getKey()).view(), Vectors.bytes(entry.getValue())));
    }

    @SeededTest(runs = 25)
    void randomCallsEndAsInTheStockRuntime(long seed) throws ScaleException {
        judge.reset();
        Random random = new Random(seed);
        var calls = new RandomCalls(runtime, random, keys.stream().map(key -> AccountId.wrap(key.publicKey())).distinct().toList());
        Hash parent = Hash.ZERO;
        for (int number = 1; number <= BLOCKS; number++) {
            List<RuntimeCall> made = new ArrayList<>();
            parent = block(number, parent, () -> {
                RuntimeCall call = calls.next();
                made.add(call);
                return signed(call, keys.get(random.nextInt(keys.size())));
            }, made);
        }
    }

    @Test
    void callsNestAsDeepAsInTheStockRuntime() throws ScaleException {
        judge.reset();
        List<RuntimeCall> made = new ArrayList<>();
        int[] depths = {1, 2, 100, 128, 200, 251, 252, 253, 254, 255, 256, NESTED_CALLS_MAX};
        Iterator<Integer> depth = Arrays.stream(depths).iterator();
        block(1, Hash.ZERO, () -> {
            made.add(nested(depth.next()));
            return signed(made.getLast(), keys.getFirst());
        }, made);
        byte[] tooDeep = signed(nested(NESTED_CALLS_MAX + 1), keys.getFirst());
        assertTrue(judge.tryCall("BlockBuilder_apply_extrinsic", tooDeep).isEmpty());
        assertThrows(ScaleException.class, () -> runtime.executive.format().decodeAll(tooDeep));
    }

    private RuntimeCall nested(int depth) {
        RuntimeCall call = runtime.scope.call(runtime.system, new SystemCall.RemarkWithEvent(Bytes.EMPTY));
        for (int i = depth; i > 1; i--) {
            call = runtime.scope.call(runtime.utility, i % 2 == 0 ? new Utility.Call.Batch(List.of(call))
                    : new Utility.Call.ForceBatch(List.of(call)));
        }
        return call;
    }

    private interface Extrinsics {
        byte[] next() throws ScaleException;
    }

    private Hash block(int number, Hash parent, Extrinsics extrinsics, List<RuntimeCall> made) throws ScaleException {
        long slot = FIRST_SLOT + number;
        Header start = new Header(parent, number, Hash.ZERO, Hash.ZERO, new Digest(List.of(
                new DigestItem.PreRuntime(Bytes.ascii("aura"), new ScaleOutput().u64(slot).toBytes()))));
        runtime.ext.commitBlock();
        runtime.executive.initialiseBlock(runtime.ext, start);
        judge.call("Core_initialize_block", Header.CODEC.encode(start)).orElseThrow();
        applyToBoth(new ScaleOutput().bytes(new ScaleOutput().u8(5).u8(1).u8(0).compact(slot * SLOT_MILLIS).toByteArray())
                .toByteArray(), made);
        for (int i = 0; i < EXTRINSICS; i++) {
            applyToBoth(extrinsics.next(), made);
        }
        Header ours = runtime.executive.finaliseBlock(runtime.ext);
        byte[] stock = judge.call("BlockBuilder_finalize_block", new byte[0]).orElseThrow();
        compareChanges(made);
        assertEquals(Bytes.hex(stock), Bytes.hex(Header.CODEC.encode(ours)));
        return Hash.wrap(Blake2b.hash256(stock));
    }

    /** A block's author takes back what an extrinsic wrote that may not stand in the block. */
    private void applyToBoth(byte[] extrinsic, List<RuntimeCall> made) throws ScaleException {
        runtime.ext.startTransaction();
        var result = runtime.executive.applyExtrinsic(runtime.ext, runtime.executive.format().decodeAll(extrinsic));
        if (result.isOk()) {
            runtime.ext.commitTransaction();
        } else {
            runtime.ext.rollbackTransaction();
        }
        byte[] stock = judge.tryCall("BlockBuilder_apply_extrinsic", extrinsic).orElseThrow();
        if (stock[0] == 0) {
            judge.call("BlockBuilder_apply_extrinsic", extrinsic).orElseThrow();
        }
        assertEquals(Bytes.hex(stock), Bytes.hex(ApplyResult.CODEC.encode(result)), () -> made.getLast().toString());
        compareChanges(made.subList(Math.max(0, made.size() - 1), made.size()));
    }

    /** What the stock runtime wrote must be in our state; what we wrote beyond that shows in the state root. */
    private void compareChanges(List<RuntimeCall> made) {
        Map<String, String> stock = judge.changes();
        Map<String, String> ours = new TreeMap<>();
        stock.keySet().forEach(key -> ours.put(key, runtime.ext.get(Bytes.fromHex(key).view()).map(Bytes::hex).orElse("deleted")));
        assertEquals(stock, ours, () -> "after " + made);
    }

    private byte[] signed(RuntimeCall call, KeyPair key) {
        byte[] encodedCall = runtime.scope.codec().encode(call);
        AccountId who = AccountId.wrap(key.publicKey());
        byte[] extensions = new ScaleOutput().u8(0).compact(runtime.system.accounts().nonce(runtime.ext, who)).compact(0)
                .u8(0).toByteArray();
        byte[] genesis = Hash.ZERO.toArray();
        byte[] implied = new ScaleOutput().u32(100).u32(1).raw(genesis).raw(genesis).u8(0).toByteArray();
        byte[] signature = key.sign(new SigningPayload(encodedCall, extensions, implied).message(Blake2b::hash256));
        return new ScaleOutput().bytes(new ScaleOutput().u8(0x84).u8(0).raw(key.publicKey()).u8(1).raw(signature)
                .raw(extensions).raw(encodedCall).toByteArray()).toByteArray();
    }
}
