package io.vilokanam.scale;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.type.TypeInfo;

/** Codecs of JSON values, built from the type descriptions of the vectors out of the library's own codecs. */
final class DescribedCodec {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final TypeInfo NO_TYPE = Codecs.UNIT.type();

    private DescribedCodec() {}

    static Codec<JsonNode> of(JsonNode type) {
        if (type.isTextual()) {
            return ofText(type.asText());
        }
        Map.Entry<String, JsonNode> form = type.properties().iterator().next();
        JsonNode argument = form.getValue();
        return switch (form.getKey()) {
            case "vec" -> sequence(Codecs.vec(of(argument)));
            case "array" -> sequence(Codecs.array(argument.get(1).asInt(), of(argument.get(0))));
            case "option" -> option(of(argument), argument.has("option"));
            case "result" -> result(of(argument.get(0)), of(argument.get(1)));
            case "tuple" -> tuple(argument.valueStream().map(DescribedCodec::of).toList());
            case "struct" -> struct(argument);
            case "enum" -> enumeration(argument);
            default -> throw new IllegalArgumentException("no codec for " + type);
        };
    }

    /**
     * Types written as text: {@code u8}, {@code Compact<u32>}, {@code Vec<Vec<u8>>}, {@code [u8;4]}, {@code (u8,u16)},
     * {@code enum{A=0,B=1(u32)}}.
     */
    static Codec<JsonNode> ofText(String type) {
        if (type.startsWith("[u8;")) {
            return text(Codecs.fixedBytes(length(type)), Bytes::fromHex, Bytes::hex);
        }
        if (type.startsWith("[")) {
            return sequence(Codecs.array(length(type), ofText(type.substring(1, type.lastIndexOf(';')))));
        }
        if (type.startsWith("(") && type.length() > 2) {
            return tuple(split(type.substring(1, type.length() - 1)).stream().map(DescribedCodec::ofText).toList());
        }
        if (type.startsWith("enum{")) {
            return enumeration(variants(split(type.substring(5, type.length() - 1))));
        }
        int open = type.indexOf('<');
        if (open > 0) {
            List<String> arguments = split(type.substring(open + 1, type.length() - 1));
            switch (type.substring(0, open)) {
                case "Vec" -> {
                    return sequence(Codecs.vec(ofText(arguments.getFirst())));
                }
                case "Option" -> {
                    return option(ofText(arguments.getFirst()), arguments.getFirst().startsWith("Option<"));
                }
                case "Result" -> {
                    return result(ofText(arguments.get(0)), ofText(arguments.get(1)));
                }
                case "BTreeMap" -> {
                    return map(arguments.get(0), arguments.get(1));
                }
                case "BTreeSet" -> {
                    return set(arguments.getFirst());
                }
                default -> {
                    return simple(type);
                }
            }
        }
        return simple(type);
    }

    private static int length(String array) {
        return Integer.parseInt(array.substring(array.lastIndexOf(';') + 1, array.length() - 1));
    }

    /** {@code B=1(u32)} as {@code "B": [1, "u32"]}. */
    private static ObjectNode variants(List<String> texts) {
        ObjectNode variants = JSON.objectNode();
        for (String text : texts) {
            int equals = text.indexOf('=');
            int open = text.indexOf('(');
            variants.putArray(text.substring(0, equals))
                    .add(Integer.parseInt(text.substring(equals + 1, open < 0 ? text.length() : open)))
                    .add(open < 0 ? "()" : text.substring(open + 1, text.length() - 1));
        }
        return variants;
    }

    /** Splits at the commas outside of brackets. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += "<([{".indexOf(c) >= 0 ? 1 : ">)]}".indexOf(c) >= 0 ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Codec<JsonNode> simple(String type) {
        return switch (type) {
            case "u8" -> text(Codecs.U8, Integer::valueOf, String::valueOf);
            case "u16" -> text(Codecs.U16, Integer::valueOf, String::valueOf);
            case "u32" -> text(Codecs.U32, Long::valueOf, String::valueOf);
            case "u64" -> text(Codecs.U64, Long::parseUnsignedLong, Long::toUnsignedString);
            case "u128" -> text(Codecs.U128, U128::parse, U128::toString);
            case "u256" -> text(Integers.U256, BigInteger::new, BigInteger::toString);
            case "i8" -> text(Integers.I8, Integer::valueOf, String::valueOf);
            case "i16" -> text(Integers.I16, Integer::valueOf, String::valueOf);
            case "i32" -> text(Integers.I32, Integer::valueOf, String::valueOf);
            case "i64" -> text(Integers.I64, Long::valueOf, String::valueOf);
            case "i128" -> text(Integers.I128, BigInteger::new, BigInteger::toString);
            case "i256" -> text(Integers.I256, BigInteger::new, BigInteger::toString);
            case "Compact<u8>" -> text(Integers.COMPACT_U8, Integer::valueOf, String::valueOf);
            case "Compact<u16>" -> text(Integers.COMPACT_U16, Integer::valueOf, String::valueOf);
            case "Compact<u32>" -> text(Codecs.COMPACT_U32, Long::valueOf, String::valueOf);
            case "Compact<u64>" -> text(Codecs.COMPACT_U64, Long::parseUnsignedLong, Long::toUnsignedString);
            case "Compact<u128>" -> text(Codecs.COMPACT_U128, U128::parse, U128::toString);
            case "bool" -> mapped(Codecs.BOOL, JSON::booleanNode, JsonNode::asBoolean);
            case "str" -> text(Codecs.STRING, text -> text, text -> text);
            case "Bytes" -> text(Codecs.BYTES, Bytes::fromHex, Bytes::hex);
            case "()" -> mapped(Codecs.UNIT, _ -> JSON.nullNode(), _ -> Unit.UNIT);
            case "BitVec<u8,Lsb0>" -> mapped(BitVec.CODEC, bits -> JSON.textNode(bits.toString()), _ -> {
                throw new IllegalArgumentException("only read here");
            });
            case "OptionBool" -> mapped(OptionBool.CODEC, value -> switch (value) {
                case NONE -> JSON.nullNode();
                case TRUE -> some(JSON.booleanNode(true));
                case FALSE -> some(JSON.booleanNode(false));
            }, json -> json.isNull() ? OptionBool.NONE
                    : json.get("some").asBoolean() ? OptionBool.TRUE : OptionBool.FALSE);
            default -> throw new IllegalArgumentException("no codec for " + type);
        };
    }

    private static <T> Codec<JsonNode> mapped(Codec<T> codec, Function<T, JsonNode> to, Function<JsonNode, T> from) {
        return Codecs.mapped(codec, codec.type(), to::apply, from);
    }

    private static <T> Codec<JsonNode> text(Codec<T> codec, Function<String, T> parse, Function<T, String> print) {
        return mapped(codec, value -> JSON.textNode(print.apply(value)), json -> parse.apply(json.asText()));
    }

    private static Codec<JsonNode> sequence(Codec<List<JsonNode>> codec) {
        return mapped(codec, DescribedCodec::array, json -> json.valueStream().toList());
    }

    private static ArrayNode array(List<JsonNode> elements) {
        return JSON.arrayNode().addAll(elements);
    }

    /**
     * The libraries that made the vectors cannot tell {@code Some(None)} from {@code None}: for an option of an option both
     * stand for the latter, see {@code ScaleVectorsTest}.
     */
    private static Codec<JsonNode> option(Codec<JsonNode> some, boolean ofOption) {
        return mapped(Codecs.option(some), value -> value.<JsonNode>map(DescribedCodec::some).orElse(JSON.nullNode()),
                json -> json.isNull() || ofOption && json.get("some").isNull() ? Optional.empty()
                        : Optional.of(json.get("some")));
    }

    private static ObjectNode some(JsonNode value) {
        return JSON.objectNode().set("some", value);
    }

    private static Codec<JsonNode> result(Codec<JsonNode> ok, Codec<JsonNode> err) {
        return mapped(Result.codec(ok, err), result -> switch (result) {
            case Result.Ok<JsonNode, JsonNode>(JsonNode value) -> JSON.objectNode().set("ok", value);
            case Result.Err<JsonNode, JsonNode>(JsonNode error) -> JSON.objectNode().set("err", error);
        }, json -> json.has("ok") ? Result.ok(json.get("ok")) : Result.err(json.get("err")));
    }

    private static Codec<JsonNode> tuple(List<Codec<JsonNode>> parts) {
        return Codecs.of(NO_TYPE, (out, json) -> {
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).encode(json.get(i), out);
            }
        }, in -> {
            ArrayNode values = JSON.arrayNode();
            for (Codec<JsonNode> part : parts) {
                values.add(part.decode(in));
            }
            return values;
        });
    }

    private static Codec<JsonNode> struct(JsonNode fields) {
        return Codecs.of(NO_TYPE,
                (out, json) -> fields.properties().forEach(f -> of(f.getValue()).encode(json.get(f.getKey()), out)),
                in -> {
                    ObjectNode values = JSON.objectNode();
                    for (Map.Entry<String, JsonNode> field : fields.properties()) {
                        values.set(field.getKey(), of(field.getValue()).decode(in));
                    }
                    return values;
                });
    }

    private static Codec<JsonNode> map(String key, String value) {
        Comparator<JsonNode> order = order(key);
        return mapped(Codecs.map(ofText(key), ofText(value), order),
                map -> array(
                        map.entrySet().stream().<JsonNode>map(e -> array(List.of(e.getKey(), e.getValue()))).toList()),
                json -> {
                    SortedMap<JsonNode, JsonNode> map = new TreeMap<>(order);
                    json.valueStream().forEach(pair -> map.put(pair.get(0), pair.get(1)));
                    return map;
                });
    }

    private static Codec<JsonNode> set(String element) {
        Comparator<JsonNode> order = order(element);
        return mapped(Codecs.set(ofText(element), order), set -> array(List.copyOf(set)), json -> {
            SortedSet<JsonNode> set = new TreeSet<>(order);
            json.valueStream().forEach(set::add);
            return set;
        });
    }

    private static Comparator<JsonNode> order(String type) {
        return type.equals("str") ? Comparator.comparing(JsonNode::asText)
                : Comparator.comparing(node -> new BigInteger(node.asText()));
    }

    /** One variant of a described enumeration; all have the same Java class, so the table is kept here, not in Variants. */
    private record Variant(String name, int index, Codec<JsonNode> value, boolean isUnit) {}

    private static Codec<JsonNode> enumeration(JsonNode described) {
        List<Variant> variants = new ArrayList<>();
        described.properties().forEach(v -> {
            boolean explicit = v.getValue().isArray();
            JsonNode type = explicit ? v.getValue().get(1) : v.getValue();
            variants.add(new Variant(v.getKey(), explicit ? v.getValue().get(0).asInt() : variants.size(), of(type),
                    type.asText().equals("()")));
        });
        return Codecs.of(NO_TYPE, (out, json) -> {
            Variant variant = variants.stream().filter(v -> v.name.equals(json.get("variant").asText())).findAny()
                    .orElseThrow();
            variant.value.encode(json.path("value"), out.u8(variant.index));
        }, in -> {
            int index = in.u8();
            Variant variant = variants.stream().filter(v -> v.index == index).findAny()
                    .orElseThrow(() -> new ScaleException("no variant " + index));
            ObjectNode json = JSON.objectNode().put("variant", variant.name);
            JsonNode value = variant.value.decode(in);
            return variant.isUnit ? json : json.set("value", value);
        });
    }
}
