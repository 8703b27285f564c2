package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.vilokanam.api.StateVersion;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.code.RuntimeBlob;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.Refchain;
import io.vilokanam.testkit.StockJudge;

/** Genesis states built from configurations, beside the raw spec that the stock node built from the same one. */
class GenesisTest {

    /** The place of composition 110 among the runtimes. */
    private static final int FULL = 2;
    private static final int WHOLE = 3;

    private static final List<VilokanamRuntime> RUNTIMES = VilokanamRuntime.all(new HostHashing());

    /** The development preset of the stock runtime, merged over its defaults. */
    private static String configuration() {
        String patch = Refchain.json("dev.plain.json").at("/genesis/runtimeGenesis/patch").toString();
        return patch.substring(0, patch.length() - 1).replace("\"balances\":{", "\"balances\":{\"devAccounts\":null,")
                + ",\"system\":{},\"transactionPayment\":{\"multiplier\":\"1000000000000000000\"}}";
    }

    private static final class Call {

        private final StorageOverlay overlay = new StorageOverlay(ChainState.empty(), StateVersion.V1);
        private final HostExternalities ext = new HostExternalities(overlay,
                HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));

        Result<Unit, String> build(int runtime, String json) throws Exception {
            byte[] argument = Codecs.BYTES.encode(Bytes.wrap(json.getBytes(StandardCharsets.UTF_8)));
            return Result.codec(Codecs.UNIT, Codecs.STRING)
                    .decodeAll(RUNTIMES.get(runtime).call("GenesisBuilder_build_state", argument, ext));
        }

        Optional<String> preset(int runtime, Optional<String> name) throws Exception {
            byte[] answer = RUNTIMES.get(runtime).call("GenesisBuilder_get_preset",
                    Codecs.option(Codecs.STRING).encode(name), ext);
            return Codecs.option(Codecs.BYTES).decodeAll(answer)
                    .map(json -> new String(json.toArray(), StandardCharsets.UTF_8));
        }

        /** A stored number of 128 bits. */
        U128 number(String pallet, String item) throws Exception {
            return Codecs.U128.decodeAll(ext.get(StoredItems.prefix(pallet, item).view()).orElseThrow());
        }

        long entries(String pallet, String item) {
            String prefix = StoredItems.prefix(pallet, item).hex();
            return overlay.changes().main().keySet().stream().filter(key -> key.hex().startsWith(prefix)).count();
        }
    }

    @Test
    void buildsTheGenesisStateThatTheStockRuntimeBuilt() throws Exception {
        Call call = new Call();
        assertEquals(Result.ok(Unit.UNIT), call.build(0, configuration()));
        SortedMap<Bytes, Bytes> expected = new TreeMap<>();
        Refchain.json("dev.raw.json").at("/genesis/raw/top").properties()
                .forEach(e -> expected.put(Bytes.fromHex(e.getKey()), Bytes.fromHex(e.getValue().asText())));
        expected.remove(Bytes.ascii(":code"));
        SortedMap<Bytes, Bytes> ours = new TreeMap<>();
        call.overlay.changes().main().forEach((key, value) -> value.ifPresent(present -> ours.put(key, present)));
        assertEquals(expected, ours);
    }

    /** The judge stands at genesis, which takes no other authorities: only what the configuration adds changes there. */
    @Test
    void makesDevelopmentAccountsAsTheStockRuntimeDoes() throws Exception {
        String json = configuration().replaceAll("\"authorities\":\\[[^}]*]}", "\"authorities\":[]}").replace(
                "\"devAccounts\":null",
                "\"devAccounts\":[3,1000000007,\"//Sender//{}\"]");
        Call call = new Call();
        assertEquals(Result.ok(Unit.UNIT), call.build(0, json));
        Map<Bytes, Optional<Bytes>> ours = call.overlay.changes().main();
        try (StockJudge judge = StockJudge.atGenesisOf("dev.raw.json")) {
            judge.call("GenesisBuilder_build_state",
                    Codecs.BYTES.encode(Bytes.wrap(json.getBytes(StandardCharsets.UTF_8))), true);
            Map<String, Optional<byte[]>> changes = judge.changes();
            String accounts = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
            changes.keySet().removeIf(key -> !key.startsWith(accounts));
            assertTrue(changes.size() >= 3, changes::toString);
            long made = 0;
            for (Map.Entry<String, Optional<byte[]>> change : changes.entrySet()) {
                Optional<Bytes> own = ours.getOrDefault(Bytes.fromHex(change.getKey()), Optional.empty());
                if (own.isPresent() && own.get().hex().contains(AMOUNT_OF_EACH)) {
                    assertEquals(change.getValue().map(Bytes::wrap), own);
                    made++;
                }
            }
            assertEquals(3, made);
        }
    }

    @Test
    void offersTheDevelopmentPresetOfTheStockRuntime() throws Exception {
        assertEquals(Refchain.json("dev.plain.json").at("/genesis/runtimeGenesis/patch").toString(),
                new Call().preset(0, Optional.of("development")).orElseThrow());
        assertEquals(Optional.empty(), new Call().preset(0, Optional.of("unheard of")));
    }

    /** 1,000,000,007, little endian. */
    private static final String AMOUNT_OF_EACH = "07ca9a3b";

    /** The preset of the full runtime, merged over its defaults. */
    private static String fullConfiguration(int authorities) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode whole = (ObjectNode) json.readTree(new Call().preset(FULL, Optional.empty()).orElseThrow());
        String preset = new Call().preset(FULL, Optional.of(authorities == 1 ? "development" : "local_testnet"))
                .orElseThrow();
        json.readTree(preset).properties()
                .forEach(part -> ((ObjectNode) whole.get(part.getKey())).setAll((ObjectNode) part.getValue()));
        return whole.toString();
    }

    @Test
    void buildsTheGenesisStatesThatTheFullStockRuntimeBuilt() throws Exception {
        buildsTheState("full/dev.raw.json", 1);
        buildsTheState("full/local.raw.json", 2);
        assertEquals(Refchain.json("full/dev.plain.json").at("/genesis/runtimeGenesis/patch").toString(),
                new Call().preset(FULL, Optional.of("development")).orElseThrow());
    }

    @Test
    void buildsTheDevelopmentChainOfTheWholeRuntime() throws Exception {
        Call call = new Call();
        String whole = WholePreset.over(call.preset(WHOLE, Optional.empty()).orElseThrow(),
                call.preset(WHOLE, Optional.of("development")).orElseThrow());
        assertEquals(Result.ok(Unit.UNIT), call.build(WHOLE, whole));
        assertEquals(U128.parse("1000000000000000000000"), call.number("Balances", "TotalIssuance"));
        assertEquals(2, call.entries("Vesting", "Vesting"));
        assertEquals(2, call.entries("Balances", "Locks"));
    }

    private static void buildsTheState(String spec, int authorities) throws Exception {
        Call call = new Call();
        assertEquals(Result.ok(Unit.UNIT), call.build(FULL, fullConfiguration(authorities)));
        SortedMap<Bytes, Bytes> expected = new TreeMap<>();
        Refchain.json(spec).at("/genesis/raw/top").properties()
                .forEach(e -> expected.put(Bytes.fromHex(e.getKey()), Bytes.fromHex(e.getValue().asText())));
        expected.remove(Bytes.ascii(":code"));
        SortedMap<Bytes, Bytes> ours = new TreeMap<>();
        call.overlay.changes().main().forEach((key, value) -> value.ifPresent(present -> ours.put(key, present)));
        SortedMap<Bytes, String> differences = new TreeMap<>();
        expected.forEach((key, value) -> {
            if (!value.equals(ours.get(key))) {
                differences.put(key, "stock " + value + ", ours " + ours.get(key));
            }
        });
        ours.keySet().stream().filter(key -> !expected.containsKey(key)).forEach(key -> differences.put(key, "ours"));
        assertEquals(new TreeMap<>(), differences);
    }

    @Test
    void saysWhatIsWrongWithAConfiguration() throws Exception {
        assertEquals(Result.err("Invalid JSON blob: missing field `system` at line 1 column 2"),
                new Call().build(0, "{}"));
        assertEquals(Result.err("Invalid JSON blob: unknown field `a`, expected one of `system`, `aura`, `grandpa`, "
                + "`balances`, `transactionPayment`, `sudo` at line 1 column 4"), new Call().build(0, "{\"a\":1}"));
        assertTrue(!new Call().build(0, configuration().replace("5GrwvaEF", "5GrwvaEG")).isOk());
    }

    /** Found by the differential test: what serde takes of the stock runtime's types, and what it does not. */
    @Test
    void takesTheShapesThatTheStockRuntimeTakes() throws Exception {
        for (String taken : List.of(configuration().replace("\"devAccounts\":null,", ""),
                configuration().replace("\"system\":{}", "\"system\":[]"),
                configuration().replace("\"1000000000000000000\"", "\"+1000000000000000000\""))) {
            assertTrue(new Call().build(0, taken).isOk(), taken);
        }
        for (String refused : List.of(configuration().replace("\"1000000000000000000\"", "1000000000000000000"),
                configuration().replace("1152921504606846976", "\"1152921504606846976\""))) {
            assertTrue(!new Call().build(0, refused).isOk(), refused);
        }
    }

    @Test
    void shipsCodeThatNamesItsVersionAndApis() throws Exception {
        VilokanamRuntime newest = RUNTIMES.get(1);
        RuntimeVersion version = RuntimeBlob.of(newest.code()).version().orElseThrow();
        assertEquals(newest.version(), version);
        assertEquals("0x0061736d01000000", Hex.encode(newest.code()).substring(0, 18));
    }
}
