package io.vilokanam.pallets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.AccountInfo;
import io.vilokanam.pallets.system.SystemEvent;
import io.vilokanam.pallets.transactionpayment.TransactionPayment;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.testkit.Vectors;

/** Vector family {@code errors_fees}, as far as pallets go: accounts, events and errors of a runtime that others built. */
class RecordedEncodingsTest {

    /** A pallet that the recorded runtime has and ours does not; its errors are only bytes here. */
    private static final String FOREIGN = "RiskRatings";

    private static final Map<String, Variants<?>> EVENTS = Map.of("system", SystemEvent.TABLE, "balances",
            Balances.EVENTS,
            "transactionPayment", TransactionPayment.EVENTS, "sudo", Sudo.EVENTS);

    private final EightPallets runtime = new EightPallets();

    @TestFactory
    Stream<DynamicNode> encodingsAgreeWithTheVectors() {
        return Vectors.family("errors_fees")
                .tests(Map.of("account_info", RecordedEncodingsTest::accountInfo, "event", this::event,
                        "module_error_index", this::moduleError),
                        Set.of("dispatch_error", "transaction_validity_error", "apply_extrinsic_result",
                                "valid_transaction", "dispatch_info", "weight", "runtime_dispatch_info",
                                "fee_details"));
    }

    private static void accountInfo(JsonNode vector) throws ScaleException {
        Codec<AccountInfo<AccountData>> codec = AccountInfo.codec(AccountData.CODEC);
        JsonNode json = vector.get("json");
        JsonNode data = json.get("data");
        AccountInfo<AccountData> expected = new AccountInfo<>(json.get("nonce").asLong(),
                json.get("consumers").asLong(),
                json.get("providers").asLong(), json.get("sufficients").asLong(),
                new AccountData(number(data.get("free")),
                        number(data.get("reserved")), number(data.get("frozen")), number(data.get("flags"))));
        assertEquals(expected, codec.decodeAll(Vectors.bytes(vector.get("scale"))));
        assertArrayEquals(Vectors.bytes(vector.get("scale")), codec.encode(expected));
    }

    private static U128 number(JsonNode json) {
        return json.isTextual() ? U128.of(new BigInteger(json.asText().substring(2), 16))
                : U128.of(json.asLong());
    }

    private void event(JsonNode vector) throws ScaleException {
        byte[] index = Vectors.bytes(vector.get("index"));
        String pallet = vector.get("pallet").asText();
        assertEquals(pallet, slot(index[0]).name().substring(0, 1).toLowerCase(Locale.ROOT)
                + slot(index[0]).name().substring(1));
        check(EVENTS.get(pallet), vector, index[1]);
    }

    private static <E> void check(Variants<E> table, JsonNode vector, byte index) throws ScaleException {
        byte[] encoded = new ScaleOutput().u8(index).raw(Vectors.bytes(vector.get("fields"))).toByteArray();
        ScaleInput in = new ScaleInput(encoded);
        E event = table.decode(in);
        in.expectEnd();
        assertEquals(vector.get("name").asText(), table.nameOf(event));
        ScaleOutput out = new ScaleOutput();
        table.encode(event, out);
        assertArrayEquals(encoded, out.toByteArray());
    }

    private PalletSlot slot(int index) {
        return runtime.scope.slots().stream().filter(slot -> slot.index() == index).findFirst().orElseThrow();
    }

    private void moduleError(JsonNode vector) throws ScaleException {
        int pallet = vector.get("pallet_index").asInt();
        int error = vector.get("error_index").asInt();
        DispatchError decoded = DispatchError.CODEC.decodeAll(Vectors.bytes(vector.get("dispatch_error")));
        assertEquals(new DispatchError.Module(ModuleError.of(pallet, error)), decoded);
        if (!vector.get("pallet").asText().equals(FOREIGN)) {
            assertEquals(vector.get("pallet").asText(), slot(pallet).name());
            assertEquals(vector.get("error").asText(), nameOf(slot(pallet), error));
        }
    }

    private static String nameOf(PalletSlot slot, int error) {
        List<TypeDefinition.Variant> variants = assertInstanceOf(TypeDefinition.Enumeration.class,
                slot.scope().errorType().orElseThrow().definition().get()).variants();
        return variants.stream().filter(variant -> variant.index() == error).findFirst().orElseThrow().name();
    }
}
