package io.vilokanam.frame.metadata;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/** How type ids stand on the wire: compact. */
final class TypeId {

    /** Far more types than any runtime has. */
    private static final int ID_MAX = 1 << 24;

    static final Codec<Integer> CODEC = Codecs.mapped(Codecs.COMPACT_U32, Codecs.COMPACT_U32.type(), id -> {
        if (id > ID_MAX) {
            throw new ScaleException("type ids go up to " + ID_MAX + ", got " + id);
        }
        return id.intValue();
    }, Integer::longValue);

    private TypeId() {}
}
