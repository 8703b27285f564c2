package io.vilokanam.rpc.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.rpc.method.InvalidValueException;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.method.ParameterTypes;

/** What {@code chain_getBlockHash} is asked for: one height, or a list of them; each as a number or in hex. */
sealed interface BlockNumbers {

    record One(Height height) implements BlockNumbers {}

    record Many(List<Height> heights) implements BlockNumbers {}

    /** {@code form}: how a stock node's debug output names it. */
    record Height(BigInteger number, String form) {}

    ParameterType<BlockNumbers> TYPE = ParameterTypes.described("""
            {"title":"block number, decimal or in hex, or a list of them","type":["integer","string","array"]}""",
            value -> {
                if (!value.isArray()) {
                    return new One(height(value));
                }
                var heights = new ArrayList<Height>(value.size());
                for (JsonNode item : value) {
                    heights.add(height(item));
                }
                return new Many(heights);
            });

    private static Height height(JsonNode value) throws InvalidValueException {
        if (value.isIntegralNumber() && value.bigIntegerValue().signum() >= 0
                && value.bigIntegerValue().bitLength() <= 64) {
            return new Height(value.bigIntegerValue(), "Number(" + value.bigIntegerValue() + ")");
        }
        if (value.isTextual()) {
            String text = value.textValue();
            String digits = text.startsWith("0x") ? text.substring(2) : text;
            boolean isHex = digits.chars().allMatch(c -> c <= 'f' && Character.digit(c, 16) >= 0);
            if (isHex && digits.length() <= 64 && (text.startsWith("0x") || !digits.isEmpty())) {
                var number = digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, 16);
                return new Height(number, "Hex(" + number + ")");
            }
        }
        throw InvalidValueException.plain("data did not match any variant of untagged enum ListOrValue");
    }
}
