package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.api.StateVersion;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.extrinsic.SignatureCheck;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.extrinsic.Preamble;
import io.vilokanam.primitives.extrinsic.SigningPayload;
import io.vilokanam.primitives.fee.FeeDetails;
import io.vilokanam.primitives.fee.InclusionFee;
import io.vilokanam.primitives.fee.RuntimeDispatchInfo;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.Vectors;
import io.vilokanam.trie.TrieLayout;

/**
 * What runtimes of other builds answered, as far as composition 100 must agree: a template of 2024 with the same pallets 0 to
 * 6, and one of 2026. They weigh calls otherwise, and their extrinsics lack the byte of {@code CheckMetadataHash}: it is put in
 * where nothing is signed over it. What is signed is taken apart, its call read, its signature checked as a runtime does.
 */
class RuntimeVectorsTest {

    /** Era, nonce and tip of an immortal extrinsic without either. */
    private static final int EXTENSION_BYTES = 3;
    /** The runtime of 2024 knows no extrinsics of version 5. */
    private static final String TOO_NEW = "runtime_api/validate/0024";
    /** stable2503 does not look at the version of the extensions. */
    private static final String ANY_VERSION = "runtime_2026/preamble/0004";

    private final VilokanamRuntime runtime = NativeRuntimes.ofVersion(100);
    private final Codec<RuntimeCall> calls = runtime.pallets().runtime().codec();
    private final Externalities ext = new HostExternalities(new StorageOverlay(genesis(), StateVersion.V1),
            HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));
    private final byte[] genesisHash = Vectors.bytes(chain().get("genesis_hash"));

    private static JsonNode chain() {
        return Vectors.family("genesis_state").group("genesis").valueStream()
                .filter(each -> each.get("name").asText().equals("dev-chain-of-runtime_blocks")).findFirst()
                .orElseThrow();
    }

    private static ChainState genesis() {
        SortedMap<byte[], byte[]> top = new TreeMap<>(Bytes::compare);
        chain().get("entries_without_code")
                .forEach(pair -> top.put(Vectors.bytes(pair.get(0)), Vectors.bytes(pair.get(1))));
        return ChainState.empty().apply(TrieLayout.V1, top, new TreeMap<>());
    }

    @TestFactory
    Stream<DynamicNode> answersOfARuntimeOf2024() {
        return Vectors.family("runtime_api").tests(Map.of("api", this::api, "validate", this::validate,
                "signature_path", this::signaturePath, "fees", this::fees));
    }

    @TestFactory
    Stream<DynamicNode> extrinsicsOfARuntimeOf2024() {
        return Vectors.family("runtime_blocks").tests(Map.of("block", this::block));
    }

    @TestFactory
    Stream<DynamicNode> preamblesUnderARuntimeOf2026() {
        return Vectors.family("runtime_2026").tests(Map.of("preamble", this::preamble), Set.of("extrinsics_root"));
    }

    private byte[] call(String method, byte[] arguments) throws RuntimeTrap {
        return runtime.call(method, arguments, ext);
    }

    /** Asked of composition 100 over the same state. */
    private void api(JsonNode vector) throws Exception {
        byte[] result = Vectors.bytes(vector.get("result"));
        byte[] ours = call(vector.get("call").asText(), Vectors.bytes(vector.get("args")));
        switch (vector.get("id").asText()) {
            case "runtime_api/api/0000" -> { // another runtime's version is only read
                RuntimeVersion version = RuntimeVersion.CODEC.decodeAll(result);
                assertArrayEquals(result, RuntimeVersion.CODEC.encode(version));
                assertEquals(vector.get("decoded").get("specName").asText(), version.specName());
                assertEquals(vector.get("decoded").get("apis").size(), version.apis().size());
            }
            case "runtime_api/api/0002" -> { // our slots are shorter
                assertEquals(6_000, Codecs.U64.decodeAll(result));
                assertEquals(2_000, Codecs.U64.decodeAll(ours));
            }
            case "runtime_api/api/0024" -> { // nothing costs more than a block, and our blocks are half as heavy
                assertEquals(2_000_000_000_000L, Codecs.U128.decodeAll(result).low());
                assertEquals(1_000_000_000_000L, Codecs.U128.decodeAll(ours).low());
            }
            case "runtime_api/api/0034" -> { // stable2503 writes inherents as version 5
                assertEquals(4, result[2]);
                result[2] = 5;
                assertArrayEquals(result, ours);
            }
            case String _ -> assertArrayEquals(result, ours);
        }
    }

    /** A signed extrinsic in its parts; the extensions of 2024 are era, nonce and tip. */
    private record Parts(MultiAddress address, MultiSignature signature, byte[] extensions, byte[] call) {}

    private Parts parts(byte[] wire) throws ScaleException {
        OpaqueExtrinsic extrinsic = OpaqueExtrinsic.fromWire(wire);
        byte[] content = extrinsic.content().toArray();
        ScaleInput in = new ScaleInput(content);
        assertEquals(new Preamble.Signed(), Preamble.decode(in));
        MultiAddress address = MultiAddress.CODEC.decode(in);
        MultiSignature signature = MultiSignature.CODEC.decode(in);
        int extensions = in.position();
        Era.CODEC.decode(in);
        in.compactU32();
        in.compactU128();
        int callAt = in.position();
        RuntimeCall call = calls.decode(in);
        in.expectEnd();
        byte[] encoded = Arrays.copyOfRange(content, callAt, content.length);
        assertArrayEquals(encoded, calls.encode(call));
        return new Parts(address, signature, Arrays.copyOfRange(content, extensions, callAt), encoded);
    }

    private boolean isSigned(Parts parts, byte[] message) {
        return parts.address instanceof MultiAddress.Id(AccountId signer)
                && SignatureCheck.verify(ext, parts.signature, message, signer);
    }

    /** What an immortal extrinsic is signed over. */
    private byte[] message(Parts parts) {
        byte[] implied = new ScaleOutput().u32(100).u32(1).raw(genesisHash).raw(genesisHash).toByteArray();
        return new SigningPayload(parts.call, parts.extensions, implied).message(Blake2b::hash256);
    }

    private void block(JsonNode vector) throws ScaleException {
        for (JsonNode tried : vector.get("extrinsics")) {
            byte[] result = Vectors.bytes(tried.get("apply_result"));
            assertArrayEquals(result, ApplyResult.CODEC.encode(ApplyResult.CODEC.decodeAll(result)));
            if (tried.get("signer").isNull()) {
                continue;
            }
            Parts parts = parts(Vectors.bytes(tried.get("extrinsic")));
            assertArrayEquals(Vectors.bytes(tried.get("call")), parts.call);
            byte[] payload = Vectors.bytes(tried.get("signing_payload"));
            byte[] start = new ScaleOutput().raw(parts.call).raw(parts.extensions).toByteArray();
            assertArrayEquals(start, Arrays.copyOf(payload, start.length));
            byte[] message = new SigningPayload(parts.call, parts.extensions,
                    Arrays.copyOfRange(payload, start.length, payload.length)).message(Blake2b::hash256);
            assertArrayEquals(Vectors.bytes(tried.get("signed_bytes")), message);
            assertEquals(true, isSigned(parts, message), tried.get("label").asText());
            boolean isImmortal = tried.get("era").asText().equals("0x00");
            assertEquals(isImmortal && !isBadProof(result), isSigned(parts, message(parts)),
                    tried.get("label").asText());
            dispatchInfo(tried.get("query_info"), tried.get("query_info_decoded"));
        }
    }

    private static boolean isBadProof(byte[] result) {
        return Arrays.equals(new byte[]{1, 0, 4}, result);
    }

    private void validate(JsonNode vector) throws Exception {
        byte[] wire = Vectors.bytes(vector.get("extrinsic"));
        if (vector.has("trap")) {
            if (!vector.get("id").asText().equals(TOO_NEW)) {
                assertThrows(ScaleException.class, () -> parts(wire));
            }
            return;
        }
        byte[] result = Vectors.bytes(vector.get("result"));
        validity(result, vector.get("decoded"));
        Parts parts = parts(wire);
        if (parts.address instanceof MultiAddress.Id) {
            // Of a block that is not known nobody can say what was signed.
            if (!Arrays.equals(new byte[]{1, 0, 5}, result)) {
                assertEquals(!isBadProof(result), isSigned(parts, message(parts)));
            }
        } else {
            assertArrayEquals(result,
                    call("TaggedTransactionQueue_validate_transaction", pool(vector, withMode(parts))));
        }
    }

    private static byte[] pool(JsonNode vector, byte[] wire) {
        JsonNode source = vector.get("source");
        int from = source.isNumber() ? source.asInt() : 2;
        byte[] parent = vector.has("block_hash") ? Vectors.bytes(vector.get("block_hash")) : new byte[32];
        return new ScaleOutput().u8(from).raw(wire).raw(parent).toByteArray();
    }

    /** The extrinsic as composition 100 reads it: the metadata is not signed for. */
    private static byte[] withMode(Parts parts) {
        ScaleOutput content = new ScaleOutput();
        new Preamble.Signed().encode(content);
        MultiAddress.CODEC.encode(parts.address, content);
        MultiSignature.CODEC.encode(parts.signature, content);
        content.raw(parts.extensions).u8(0).raw(parts.call);
        return new ScaleOutput().bytes(content.toByteArray()).toByteArray();
    }

    private static void validity(byte[] result, JsonNode decoded) throws ScaleException {
        if (result[0] == 1) {
            byte[] error = Arrays.copyOfRange(result, 1, result.length);
            assertArrayEquals(error,
                    TransactionValidityError.CODEC.encode(TransactionValidityError.CODEC.decodeAll(error)));
            return;
        }
        ValidTransaction valid = ValidTransaction.CODEC.decodeAll(Arrays.copyOfRange(result, 1, result.length));
        JsonNode expected = decoded.get("ok");
        assertEquals(expected.get("priority").asLong(), valid.priority());
        assertEquals(expected.get("requires").valueStream().map(JsonNode::asText).toList(),
                valid.requires().stream().map(Bytes::hex).toList());
        assertEquals(expected.get("provides").valueStream().map(JsonNode::asText).toList(),
                valid.provides().stream().map(Bytes::hex).toList());
        assertEquals(-2, valid.longevity());
        assertEquals(expected.get("propagate").asBoolean(), valid.propagate());
    }

    private void signaturePath(JsonNode vector) throws ScaleException {
        validity(Vectors.bytes(vector.get("result")), vector.get("decoded"));
        Parts parts = parts(Vectors.bytes(vector.get("extrinsic")));
        assertEquals(vector.get("expect_signature_ok").asBoolean(), isSigned(parts, message(parts)));
    }

    /** Of a call alone, or of a whole extrinsic. */
    private void fees(JsonNode vector) throws ScaleException {
        byte[] asked = Vectors.bytes(vector.get(vector.has("call") ? "call" : "extrinsic"));
        assertEquals(vector.get("len").asInt(), asked.length);
        assertArrayEquals(vector.has("call") ? asked : parts(asked).call,
                calls.encode(calls.decodeAll(vector.has("call") ? asked : parts(asked).call)));
        RuntimeDispatchInfo info = dispatchInfo(vector.get(vector.has("call") ? "query_call_info" : "query_info"),
                vector.get("decoded"));
        byte[] encoded = Vectors.bytes(vector.get("fee_details"));
        FeeDetails details = FeeDetails.CODEC.decodeAll(encoded);
        assertArrayEquals(encoded, FeeDetails.CODEC.encode(details));
        JsonNode expected = vector.get("fee_details_decoded").get("inclusionFee");
        assertEquals(Optional.of(new InclusionFee(U128.of(expected.get("baseFee").asLong()),
                U128.of(expected.get("lenFee").asLong()), U128.of(expected.get("adjustedWeightFee").asLong()))),
                details.inclusionFee());
        InclusionFee fee = details.inclusionFee().orElseThrow();
        assertEquals(vector.get("len").asLong(), fee.lenFee().low());
        assertEquals(info.weight().refTime(), fee.adjustedWeightFee().low());
        assertEquals(info.partialFee(), fee.baseFee().plus(fee.lenFee()).plus(fee.adjustedWeightFee()));
    }

    private static RuntimeDispatchInfo dispatchInfo(JsonNode encoded, JsonNode expected) throws ScaleException {
        RuntimeDispatchInfo info = RuntimeDispatchInfo.CODEC.decodeAll(Vectors.bytes(encoded));
        assertArrayEquals(Vectors.bytes(encoded), RuntimeDispatchInfo.CODEC.encode(info));
        assertEquals(expected.get("weight").get("refTime").asLong(), info.weight().refTime());
        assertEquals(expected.get("weight").get("proofSize").asLong(), info.weight().proofSize());
        assertEquals(expected.get("class").asText().toUpperCase(java.util.Locale.ROOT), info.dispatchClass().name());
        assertEquals(expected.get("partialFee").asLong(), info.partialFee().low());
        return info;
    }

    /** What is signed is taken apart; all else is given to composition 100. */
    private void preamble(JsonNode vector) throws Exception {
        byte[] wire = Vectors.bytes(vector.get("extrinsic"));
        boolean isTrap = vector.has("trap");
        if ((wire[1] & 0xc0) == 0x80 || (wire[2] & 0xfe) == 0x84) {
            if (isTrap) {
                assertThrows(ScaleException.class, () -> parts(wire));
            } else {
                parts(wire);
                validity(Vectors.bytes(vector.get("result")), vector.get("decoded"));
            }
            return;
        }
        byte[] arguments = pool(vector, wire[1] == 0x45 ? generalWithMode(wire) : wire);
        if (isTrap && !vector.get("id").asText().equals(ANY_VERSION)) {
            assertThrows(RuntimeTrap.class, () -> call("TaggedTransactionQueue_validate_transaction", arguments));
        } else if (!isTrap) {
            assertArrayEquals(Vectors.bytes(vector.get("result")),
                    call("TaggedTransactionQueue_validate_transaction", arguments));
        }
    }

    private static byte[] generalWithMode(byte[] wire) {
        int behind = 1 + 2 + EXTENSION_BYTES;
        byte[] content = new ScaleOutput().raw(wire, 1, behind - 1).u8(0).raw(wire, behind, wire.length - behind)
                .toByteArray();
        return new ScaleOutput().bytes(content).toByteArray();
    }
}
