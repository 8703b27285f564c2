package io.vilokanam.frame.metadata;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** A type that refers to others by id ({@code scale_info::PortableType}). */
public record PortableType(int id, List<String> path, List<Parameter> parameters, PortableDefinition definition,
        List<String> docs) {

    /** A generic parameter and its type, which may be left out. */
    public record Parameter(String name, Optional<Integer> type) {
        static final Codec<Parameter> CODEC = struct(Parameter::new, field(Codecs.STRING, Parameter::name),
                field(Codecs.option(TypeId.CODEC), Parameter::type)).tuple();
    }

    static final Codec<PortableType> CODEC = struct(PortableType::new, field(TypeId.CODEC, PortableType::id),
            field(Codecs.vec(Codecs.STRING), PortableType::path),
            field(Codecs.vec(Parameter.CODEC), PortableType::parameters),
            field(PortableDefinition.CODEC, PortableType::definition),
            field(Codecs.vec(Codecs.STRING), PortableType::docs)).tuple();

    public PortableType {
        path = List.copyOf(path);
        parameters = List.copyOf(parameters);
        docs = List.copyOf(docs);
    }
}
