package io.vilokanam.frame.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Twox;
import io.vilokanam.frame.metadata.Metadata;
import io.vilokanam.frame.metadata.PalletDescription;
import io.vilokanam.frame.metadata.PortableDefinition;
import io.vilokanam.frame.metadata.PortableType;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.ss58.Ss58Exception;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.testkit.Vectors;

/** Vector family {@code storage_keys}. */
class StorageKeyVectorsTest {

    private static final HostHashing HASHING = new HostHashing();

    /** Keys that are encoded already. */
    private static final Codec<Bytes> ENCODED = Codecs.codec(Codecs.UNIT.type(), Bytes::toArray,
            in -> Bytes.wrap(in.raw(in.remaining())));

    private static final Map<String, Bytes> WELL_KNOWN = Map.of(":code", WellKnownKeys.CODE, ":heappages",
            WellKnownKeys.HEAP_PAGES, ":extrinsic_index", WellKnownKeys.EXTRINSIC_INDEX, ":intrablock_entropy",
            WellKnownKeys.INTRABLOCK_ENTROPY, ":child_storage:", WellKnownKeys.CHILD_STORAGE, ":child_storage:default:",
            WellKnownKeys.DEFAULT_CHILD_STORAGE, ":changes_trie", WellKnownKeys.CHANGES_TRIE, ":transaction_level:",
            WellKnownKeys.TRANSACTION_LEVEL);

    @TestFactory
    Stream<DynamicNode> keysAgreeWithTheVectors() {
        return Vectors.family("storage_keys").tests(Map.of("prefix", StorageKeyVectorsTest::prefix, "map",
                StorageKeyVectorsTest::map, "chain", StorageKeyVectorsTest::chain, "well_known",
                StorageKeyVectorsTest::wellKnown));
    }

    private static void prefix(JsonNode vector) {
        Bytes pallet = pallet(vector.get("pallet").asText());
        if (vector.has("item")) {
            assertEquals(vector.get("key").asText(),
                    Slot.itemPrefix(HASHING, pallet, vector.get("item").asText()).hex());
        } else {
            assertEquals(vector.get("twox_128").asText(), pallet.hex());
        }
    }

    private static Bytes pallet(String name) {
        return Bytes.wrap(Twox.hash128(Bytes.ascii(name).view()));
    }

    private static void map(JsonNode vector) {
        List<Hasher> hashers = vector.get("hashers").valueStream().map(name -> hasher(name.asText())).toList();
        List<Bytes> keys = vector.get("keys").valueStream().map(key -> Bytes.wrap(Vectors.bytes(key))).toList();
        Bytes pallet = pallet(vector.get("pallet").asText());
        String item = vector.get("item").asText();
        assertEquals(vector.get("storage_key").asText(), Bytes.hex(key(pallet, item, hashers, keys)));
    }

    private static byte[] key(Bytes pallet, String item, List<Hasher> hashers, List<Bytes> keys) {
        return switch (keys.size()) {
            case 0 -> new StorageValue<>(HASHING, pallet, item, ENCODED, Optional.empty(), "").prefix().toArray();
            case 1 ->
                new StorageMap<>(HASHING, pallet, item, hashers.getFirst(), ENCODED, ENCODED, Optional.empty(), "")
                        .keyOf(keys.getFirst());
            case 2 -> new StorageDoubleMap<>(HASHING, pallet, item, hashers.get(0), ENCODED, hashers.get(1), ENCODED,
                    ENCODED, Optional.empty(), "").keyOf(keys.get(0), keys.get(1));
            default -> {
                ScaleOutput out = new ScaleOutput().raw(Slot.itemPrefix(HASHING, pallet, item).view());
                for (int i = 0; i < keys.size(); i++) {
                    out.raw(hashers.get(i).apply(HASHING, keys.get(i).view()));
                }
                yield out.toByteArray();
            }
        };
    }

    private static Hasher hasher(String name) {
        return switch (name) {
            case "Blake2_128" -> Hasher.BLAKE2_128;
            case "Blake2_256" -> Hasher.BLAKE2_256;
            case "Blake2_128Concat" -> Hasher.BLAKE2_128_CONCAT;
            case "Twox128" -> Hasher.TWOX_128;
            case "Twox256" -> Hasher.TWOX_256;
            case "Twox64Concat" -> Hasher.TWOX_64_CONCAT;
            case "Identity" -> Hasher.IDENTITY;
            default -> throw new IllegalArgumentException("no hasher " + name);
        };
    }

    /** The keys of a real runtime: hashers and key types are looked up in its metadata. */
    private static void chain(JsonNode vector) throws ScaleException, Ss58Exception {
        Metadata metadata = Metadata.decode(Vectors.file("metadata/solochain-template.v14.scale"));
        String name = vector.get("pallet").asText();
        PalletDescription<Integer> pallet = metadata.runtime().pallets().stream()
                .filter(p -> p.name().equals(Character.toUpperCase(name.charAt(0)) + name.substring(1))).findAny()
                .orElseThrow();
        PalletDescription.Storage<Integer> storage = pallet.storage().orElseThrow();
        PalletDescription.Item<Integer> item = storage.items().stream()
                .filter(i -> i.name().equals(vector.get("item").asText())).findAny().orElseThrow();
        List<Bytes> keys = new ArrayList<>();
        List<Hasher> hashers = List.of();
        if (item.kind() instanceof PalletDescription.Mapped<Integer>(var mapHashers, Integer key, _)) {
            hashers = mapHashers;
            List<Integer> types = mapHashers.size() == 1 ? List.of(key) : elements(metadata.types().type(key));
            for (int i = 0; i < types.size(); i++) {
                keys.add(encoded(metadata.types().type(types.get(i)), vector.get("args").get(i)));
            }
        }
        assertEquals(keys.size(), vector.get("args").size());
        assertEquals(vector.get("storage_key").asText(),
                Bytes.hex(key(pallet(storage.prefix()), item.name(), hashers, keys)));
    }

    private static List<Integer> elements(PortableType type) {
        if (type.definition() instanceof PortableDefinition.Tuple(var elements)) {
            return elements;
        }
        throw new IllegalArgumentException("the key of several hashers is a tuple, got " + type);
    }

    private static Bytes encoded(PortableType type, JsonNode argument) throws Ss58Exception {
        return switch (type.definition()) {
            case PortableDefinition.OfPrimitive(var primitive) -> Bytes.wrap(switch (primitive) {
                case U8 -> Codecs.U8.encode(argument.asInt());
                case U16 -> Codecs.U16.encode(argument.asInt());
                case U32 -> Codecs.U32.encode(argument.asLong());
                case U64 -> Codecs.U64.encode(argument.asLong());
                case BOOL, CHAR, STR, U128, U256, I8, I16, I32, I64, I128, I256 ->
                    throw new IllegalArgumentException("no key of " + primitive);
            });
            case PortableDefinition.Composite _ when type.path().contains("AccountId32") ->
                new Ss58(Blake2b::hash512).decode(argument.asText()).body();
            case PortableDefinition.Composite _,PortableDefinition.Array _ -> Bytes.fromHex(argument.asText());
            case PortableDefinition.Sequence _ -> Bytes.wrap(Codecs.BYTES.encode(Bytes.fromHex(argument.asText())));
            case PortableDefinition.Enumeration _,PortableDefinition.Tuple _,PortableDefinition.Compact _,PortableDefinition.BitSequence _ ->
                throw new IllegalArgumentException("no key of " + type);
        };
    }

    /** A name that is not ours is at least its own text. */
    private static void wellKnown(JsonNode vector) {
        String name = vector.get("name").asText();
        assertEquals(vector.get("key").asText(), WELL_KNOWN.getOrDefault(name, Bytes.ascii(name)).hex());
    }
}
