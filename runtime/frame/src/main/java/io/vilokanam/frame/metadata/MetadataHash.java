package io.vilokanam.frame.metadata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import io.vilokanam.scale.ScaleOutput;

/**
 * The metadata hash that {@code CheckMetadataHash} lets a wallet sign over (RFC-78): a digest of what it takes to read an
 * extrinsic, made so that each type can be proved on its own. The types that extrinsics reach are the leaves of a binary tree,
 * an enum has a leaf a variant; hashed by BLAKE3. Source: the {@code merkleized-metadata} crate, whose order is kept.
 */
public final class MetadataHash {

    /**
     * What a wallet needs beside the types.
     *
     * @param base58Prefix the SS58 prefix, a u16
     * @param decimals of the token, a u8
     */
    public record Chain(long specVersion, String specName, int base58Prefix, int decimals, String tokenSymbol) {}

    private static final int DIGEST_V1 = 1;

    private final PortableRegistry types;
    private final UnaryOperator<byte[]> blake3;
    /** The ids of types that have leaves, numbered anew in their order. */
    private final SortedMap<Integer, Integer> newIds;

    private MetadataHash(PortableRegistry types, SortedMap<Integer, Integer> newIds, UnaryOperator<byte[]> blake3) {
        this.types = types;
        this.newIds = newIds;
        this.blake3 = blake3;
    }

    /**
     * The hash of {@code metadata}; all versions that show extrinsics alike give the same if their types have the same order.
     *
     * @param blake3 BLAKE3 with 32 bytes of output
     * @throws IllegalArgumentException for version 14, which does not say what extrinsics are made of
     */
    public static byte[] of(Metadata metadata, Chain chain, UnaryOperator<byte[]> blake3) {
        ExtrinsicDescription<Integer> extrinsic = metadata.runtime().extrinsic();
        Optional<Integer> call = extrinsic.call()
                .or(() -> metadata.runtime().outerEnums().map(RuntimeDescription.OuterEnums::call));
        if (extrinsic.address().isEmpty() || extrinsic.signature().isEmpty() || call.isEmpty()) {
            throw new IllegalArgumentException("a metadata hash needs version 15 or 16, got " + metadata.version());
        }
        List<Integer> roots = new ArrayList<>(
                List.of(call.get(), extrinsic.address().get(), extrinsic.signature().get()));
        extrinsic.extensions().forEach(extension -> {
            roots.add(extension.type());
            roots.add(extension.implicit());
        });
        MetadataHash hash = new MetadataHash(metadata.types(), numbered(metadata.types(), roots), blake3);
        ScaleOutput out = new ScaleOutput().u8(DIGEST_V1).raw(hash.typesRoot())
                .raw(hash.extrinsicHash(extrinsic, call.get())).u32(chain.specVersion).string(chain.specName)
                .u16(chain.base58Prefix).u8(chain.decimals).string(chain.tokenSymbol);
        return blake3.apply(out.toByteArray());
    }

    /** All types that {@code roots} reach, as far as they have leaves. */
    private static SortedMap<Integer, Integer> numbered(PortableRegistry types, List<Integer> roots) {
        SortedMap<Integer, Integer> reached = new TreeMap<>();
        Deque<Integer> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            int id = open.pop();
            if (reached.putIfAbsent(id, 0) == null) {
                parts(types.type(id).definition()).forEach(open::push);
            }
        }
        SortedMap<Integer, Integer> numbered = new TreeMap<>();
        for (int id : reached.keySet()) {
            if (hasLeaves(types.type(id).definition())) {
                numbered.put(id, numbered.size());
            }
        }
        return numbered;
    }

    /** What a type is made of; compacts and bit sequences stand for themselves. */
    private static List<Integer> parts(PortableDefinition definition) {
        return switch (definition) {
            case PortableDefinition.Composite(var fields) ->
                fields.stream().map(PortableDefinition.Field::type).toList();
            case PortableDefinition.Enumeration(var variants) -> variants.stream()
                    .flatMap(variant -> variant.fields().stream()).map(PortableDefinition.Field::type).toList();
            case PortableDefinition.Sequence(int element) -> List.of(element);
            case PortableDefinition.Array(_, int element) -> List.of(element);
            case PortableDefinition.Tuple(var elements) -> elements;
            case PortableDefinition.OfPrimitive _,PortableDefinition.Compact _,PortableDefinition.BitSequence _ ->
                List.of();
        };
    }

    /** Primitives and compacts are named where they are used, and what is empty is void. */
    private static boolean hasLeaves(PortableDefinition definition) {
        return switch (definition) {
            case PortableDefinition.Composite(var fields) -> !fields.isEmpty();
            case PortableDefinition.Enumeration(var variants) -> !variants.isEmpty();
            case PortableDefinition.Tuple(var elements) -> !elements.isEmpty();
            case PortableDefinition.OfPrimitive _,PortableDefinition.Compact _ -> false;
            case PortableDefinition.Sequence _,PortableDefinition.Array _,PortableDefinition.BitSequence _ -> true;
        };
    }

    private byte[] extrinsicHash(ExtrinsicDescription<Integer> extrinsic, int call) {
        ScaleOutput out = new ScaleOutput().u8(Collections.min(extrinsic.versions()));
        reference(extrinsic.address().orElseThrow(), out);
        reference(call, out);
        reference(extrinsic.signature().orElseThrow(), out);
        out.compact(extrinsic.extensions().size());
        for (var extension : extrinsic.extensions()) {
            out.string(extension.identifier());
            reference(extension.type(), out);
            reference(extension.implicit(), out);
        }
        return blake3.apply(out.toByteArray());
    }

    /** The root over the leaves: the last two nodes of a queue become one at its front, until one is left. */
    private byte[] typesRoot() {
        Deque<byte[]> nodes = new ArrayDeque<>();
        newIds.keySet().forEach(id -> leaves(types.type(id), nodes));
        while (nodes.size() > 1) {
            byte[] right = nodes.removeLast();
            byte[] left = nodes.removeLast();
            nodes.addFirst(blake3.apply(new ScaleOutput().raw(left).raw(right).toByteArray()));
        }
        return nodes.isEmpty() ? new byte[32] : nodes.getFirst();
    }

    private void leaves(PortableType type, Deque<byte[]> nodes) {
        if (type.definition() instanceof PortableDefinition.Enumeration(var variants)) {
            variants.stream().sorted(Comparator.comparingInt(PortableDefinition.Variant::index)).forEach(variant -> {
                ScaleOutput out = new ScaleOutput();
                path(type, out);
                out.u8(1).string(variant.name());
                fields(variant.fields(), out);
                out.compact(variant.index());
                nodes.addLast(leaf(type, out));
            });
        } else {
            ScaleOutput out = new ScaleOutput();
            path(type, out);
            definition(type.definition(), out);
            nodes.addLast(leaf(type, out));
        }
    }

    private byte[] leaf(PortableType type, ScaleOutput out) {
        return blake3.apply(out.compact(newIds.get(type.id())).toByteArray());
    }

    private static void path(PortableType type, ScaleOutput out) {
        out.compact(type.path().size());
        type.path().forEach(out::string);
    }

    private void definition(PortableDefinition definition, ScaleOutput out) {
        switch (definition) {
            case PortableDefinition.Composite(var fields) -> fields(fields, out.u8(0));
            case PortableDefinition.Sequence(int element) -> reference(element, out.u8(2));
            case PortableDefinition.Array(long length, int element) -> reference(element, out.u8(3).u32(length));
            case PortableDefinition.Tuple(var elements) -> {
                out.u8(4).compact(elements.size());
                elements.forEach(element -> reference(element, out));
            }
            case PortableDefinition.BitSequence(int store, int order) ->
                out.u8(5).u8(width(store)).bool(types.type(order).path().contains("Lsb0"));
            case PortableDefinition.Enumeration _,PortableDefinition.OfPrimitive _,PortableDefinition.Compact _ ->
                throw new IllegalStateException("has no leaf of its own: " + definition);
        }
    }

    private void fields(List<PortableDefinition.Field> fields, ScaleOutput out) {
        out.compact(fields.size());
        for (PortableDefinition.Field field : fields) {
            text(field.name(), out);
            reference(field.type(), out);
            text(field.typeName(), out);
        }
    }

    private static void text(Optional<String> text, ScaleOutput out) {
        out.bool(text.isPresent());
        text.ifPresent(out::string);
    }

    private static final int VOID = 21;
    private static final int BY_ID = 22;

    /** Names a type: a byte for a primitive, a compact or nothing, otherwise 22 and its new id. */
    private void reference(int id, ScaleOutput out) {
        PortableDefinition definition = types.type(id).definition();
        if (hasLeaves(definition)) {
            out.u8(BY_ID).compact(newIds.get(id));
            return;
        }
        out.u8(switch (definition) {
            case PortableDefinition.OfPrimitive(var primitive) -> primitive.ordinal();
            case PortableDefinition.Compact(int element) -> compact(element);
            case PortableDefinition.Composite _,PortableDefinition.Enumeration _,PortableDefinition.Tuple _,PortableDefinition.Sequence _,PortableDefinition.Array _,PortableDefinition.BitSequence _ ->
                VOID;
        });
    }

    /** 15 to 20 for compacts of u8 to u256, found through the wrappers around the number; void for a compact of nothing. */
    private int compact(int element) {
        int id = element;
        while (true) {
            switch (types.type(id).definition()) {
                case PortableDefinition.OfPrimitive(var primitive) -> {
                    return switch (primitive) {
                        case U8 -> 15;
                        case U16 -> 16;
                        case U32 -> 17;
                        case U64 -> 18;
                        case U128 -> 19;
                        case U256 -> 20;
                        case BOOL, CHAR, STR, I8, I16, I32, I64, I128, I256 ->
                            throw new IllegalArgumentException("there is no compact " + primitive);
                    };
                }
                case PortableDefinition definition -> {
                    List<Integer> parts = parts(definition);
                    if (parts.isEmpty()) {
                        return VOID;
                    }
                    if (parts.size() > 1) {
                        throw new IllegalArgumentException(
                                "a compact wraps one number, type " + id + " has more parts");
                    }
                    id = parts.getFirst();
                }
            }
        }
    }

    /** The bytes of a bit sequence's store. */
    private int width(int store) {
        if (types.type(store).definition() instanceof PortableDefinition.OfPrimitive(var primitive)) {
            return switch (primitive) {
                case U8 -> 1;
                case U16 -> 2;
                case U32 -> 4;
                case U64 -> 8;
                case BOOL, CHAR, STR, U128, U256, I8, I16, I32, I64, I128, I256 ->
                    throw new IllegalArgumentException("bits are not stored in " + primitive);
            };
        }
        throw new IllegalArgumentException("bits are not stored in type " + store);
    }
}
