package io.vilokanam.frame.metadata;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.frame.storage.Hasher;

/** Metadata as the vectors sum it up. */
record MetadataSummary(Metadata metadata) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    JsonNode types(int first) {
        return array(metadata.types().types().subList(0, first), type -> {
            ObjectNode json = JSON.objectNode().put("id", type.id());
            json.set("path", array(type.path(), JSON::textNode));
            return json.put("def", switch (type.definition()) {
                case PortableDefinition.Composite _ -> "composite";
                case PortableDefinition.Enumeration _ -> "variant";
                case PortableDefinition.Sequence _ -> "sequence";
                case PortableDefinition.Array _ -> "array";
                case PortableDefinition.Tuple _ -> "tuple";
                case PortableDefinition.OfPrimitive _ -> "primitive";
                case PortableDefinition.Compact _ -> "compact";
                case PortableDefinition.BitSequence _ -> "bitSequence";
            });
        });
    }

    JsonNode extrinsic() {
        ExtrinsicDescription<Integer> extrinsic = metadata.runtime().extrinsic();
        ObjectNode json = JSON.objectNode();
        extrinsic.type().ifPresent(type -> json.put("type", type));
        json.set("version", metadata.version().isAtLeast(MetadataVersion.V16)
                ? array(extrinsic.versions(), JSON::numberNode)
                : JSON.numberNode(extrinsic.versions().getFirst()));
        extrinsic.address().ifPresent(type -> json.put("address", type));
        extrinsic.call().ifPresent(type -> json.put("call", type));
        extrinsic.signature().ifPresent(type -> json.put("signature", type));
        extrinsic.extra().ifPresent(type -> json.put("extra", type));
        if (metadata.version().isAtLeast(MetadataVersion.V16)) {
            json.set("signedExtensionsByVersion",
                    array(List.copyOf(extrinsic.extensionsByVersion().entrySet()),
                            entry -> JSON.arrayNode().add(entry.getKey())
                                    .add(array(entry.getValue(), JSON::numberNode))));
        }
        json.set("signedExtensions", array(extrinsic.extensions(), extension -> JSON.objectNode()
                .put("identifier", extension.identifier()).put("type", extension.type())
                .put("additionalSigned", extension.implicit())));
        return json;
    }

    JsonNode pallets() {
        return array(metadata.runtime().pallets(), this::pallet);
    }

    private JsonNode pallet(PalletDescription<Integer> pallet) {
        ObjectNode json = JSON.objectNode().put("name", pallet.name()).put("index", pallet.index());
        json.set("storage_prefix", orNull(pallet.storage(), storage -> JSON.textNode(storage.prefix())));
        json.set("storage", array(pallet.storage().map(PalletDescription.Storage::items).orElse(List.of()),
                MetadataSummary::item));
        json.set("calls", orNull(pallet.calls(), table -> variants(table.type(), true)));
        json.set("events", orNull(pallet.events(), table -> variants(table.type(), true)));
        json.set("errors", orNull(pallet.errors(), table -> variants(table.type(), false)));
        json.set("constants", array(pallet.constants(), constant -> JSON.objectNode().put("name", constant.name())
                .put("type", constant.type()).put("value", constant.value().hex())));
        if (metadata.version() == MetadataVersion.V16) {
            json.put("view_functions", pallet.viewFunctions().size());
            json.put("associated_types", pallet.associatedTypes().size());
        }
        return json;
    }

    private static JsonNode item(PalletDescription.Item<Integer> item) {
        ObjectNode json = JSON.objectNode().put("name", item.name());
        json.put("modifier", switch (item.modifier()) {
            case OPTIONAL -> "Optional";
            case DEFAULT -> "Default";
        });
        switch (item.kind()) {
            case PalletDescription.Plain<Integer>(Integer value) -> json.put("kind", "plain").put("value", value);
            case PalletDescription.Mapped<Integer>(var hashers, Integer key, Integer value) -> {
                json.put("kind", "map").set("hashers", array(hashers, MetadataSummary::hasher));
                json.put("key", key).put("value", value);
            }
        }
        return json.put("default", item.defaultValue().hex());
    }

    private static JsonNode hasher(Hasher hasher) {
        return JSON.textNode(switch (hasher) {
            case BLAKE2_128 -> "Blake2128";
            case BLAKE2_256 -> "Blake2256";
            case BLAKE2_128_CONCAT -> "Blake2128Concat";
            case TWOX_128 -> "Twox128";
            case TWOX_256 -> "Twox256";
            case TWOX_64_CONCAT -> "Twox64Concat";
            case IDENTITY -> "Identity";
        });
    }

    private JsonNode variants(int type, boolean withFields) {
        if (!(metadata.types().type(type).definition() instanceof PortableDefinition.Enumeration(var variants))) {
            throw new IllegalStateException("type " + type + " is no enum");
        }
        return array(variants, variant -> {
            ObjectNode json = JSON.objectNode().put("index", variant.index()).put("name", variant.name());
            if (withFields) {
                json.set("fields", array(variant.fields(), field -> {
                    ObjectNode fieldJson = JSON.objectNode();
                    fieldJson.set("name", orNull(field.name(), JSON::textNode));
                    fieldJson.set("type_name", orNull(field.typeName(), JSON::textNode));
                    return fieldJson.put("type", field.type());
                }));
            }
            return json;
        });
    }

    JsonNode apis() {
        return array(metadata.runtime().apis(), api -> {
            ObjectNode json = JSON.objectNode().put("name", api.name());
            json.set("methods", array(api.methods(), method -> {
                ObjectNode methodJson = JSON.objectNode().put("name", method.name());
                methodJson.set("inputs", array(method.inputs(),
                        input -> JSON.objectNode().put("name", input.name()).put("type", input.type())));
                return methodJson.put("output", method.output());
            }));
            return json;
        });
    }

    JsonNode outerEnums() {
        RuntimeDescription.OuterEnums<Integer> enums = metadata.runtime().outerEnums().orElseThrow();
        return JSON.objectNode().put("call", enums.call()).put("event", enums.event()).put("error", enums.error());
    }

    private static <A> ArrayNode array(List<A> elements, Function<A, ? extends JsonNode> to) {
        ArrayNode json = JSON.arrayNode();
        elements.forEach(element -> json.add(to.apply(element)));
        return json;
    }

    private static <A> JsonNode orNull(Optional<A> value, Function<A, ? extends JsonNode> to) {
        return value.<JsonNode>map(to::apply).orElse(JSON.nullNode());
    }
}
