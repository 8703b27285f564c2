package io.vilokanam.frame.runtimeapi;

import java.util.List;

import io.vilokanam.api.Externalities;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeInfo;

/** One method of a runtime API: name, parameters and result as metadata shows them, and what it does. */
public final class ApiMethod {

    /** A parameter: its name and how it stands on the wire. */
    public record Parameter<T>(String name, Codec<T> codec) {}

    @FunctionalInterface
    private interface Body {
        void run(Externalities ext, ScaleInput arguments, ScaleOutput result) throws ScaleException;
    }

    /** A method without parameters. */
    @FunctionalInterface
    public interface Of0<R> {
        R call(Externalities ext);
    }

    /** A method of one parameter. */
    @FunctionalInterface
    public interface Of1<A, R> {
        R call(Externalities ext, A a);
    }

    /** A method of two parameters. */
    @FunctionalInterface
    public interface Of2<A, B, R> {
        R call(Externalities ext, A a, B b);
    }

    /** A method of three parameters. */
    @FunctionalInterface
    public interface Of3<A, B, C, R> {
        R call(Externalities ext, A a, B b, C c);
    }

    private final String name;
    private final List<Parameter<?>> parameters;
    private final TypeInfo result;
    private final Body body;

    private ApiMethod(String name, List<Parameter<?>> parameters, TypeInfo result, Body body) {
        this.name = name;
        this.parameters = parameters;
        this.result = result;
        this.body = body;
    }

    public static <T> Parameter<T> parameter(String name, Codec<T> codec) {
        return new Parameter<>(name, codec);
    }

    public static <R> ApiMethod method(String name, Codec<R> result, Of0<R> body) {
        return new ApiMethod(name, List.of(), result.type(), (ext, in, out) -> {
            in.expectEnd();
            result.encode(body.call(ext), out);
        });
    }

    public static <A, R> ApiMethod method(String name, Parameter<A> a, Codec<R> result, Of1<A, R> body) {
        return new ApiMethod(name, List.of(a), result.type(), (ext, in, out) -> {
            A first = a.codec.decode(in);
            in.expectEnd();
            result.encode(body.call(ext, first), out);
        });
    }

    public static <A, B, R> ApiMethod method(String name, Parameter<A> a, Parameter<B> b, Codec<R> result,
            Of2<A, B, R> body) {
        return new ApiMethod(name, List.of(a, b), result.type(), (ext, in, out) -> {
            A first = a.codec.decode(in);
            B second = b.codec.decode(in);
            in.expectEnd();
            result.encode(body.call(ext, first, second), out);
        });
    }

    public static <A, B, C, R> ApiMethod method(String name, Parameter<A> a, Parameter<B> b, Parameter<C> c,
            Codec<R> result, Of3<A, B, C, R> body) {
        return new ApiMethod(name, List.of(a, b, c), result.type(), (ext, in, out) -> {
            A first = a.codec.decode(in);
            B second = b.codec.decode(in);
            C third = c.codec.decode(in);
            in.expectEnd();
            result.encode(body.call(ext, first, second, third), out);
        });
    }

    public String name() {
        return name;
    }

    public List<Parameter<?>> parameters() {
        return parameters;
    }

    public TypeInfo result() {
        return result;
    }

    /** Calls the method with SCALE arguments, all of which must be used. */
    public byte[] call(Externalities ext, byte[] arguments) throws ScaleException {
        ScaleOutput out = new ScaleOutput();
        body.run(ext, new ScaleInput(arguments), out);
        return out.toByteArray();
    }
}
