package io.vilokanam.rpc.chain;

import java.math.BigInteger;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.rpc.method.InvalidValueException;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.ValueReader;

/** What {@code chain_getBlockHash} is asked for: one height, or a list of them; each as a number or in hex. */
sealed interface BlockNumbers {

    record One(Height height) implements BlockNumbers {}

    record Many(List<Height> heights) implements BlockNumbers {}

    /** {@code form}: how a stock node's debug output names it. */
    record Height(BigInteger number, String form) {}

    ParameterType<BlockNumbers> TYPE = ParameterTypes.described("""
            {"title":"block number, decimal or in hex, or a list of them","type":["integer","string","array"]}""",
            value -> value.untagged("ListOrValue", one -> one.isList() ? new Many(one.list(BlockNumbers::height))
                    : new One(height(one))));

    private static Height height(ValueReader value) throws InvalidValueException {
        JsonNode given = value.tree();
        if (given.isIntegralNumber() && given.bigIntegerValue().signum() >= 0
                && given.bigIntegerValue().bitLength() <= 64) {
            return new Height(given.bigIntegerValue(), "Number(" + given.bigIntegerValue() + ")");
        }
        if (given.isTextual()) {
            String text = given.textValue();
            String digits = text.startsWith("0x") ? text.substring(2) : text;
            boolean isHex = digits.chars().allMatch(c -> c <= 'f' && Character.digit(c, 16) >= 0);
            if (isHex && digits.length() <= 64 && !digits.isEmpty()) {
                var number = new BigInteger(digits, 16);
                return new Height(number, "Hex(" + number + ")");
            }
        }
        throw value.refused("neither a number nor one in hex");
    }
}
