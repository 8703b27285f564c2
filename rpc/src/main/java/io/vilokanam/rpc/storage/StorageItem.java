package io.vilokanam.rpc.storage;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.ParameterValues;

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

    private static final List<String> NAMES = Stream.of(Type.values()).map(type -> type.name).toList();
    private static final Parameter<String> KEY = Parameter.member("key", ParameterTypes.TEXT);
    private static final Parameter<Type> KIND = Parameter.member("type",
            value -> Type.values()[NAMES.indexOf(value.oneOf(NAMES))]);
    private static final Parameter<String> START = Parameter.optionalMember("paginationStartKey", ParameterTypes.TEXT);

    /** Schema of what was found, in short form: see {@code ResultSchema}. */
    public static final String SCHEMA = "{key:hex,value?:hex,hash?:hash,closestDescendantMerkleValue?:hex,"
            + "childTrieKey?:hex}";

    public static final ParameterType<StorageItem> TYPE = ParameterTypes.described(
            """
                    {"type":"object","required":["key","type"],"properties":{"key":{"type":"string"},"type":{"enum":["value","hash",\
                    "closestDescendantMerkleValue","descendantsValues","descendantsHashes"]},"paginationStartKey":{"type":"string"}}}""",
            value -> {
                ParameterValues item = value.object("StorageQuery", List.of(KEY, KIND, START));
                return new StorageItem(item.get(KEY), item.get(KIND), item.find(START));
            });
}
