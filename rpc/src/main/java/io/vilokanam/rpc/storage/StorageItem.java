package io.vilokanam.rpc.storage;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.rpc.method.InvalidValueException;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.method.ParameterTypes;

/**
 * One thing that a client of the new API asks of a state. The keys are hex as it came: methods differ in how they refuse what
 * is no hex.
 */
public record StorageItem(String key, Type type, Optional<String> paginationStartKey) {

    /** What is asked about a key. */
    public enum Type {
        VALUE("value"), HASH("hash"), CLOSEST_DESCENDANT_MERKLE_VALUE(
                "closestDescendantMerkleValue"), DESCENDANTS_VALUES(
                        "descendantsValues"), DESCENDANTS_HASHES("descendantsHashes");

        private final String name;

        Type(String name) {
            this.name = name;
        }

        public boolean isOfDescendants() {
            return this == DESCENDANTS_VALUES || this == DESCENDANTS_HASHES;
        }
    }

    /** Schema of what was found, in short form: see {@code ResultSchema}. */
    public static final String SCHEMA = "{key:hex,value?:hex,hash?:hash,closestDescendantMerkleValue?:hex,"
            + "childTrieKey?:hex}";

    public static final ParameterType<StorageItem> TYPE = ParameterTypes.described(
            """
                    {"type":"object","required":["key","type"],"properties":{"key":{"type":"string"},"type":{"enum":["value","hash",\
                    "closestDescendantMerkleValue","descendantsValues","descendantsHashes"]},"paginationStartKey":{"type":"string"}}}""",
            value -> {
                JsonNode start = value.path("paginationStartKey");
                return new StorageItem(ParameterTypes.text(ParameterTypes.member(value, "key"), "a string"),
                        type(ParameterTypes.text(ParameterTypes.member(value, "type"), "a string")),
                        start.isTextual() ? Optional.of(start.textValue()) : Optional.empty());
            });

    private static Type type(String name) throws InvalidValueException {
        for (Type type : Type.values()) {
            if (type.name.equals(name)) {
                return type;
            }
        }
        throw InvalidValueException.located("unknown variant `" + name + "`, expected one of `value`, `hash`, "
                + "`closestDescendantMerkleValue`, `descendantsValues`, `descendantsHashes`");
    }
}
