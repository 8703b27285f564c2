package io.vilokanam.primitives.dispatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.fee.FeeDetails;
import io.vilokanam.primitives.fee.InclusionFee;
import io.vilokanam.primitives.fee.RuntimeDispatchInfo;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.UnknownTransaction;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.Vectors;

/** Vector family {@code errors_fees}; what belongs to pallets is tested there, in {@code RecordedEncodingsTest}. */
class ErrorsAndFeesVectorsTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @TestFactory
    Stream<DynamicNode> encodingsAgreeWithTheVectors() {
        return Vectors.family("errors_fees")
                .tests(Map.of("dispatch_error", ErrorsAndFeesVectorsTest::dispatchError, "transaction_validity_error",
                        ErrorsAndFeesVectorsTest::validityError, "apply_extrinsic_result",
                        ErrorsAndFeesVectorsTest::applyResult, "valid_transaction",
                        ErrorsAndFeesVectorsTest::validTransaction, "dispatch_info",
                        ErrorsAndFeesVectorsTest::dispatchInfo, "weight", ErrorsAndFeesVectorsTest::weight,
                        "runtime_dispatch_info", ErrorsAndFeesVectorsTest::runtimeDispatchInfo, "fee_details",
                        ErrorsAndFeesVectorsTest::feeDetails), Set.of("account_info", "event", "module_error_index"));
    }

    private static <T> T roundTrip(Codec<T> codec, JsonNode vector) throws ScaleException {
        byte[] scale = Vectors.bytes(vector.get("scale"));
        T value = codec.decodeAll(scale);
        assertArrayEquals(scale, codec.encode(value));
        return value;
    }

    private static void dispatchError(JsonNode vector) throws ScaleException {
        assertEquals(vector.get("json"), json(roundTrip(DispatchError.CODEC, vector)));
    }

    private static void validityError(JsonNode vector) throws ScaleException {
        assertEquals(vector.get("json"), json(roundTrip(TransactionValidityError.CODEC, vector)));
    }

    private static void applyResult(JsonNode vector) throws ScaleException {
        assertEquals(vector.get("json"), switch (roundTrip(ApplyResult.CODEC, vector)) {
            case Result.Ok<Result<Codecs.Unit, DispatchError>, TransactionValidityError>(var outcome) ->
                object("ok", switch (outcome) {
                    case Result.Ok<Codecs.Unit, DispatchError> _ -> object("ok", JSON.arrayNode());
                    case Result.Err<Codecs.Unit, DispatchError>(DispatchError error) -> object("err", json(error));
                });
            case Result.Err<Result<Codecs.Unit, DispatchError>, TransactionValidityError>(var error) ->
                object("err", json(error));
        });
    }

    private static JsonNode json(DispatchError error) {
        return object(name(error), switch (error) {
            case DispatchError.Module(ModuleError(int index, Bytes bytes)) ->
                JSON.objectNode().put("index", index).put("error", bytes.hex());
            case DispatchError.Token(TokenError token) -> constant(token);
            case DispatchError.Arithmetic(ArithmeticError arithmetic) -> constant(arithmetic);
            case DispatchError.Transactional(TransactionalError transactional) -> constant(transactional);
            case DispatchError.Trie(DispatchError.TrieError trie) -> constant(trie);
            case DispatchError.Other _,DispatchError.CannotLookup _,DispatchError.BadOrigin _,DispatchError.ConsumerRemaining _,DispatchError.NoProviders _,DispatchError.TooManyConsumers _,DispatchError.Exhausted _,DispatchError.Corruption _,DispatchError.Unavailable _,DispatchError.RootNotAllowed _ ->
                JSON.nullNode();
        });
    }

    private static JsonNode json(TransactionValidityError error) {
        return object(name(error), switch (error) {
            case TransactionValidityError.Invalid(InvalidTransaction.Custom custom) ->
                object("custom", JSON.numberNode(custom.code()));
            case TransactionValidityError.Invalid(InvalidTransaction reason) -> object(name(reason), JSON.nullNode());
            case TransactionValidityError.Unknown(UnknownTransaction.Custom custom) ->
                object("custom", JSON.numberNode(custom.code()));
            case TransactionValidityError.Unknown(UnknownTransaction reason) -> object(name(reason), JSON.nullNode());
        });
    }

    private static ObjectNode object(String key, JsonNode value) {
        return JSON.objectNode().set(key, value);
    }

    /** The class's name as JSON spells it. */
    private static String name(Object value) {
        String name = value.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** {@code FUNDS_UNAVAILABLE} as {@code FundsUnavailable}. */
    private static JsonNode constant(Enum<?> value) {
        StringBuilder name = new StringBuilder();
        for (String word : value.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return JSON.textNode(name.toString());
    }

    private static void validTransaction(JsonNode vector) throws ScaleException {
        ValidTransaction value = roundTrip(ValidTransaction.CODEC, vector);
        JsonNode expected = vector.get("json");
        assertEquals(number(expected.get("priority")), U128.of(value.priority()));
        assertEquals(expected.get("requires"), tags(value.requires()));
        assertEquals(expected.get("provides"), tags(value.provides()));
        assertEquals(number(expected.get("longevity")), U128.of(value.longevity()));
        assertEquals(expected.get("propagate").asBoolean(), value.propagate());
    }

    private static ArrayNode tags(java.util.List<Bytes> tags) {
        ArrayNode array = JSON.arrayNode();
        tags.forEach(tag -> array.add(tag.hex()));
        return array;
    }

    private static void dispatchInfo(JsonNode vector) throws ScaleException {
        DispatchEventInfo value = roundTrip(DispatchEventInfo.CODEC, vector);
        weight(vector.get("json").get("weight"), value.weight());
        assertEquals(vector.get("json").get("class"), constant(value.dispatchClass()));
        assertEquals(vector.get("json").get("paysFee"), constant(value.paysFee()));
    }

    private static void weight(JsonNode vector) throws ScaleException {
        weight(vector.get("json"), roundTrip(Weight.CODEC, vector));
    }

    private static void weight(JsonNode expected, Weight weight) {
        assertEquals(number(expected.get("refTime")), U128.of(weight.refTime()));
        assertEquals(number(expected.get("proofSize")), U128.of(weight.proofSize()));
    }

    private static void runtimeDispatchInfo(JsonNode vector) throws ScaleException {
        RuntimeDispatchInfo value = roundTrip(RuntimeDispatchInfo.CODEC, vector);
        weight(vector.get("json").get("weight"), value.weight());
        assertEquals(vector.get("json").get("class"), constant(value.dispatchClass()));
        assertEquals(number(vector.get("json").get("partialFee")), value.partialFee());
    }

    /** The vectors hold what RPC answers show, which leaves out the tip: behind it stand its 16 bytes. */
    private static void feeDetails(JsonNode vector) throws ScaleException {
        byte[] shown = Vectors.bytes(vector.get("scale"));
        FeeDetails value = FeeDetails.CODEC.decodeAll(java.util.Arrays.copyOf(shown, shown.length + 16));
        assertEquals(U128.ZERO, value.tip());
        assertArrayEquals(shown, Codecs.option(InclusionFee.CODEC).encode(value.inclusionFee()));
        JsonNode expected = vector.get("json").get("inclusionFee");
        assertEquals(expected.isNull() ? Optional.empty()
                : Optional.of(new InclusionFee(number(expected.get("baseFee")), number(expected.get("lenFee")),
                        number(expected.get("adjustedWeightFee")))),
                value.inclusionFee());
    }

    /** Small numbers stand in the vectors as numbers, large ones as hex. */
    private static U128 number(JsonNode json) {
        return json.isTextual() ? U128.of(new java.math.BigInteger(json.asText().substring(2), 16))
                : U128.of(json.asLong());
    }
}
