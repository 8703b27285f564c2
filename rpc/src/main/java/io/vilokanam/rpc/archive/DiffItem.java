package io.vilokanam.rpc.archive;

import java.util.List;
import java.util.Optional;

import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.ParameterValues;

/** Which keys of a storage difference are asked for, and whether their values or hashes are wanted; keys in hex as they came. */
record DiffItem(String key, boolean wantsHash, Optional<String> childTrieKey) {

    private static final List<String> RETURNED = List.of("value", "hash");
    private static final Parameter<String> KEY = Parameter.member("key", ParameterTypes.TEXT);
    private static final Parameter<String> RETURN_TYPE = Parameter.member("returnType", value -> value.oneOf(RETURNED));
    private static final Parameter<String> CHILD = Parameter.optionalMember("childTrieKey", ParameterTypes.TEXT);

    static final ParameterType<DiffItem> TYPE = ParameterTypes.described("""
            {"type":"object","required":["key","returnType"],"properties":{"key":{"type":"string"},\
            "returnType":{"enum":["value","hash"]},"childTrieKey":{"type":"string"}}}""", value -> {
        ParameterValues item = value.object("ArchiveStorageDiffItem", List.of(KEY, RETURN_TYPE, CHILD));
        return new DiffItem(item.get(KEY), item.get(RETURN_TYPE).equals("hash"), item.find(CHILD));
    });
}
