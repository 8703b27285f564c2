package io.vilokanam.rpc.archive;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.rpc.method.InvalidValueException;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.method.ParameterTypes;

/** Which keys of a storage difference are asked for, and whether their values or hashes are wanted; keys in hex as they came. */
record DiffItem(String key, boolean wantsHash, Optional<String> childTrieKey) {

    static final ParameterType<DiffItem> TYPE = ParameterTypes.described("""
            {"type":"object","required":["key","returnType"],"properties":{"key":{"type":"string"},\
            "returnType":{"enum":["value","hash"]},"childTrieKey":{"type":"string"}}}""", value -> {
        String returned = ParameterTypes.text(ParameterTypes.member(value, "returnType"), "a string");
        if (!returned.equals("value") && !returned.equals("hash")) {
            throw InvalidValueException.located("unknown variant `" + returned + "`, expected `value` or `hash`");
        }
        JsonNode child = value.path("childTrieKey");
        return new DiffItem(ParameterTypes.text(ParameterTypes.member(value, "key"), "a string"),
                returned.equals("hash"),
                child.isTextual() ? Optional.of(child.textValue()) : Optional.empty());
    });
}
