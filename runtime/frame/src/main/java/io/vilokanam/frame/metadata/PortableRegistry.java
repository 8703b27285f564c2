package io.vilokanam.frame.metadata;

import java.util.List;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** The types of a metadata blob, referred to by id ({@code scale_info::PortableRegistry}). */
public record PortableRegistry(List<PortableType> types) {

    static final Codec<PortableRegistry> CODEC = Codecs.mapped(Codecs.vec(PortableType.CODEC), Codecs.UNIT.type(),
            PortableRegistry::new, PortableRegistry::types);

    public PortableRegistry {
        types = List.copyOf(types);
    }

    /**
     * The type with this id: types stand at the place of their id in every registry that scale-info makes.
     *
     * @throws IllegalArgumentException if there is none
     */
    public PortableType type(int id) {
        if (id < 0 || id >= types.size() || types.get(id).id() != id) {
            throw new IllegalArgumentException("no type " + id + " among " + types.size());
        }
        return types.get(id);
    }
}
