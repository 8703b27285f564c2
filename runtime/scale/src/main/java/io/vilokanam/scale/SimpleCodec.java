package io.vilokanam.scale;

import io.vilokanam.scale.type.TypeInfo;

/** A codec made of a writer, a reader and a type. */
record SimpleCodec<T>(TypeInfo type, Writer<T> writer, Reader<T> reader) implements Codec<T> {

    @FunctionalInterface
    interface Writer<T> {
        void write(ScaleOutput out, T value);
    }

    @FunctionalInterface
    interface Reader<T> {
        T read(ScaleInput in) throws ScaleException;
    }

    @Override
    public void encode(T value, ScaleOutput out) {
        writer.write(out, value);
    }

    @Override
    public T decode(ScaleInput in) throws ScaleException {
        return reader.read(in);
    }
}
