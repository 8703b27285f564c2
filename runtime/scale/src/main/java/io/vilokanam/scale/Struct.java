package io.vilokanam.scale;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/**
 * A codec of fields in order, declared beside the constructor that takes them:
 * {@code struct(Point::new, field("x", U32, Point::x), field("y", U32, Point::y))}. By itself it describes the fields of a
 * variant; {@link #named} makes it a type of its own.
 */
public final class Struct<T> {

    /** One field: its name and the Rust text of its type (both may be empty), its codec and its accessor. */
    public record Field<T, F>(String name, String typeName, Codec<F> codec, Function<T, F> accessor, String docs) {

        TypeDefinition.Field describe() {
            return new TypeDefinition.Field(name, codec.type(), typeName, docs);
        }

        void encode(T value, ScaleOutput out) {
            codec.encode(accessor.apply(value), out);
        }

        F decode(ScaleInput in) throws ScaleException {
            return codec.decode(in);
        }

        public Field<T, F> docs(String text) {
            return new Field<>(name, typeName, codec, accessor, text);
        }
    }

    private final List<Field<T, ?>> fields;
    private final SimpleCodec.Reader<T> reader;

    private Struct(List<Field<T, ?>> fields, SimpleCodec.Reader<T> reader) {
        this.fields = fields;
        this.reader = reader;
    }

    public void encode(T value, ScaleOutput out) {
        for (int i = 0; i < fields.size(); i++) { // without an iterator: each account and event passes here
            fields.get(i).encode(value, out);
        }
    }

    public T decode(ScaleInput in) throws ScaleException {
        return reader.read(in);
    }

    /** The fields as metadata lists them. */
    public List<TypeDefinition.Field> describe() {
        return fields.stream().map(Field::describe).toList();
    }

    /** The codec of a composite type with this Rust path. */
    public Codec<T> named(String path, TypeInfo.TypeParameter... parameters) {
        return as(TypeInfo.named(path, List.of(parameters), () -> new TypeDefinition.Composite(describe())));
    }

    /** The codec of a tuple of the fields' types. */
    public Codec<T> tuple() {
        return as(TypeInfo.tuple(fields.stream().map(f -> f.codec().type()).toList()));
    }

    /** The codec under a type that is described elsewhere. */
    public Codec<T> as(TypeInfo type) {
        return Codecs.of(type, (out, value) -> encode(value, out), reader);
    }

    /** A field of a tuple or tuple-like variant. */
    public static <T, F> Field<T, F> field(Codec<F> codec, Function<T, F> accessor) {
        return new Field<>("", "", codec, accessor, "");
    }

    public static <T, F> Field<T, F> field(String name, Codec<F> codec, Function<T, F> accessor) {
        return new Field<>(name, "", codec, accessor, "");
    }

    /** A field whose type is written {@code typeName} in the Rust source that metadata describes. */
    public static <T, F> Field<T, F> field(String name, String typeName, Codec<F> codec, Function<T, F> accessor) {
        return new Field<>(name, typeName, codec, accessor, "");
    }

    public static <T> Struct<T> struct(Supplier<T> constructor) {
        return new Struct<>(List.of(), _ -> constructor.get());
    }

    public static <T, A> Struct<T> struct(Function<A, T> constructor, Field<T, A> a) {
        return new Struct<>(List.of(a), in -> constructor.apply(a.decode(in)));
    }

    public static <T, A, B> Struct<T> struct(Of2<A, B, T> constructor, Field<T, A> a, Field<T, B> b) {
        return new Struct<>(List.of(a, b), in -> constructor.apply(a.decode(in), b.decode(in)));
    }

    public static <T, A, B, C> Struct<T> struct(Of3<A, B, C, T> constructor, Field<T, A> a, Field<T, B> b,
            Field<T, C> c) {
        return new Struct<>(List.of(a, b, c), in -> constructor.apply(a.decode(in), b.decode(in), c.decode(in)));
    }

    public static <T, A, B, C, D> Struct<T> struct(Of4<A, B, C, D, T> constructor, Field<T, A> a, Field<T, B> b,
            Field<T, C> c, Field<T, D> d) {
        return new Struct<>(List.of(a, b, c, d),
                in -> constructor.apply(a.decode(in), b.decode(in), c.decode(in), d.decode(in)));
    }

    public static <T, A, B, C, D, E> Struct<T> struct(Of5<A, B, C, D, E, T> constructor, Field<T, A> a, Field<T, B> b,
            Field<T, C> c, Field<T, D> d, Field<T, E> e) {
        return new Struct<>(List.of(a, b, c, d, e),
                in -> constructor.apply(a.decode(in), b.decode(in), c.decode(in), d.decode(in), e.decode(in)));
    }

    public static <T, A, B, C, D, E, F> Struct<T> struct(Of6<A, B, C, D, E, F, T> constructor, Field<T, A> a,
            Field<T, B> b, Field<T, C> c, Field<T, D> d, Field<T, E> e, Field<T, F> f) {
        return new Struct<>(List.of(a, b, c, d, e, f), in -> constructor.apply(a.decode(in), b.decode(in), c.decode(in),
                d.decode(in), e.decode(in), f.decode(in)));
    }

    public static <T, A, B, C, D, E, F, G> Struct<T> struct(Of7<A, B, C, D, E, F, G, T> constructor, Field<T, A> a,
            Field<T, B> b, Field<T, C> c, Field<T, D> d, Field<T, E> e, Field<T, F> f, Field<T, G> g) {
        return new Struct<>(List.of(a, b, c, d, e, f, g), in -> constructor.apply(a.decode(in), b.decode(in),
                c.decode(in), d.decode(in), e.decode(in), f.decode(in), g.decode(in)));
    }

    public static <T, A, B, C, D, E, F, G, H> Struct<T> struct(Of8<A, B, C, D, E, F, G, H, T> constructor,
            Field<T, A> a, Field<T, B> b, Field<T, C> c, Field<T, D> d, Field<T, E> e, Field<T, F> f, Field<T, G> g,
            Field<T, H> h) {
        return new Struct<>(List.of(a, b, c, d, e, f, g, h), in -> constructor.apply(a.decode(in), b.decode(in),
                c.decode(in), d.decode(in), e.decode(in), f.decode(in), g.decode(in), h.decode(in)));
    }

    public static <T, A, B, C, D, E, F, G, H, I> Struct<T> struct(Of9<A, B, C, D, E, F, G, H, I, T> constructor,
            Field<T, A> a, Field<T, B> b, Field<T, C> c, Field<T, D> d, Field<T, E> e, Field<T, F> f, Field<T, G> g,
            Field<T, H> h, Field<T, I> i) {
        return new Struct<>(List.of(a, b, c, d, e, f, g, h, i), in -> constructor.apply(a.decode(in), b.decode(in),
                c.decode(in), d.decode(in), e.decode(in), f.decode(in), g.decode(in), h.decode(in), i.decode(in)));
    }

    public static <T, A, B, C, D, E, F, G, H, I, J> Struct<T> struct(Of10<A, B, C, D, E, F, G, H, I, J, T> constructor,
            Field<T, A> a, Field<T, B> b, Field<T, C> c, Field<T, D> d, Field<T, E> e, Field<T, F> f, Field<T, G> g,
            Field<T, H> h, Field<T, I> i, Field<T, J> j) {
        return new Struct<>(List.of(a, b, c, d, e, f, g, h, i, j),
                in -> constructor.apply(a.decode(in), b.decode(in), c.decode(in), d.decode(in), e.decode(in),
                        f.decode(in), g.decode(in), h.decode(in), i.decode(in), j.decode(in)));
    }

    public static <T, A, B, C, D, E, F, G, H, I, J, K> Struct<T> struct(
            Of11<A, B, C, D, E, F, G, H, I, J, K, T> constructor, Field<T, A> a, Field<T, B> b, Field<T, C> c,
            Field<T, D> d, Field<T, E> e, Field<T, F> f, Field<T, G> g, Field<T, H> h, Field<T, I> i, Field<T, J> j,
            Field<T, K> k) {
        return new Struct<>(List.of(a, b, c, d, e, f, g, h, i, j, k),
                in -> constructor.apply(a.decode(in), b.decode(in), c.decode(in), d.decode(in), e.decode(in),
                        f.decode(in), g.decode(in), h.decode(in), i.decode(in), j.decode(in), k.decode(in)));
    }

    /** A constructor of 2 fields. */
    @FunctionalInterface
    public interface Of2<A, B, T> {
        T apply(A a, B b);
    }

    /** A constructor of 3 fields. */
    @FunctionalInterface
    public interface Of3<A, B, C, T> {
        T apply(A a, B b, C c);
    }

    /** A constructor of 4 fields. */
    @FunctionalInterface
    public interface Of4<A, B, C, D, T> {
        T apply(A a, B b, C c, D d);
    }

    /** A constructor of 5 fields. */
    @FunctionalInterface
    public interface Of5<A, B, C, D, E, T> {
        T apply(A a, B b, C c, D d, E e);
    }

    /** A constructor of 6 fields. */
    @FunctionalInterface
    public interface Of6<A, B, C, D, E, F, T> {
        T apply(A a, B b, C c, D d, E e, F f);
    }

    /** A constructor of 7 fields. */
    @FunctionalInterface
    public interface Of7<A, B, C, D, E, F, G, T> {
        T apply(A a, B b, C c, D d, E e, F f, G g);
    }

    /** A constructor of 8 fields. */
    @FunctionalInterface
    public interface Of8<A, B, C, D, E, F, G, H, T> {
        T apply(A a, B b, C c, D d, E e, F f, G g, H h);
    }

    /** A constructor of 9 fields. */
    @FunctionalInterface
    public interface Of9<A, B, C, D, E, F, G, H, I, T> {
        T apply(A a, B b, C c, D d, E e, F f, G g, H h, I i);
    }

    /** A constructor of 10 fields. */
    @FunctionalInterface
    public interface Of10<A, B, C, D, E, F, G, H, I, J, T> {
        T apply(A a, B b, C c, D d, E e, F f, G g, H h, I i, J j);
    }

    /** A constructor of 11 fields. */
    @FunctionalInterface
    public interface Of11<A, B, C, D, E, F, G, H, I, J, K, T> {
        T apply(A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k);
    }
}
