package io.vilokanam.scale;

import io.vilokanam.scale.type.TypeInfo;

/** Rust's {@code Result}: a byte 0 and the value, or a byte 1 and the error. */
public sealed interface Result<T, E> {

    record Ok<T, E>(T value) implements Result<T, E> {}

    record Err<T, E>(E error) implements Result<T, E> {}

    static <T, E> Result<T, E> ok(T value) {
        return new Ok<>(value);
    }

    static <T, E> Result<T, E> err(E error) {
        return new Err<>(error);
    }

    default boolean isOk() {
        return this instanceof Ok;
    }

    static <T, E> Codec<Result<T, E>> codec(Codec<T> ok, Codec<E> err) {
        return Codecs.of(TypeInfo.result(ok.type(), err.type()), (out, result) -> {
            switch (result) {
                case Ok<T, E>(T value) -> ok.encode(value, out.u8(0));
                case Err<T, E>(E error) -> err.encode(error, out.u8(1));
            }
        }, in -> {
            int index = in.u8();
            return switch (index) {
                case 0 -> ok(ok.decode(in));
                case 1 -> err(err.decode(in));
                default -> throw new ScaleException("Result must begin with 0 or 1, got " + index);
            };
        });
    }
}
