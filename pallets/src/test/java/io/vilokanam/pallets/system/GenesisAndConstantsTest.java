package io.vilokanam.pallets.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.vilokanam.frame.pallet.Constant;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.pallets.SmallRuntime;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.testkit.Refchain;

/** Genesis and constants of System and TransactionPayment are those of the recorded chain. */
class GenesisAndConstantsTest {

    private static final Bytes STORAGE_VERSION = Bytes.ascii(":__STORAGE_VERSION__:");

    private final SmallRuntime runtime = new SmallRuntime();

    @Test
    void genesisWritesWhatTheRecordedChainHolds() {
        runtime.system.build(runtime.ext);
        runtime.payment.build(runtime.ext);
        Map<String, String> written = new TreeMap<>();
        runtime.ext.state().forEach((key, value) -> written.put(key.hex(), Bytes.hex(value)));
        Map<String, String> recorded = new TreeMap<>();
        for (PalletSlot slot : runtime.scope.slots()) {
            recorded.putAll(recordedUnder(slot.scope()));
        }
        recorded.put(Bytes.ascii(":extrinsic_index").hex(), "0x00000000");
        assertEquals(recorded, written);
    }

    private Map<String, String> recordedUnder(PalletScope scope) {
        String accounts = scope.storage().stream().filter(entry -> entry.item().equals("Account")).findFirst()
                .map(entry -> entry.prefix().hex()).orElse("none");
        String version = scope.prefix().hex() + Bytes.hex(runtime.ext.twox128(STORAGE_VERSION.view())).substring(2);
        Map<String, String> found = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : Refchain.json("dev.raw.json").at("/genesis/raw/top").properties()) {
            String key = entry.getKey();
            if (key.startsWith(scope.prefix().hex()) && !key.startsWith(accounts) && !key.equals(version)) {
                found.put(key, entry.getValue().asText());
            }
        }
        return found;
    }

    @Test
    void constantsStandInTheRecordedMetadataByteForByte() {
        byte[] metadata = Refchain.file("metadata.v14.scale");
        for (PalletSlot slot : runtime.scope.slots()) {
            for (Constant constant : slot.scope().constants()) {
                if (!constant.type().equals(RuntimeVersion.CODEC.type())) { // the APIs are the composition's
                    assertTrue(holds(metadata, constant),
                            () -> slot + "." + constant.name() + " is " + constant.value());
                }
            }
        }
    }

    /** A constant is its name, the id of its type, its value. */
    private static boolean holds(byte[] metadata, Constant constant) {
        byte[] name = new ScaleOutput().string(constant.name()).toByteArray();
        byte[] value = new ScaleOutput().bytes(constant.value().view()).toByteArray();
        for (int at = 0; at + name.length + value.length + 2 <= metadata.length; at++) {
            if (stands(metadata, at, name) && (stands(metadata, at + name.length + 1, value)
                    || stands(metadata, at + name.length + 2, value))) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(byte[] text, int at, byte[] part) {
        for (int i = 0; i < part.length; i++) {
            if (at + i >= text.length || text[at + i] != part[i]) {
                return false;
            }
        }
        return true;
    }
}
