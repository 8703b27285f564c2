package io.vilokanam.scale;

import static io.vilokanam.scale.type.TypeDefinition.Primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

import io.vilokanam.scale.type.TypeInfo;

/**
 * The built-in codecs and those made of others (Polkadot specification, "SCALE codec"). Unsigned 8 and 16-bit numbers are
 * {@code Integer}, 32-bit ones {@code Long}, 64-bit ones a {@code Long} whose bits are read as unsigned.
 */
public final class Codecs {

    public static final Codec<Integer> U8 = of(primitive(Primitive.U8), ScaleOutput::u8, ScaleInput::u8);
    public static final Codec<Integer> U16 = of(primitive(Primitive.U16), ScaleOutput::u16, ScaleInput::u16);
    public static final Codec<Long> U32 = of(primitive(Primitive.U32), ScaleOutput::u32, ScaleInput::u32);
    public static final Codec<Long> U64 = of(primitive(Primitive.U64), ScaleOutput::u64, ScaleInput::u64);
    public static final Codec<U128> U128 = of(primitive(Primitive.U128), ScaleOutput::u128, ScaleInput::u128);
    public static final Codec<Boolean> BOOL = of(primitive(Primitive.BOOL), ScaleOutput::bool, ScaleInput::bool);
    public static final Codec<String> STRING = of(primitive(Primitive.STR), ScaleOutput::string, ScaleInput::string);

    /** {@code Vec<u8>}: a compact length and the bytes. */
    public static final Codec<Bytes> BYTES = of(TypeInfo.sequence(U8.type()), (out, v) -> out.bytes(v.view()),
            in -> Bytes.wrap(in.bytes()));

    public static final Codec<Long> COMPACT_U32 = of(TypeInfo.compact(U32.type()), ScaleOutput::compact,
            ScaleInput::compactU32);
    public static final Codec<Long> COMPACT_U64 = of(TypeInfo.compact(U64.type()), ScaleOutput::compact,
            ScaleInput::compactU64);
    public static final Codec<U128> COMPACT_U128 = of(TypeInfo.compact(U128.type()), ScaleOutput::compact,
            ScaleInput::compactU128);

    /** {@code ()}: no bytes. */
    public static final Codec<Unit> UNIT = of(TypeInfo.tuple(List.of()), (_, _) -> {}, _ -> Unit.UNIT);

    /** The only value of the empty tuple. */
    public enum Unit {
        UNIT
    }

    private Codecs() {}

    /** A codec from a type, a writer and a reader. */
    public static <T> Codec<T> codec(TypeInfo type, Function<T, byte[]> writer, FallibleReader<T> reader) {
        return of(type, (out, value) -> out.raw(writer.apply(value)), reader::read);
    }

    /** Reads one value from an input. */
    @FunctionalInterface
    public interface FallibleReader<T> {
        T read(ScaleInput in) throws ScaleException;
    }

    /** A codec over another one; {@code to} may refuse a value that decoded. */
    public static <A, T> Codec<T> mapped(Codec<A> codec, TypeInfo type, FallibleFunction<A, T> to,
            Function<T, A> from) {
        return of(type, (out, value) -> codec.encode(from.apply(value), out), in -> to.apply(codec.decode(in)));
    }

    /** Turns a decoded value into another, or refuses it. */
    @FunctionalInterface
    public interface FallibleFunction<A, T> {
        T apply(A value) throws ScaleException;
    }

    /** Exactly {@code length} bytes: {@code [u8; length]}. */
    public static Codec<Bytes> fixedBytes(int length) {
        return of(TypeInfo.array(length, U8.type()), (out, value) -> out.raw(exactly(value, length).view()),
                in -> Bytes.wrap(in.raw(length)));
    }

    private static Bytes exactly(Bytes value, int length) {
        if (value.size() != length) {
            throw new IllegalArgumentException("expected " + length + " bytes, got " + value.size());
        }
        return value;
    }

    /** A byte 0 for none, or 1 and the value. */
    public static <T> Codec<Optional<T>> option(Codec<T> some) {
        return of(TypeInfo.option(some.type()), (out, value) -> {
            out.bool(value.isPresent());
            value.ifPresent(v -> some.encode(v, out));
        }, in -> in.bool() ? Optional.of(some.decode(in)) : Optional.empty());
    }

    /** A compact count and the elements. */
    public static <T> Codec<List<T>> vec(Codec<T> element) {
        return of(TypeInfo.sequence(element.type()), (out, values) -> {
            out.compact(values.size());
            values.forEach(value -> element.encode(value, out));
        }, in -> sequence(in, element));
    }

    private static <T> List<T> sequence(ScaleInput in, Codec<T> element) throws ScaleException {
        long count = in.compactU32();
        if (count > Integer.MAX_VALUE) {
            throw new ScaleException("a sequence of " + count + " elements is too long");
        }
        in.enterSequence();
        List<T> values = new ArrayList<>((int) Math.min(count, FIRST_CAPACITY_MAX));
        int empty = 0;
        for (long i = 0; i < count; i++) {
            int before = in.position();
            values.add(element.decode(in));
            if (in.position() == before && ++empty > EMPTY_ELEMENTS_MAX) {
                throw new ScaleException("a sequence of " + count + " elements without bytes is too long");
            }
        }
        in.leaveSequence();
        return Collections.unmodifiableList(values);
    }

    /** Elements that take no bytes cost nothing to claim, so their number is limited. */
    private static final int EMPTY_ELEMENTS_MAX = 1 << 16;

    /**
     * Sequences may nest, and each level may claim as many elements as bytes follow: what is set aside before an element was
     * read stays small.
     */
    private static final int FIRST_CAPACITY_MAX = 64;

    /** Exactly {@code length} elements: {@code [T; length]}. */
    public static <T> Codec<List<T>> array(int length, Codec<T> element) {
        return of(TypeInfo.array(length, element.type()), (out, values) -> {
            if (values.size() != length) {
                throw new IllegalArgumentException("expected " + length + " elements, got " + values.size());
            }
            values.forEach(value -> element.encode(value, out));
        }, in -> {
            List<T> values = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                values.add(element.decode(in));
            }
            return Collections.unmodifiableList(values);
        });
    }

    /** {@code BTreeMap}: a compact count and the pairs; written in key order, read in any order as the reference does. */
    public static <K extends Comparable<K>, V> Codec<SortedMap<K, V>> map(Codec<K> key, Codec<V> value) {
        return map(key, value, Comparator.naturalOrder());
    }

    public static <K, V> Codec<SortedMap<K, V>> map(Codec<K> key, Codec<V> value, Comparator<K> order) {
        Codec<List<Map.Entry<K, V>>> pairs = vec(tuple(key, value));
        return of(TypeInfo.map(key.type(), value.type()), (out, map) -> pairs.encode(List.copyOf(map.entrySet()), out),
                in -> {
                    SortedMap<K, V> map = new TreeMap<>(order);
                    pairs.decode(in).forEach(pair -> map.put(pair.getKey(), pair.getValue()));
                    return Collections.unmodifiableSortedMap(map);
                });
    }

    /** {@code BTreeSet}: a compact count and the elements; written in order, read in any order as the reference does. */
    public static <T extends Comparable<T>> Codec<SortedSet<T>> set(Codec<T> element) {
        return set(element, Comparator.naturalOrder());
    }

    public static <T> Codec<SortedSet<T>> set(Codec<T> element, Comparator<T> order) {
        Codec<List<T>> elements = vec(element);
        return of(TypeInfo.set(element.type()), (out, set) -> elements.encode(List.copyOf(set), out), in -> {
            SortedSet<T> set = new TreeSet<>(order);
            set.addAll(elements.decode(in));
            return Collections.unmodifiableSortedSet(set);
        });
    }

    /** Two values one behind the other. */
    public static <A, B> Codec<Map.Entry<A, B>> tuple(Codec<A> first, Codec<B> second) {
        return of(TypeInfo.tuple(List.of(first.type(), second.type())), (out, pair) -> {
            first.encode(pair.getKey(), out);
            second.encode(pair.getValue(), out);
        }, in -> {
            A a = first.decode(in);
            return Map.entry(a, second.decode(in));
        });
    }

    /** A codec that is asked for when it is first needed: for types that hold themselves. Costs one level of depth. */
    public static <T> Codec<T> lazy(TypeInfo type, Supplier<Codec<T>> codec) {
        return of(type, (out, value) -> codec.get().encode(value, out), in -> {
            in.enterBox();
            T value = codec.get().decode(in);
            in.leaveBox();
            return value;
        });
    }

    static <T> Codec<T> of(TypeInfo type, SimpleCodec.Writer<T> writer, SimpleCodec.Reader<T> reader) {
        return new SimpleCodec<>(type, writer, reader);
    }

    private static TypeInfo primitive(Primitive primitive) {
        return TypeInfo.primitive(primitive);
    }
}
