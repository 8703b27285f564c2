package io.vilokanam.primitives.header;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** The log items of a header, in order ({@code sp_runtime::generic::Digest}). */
public record Digest(List<DigestItem> items) {

    public static final Digest EMPTY = new Digest(List.of());

    public static final Codec<Digest> CODEC = struct(Digest::new,
            field("logs", "Vec<DigestItem>", Codecs.vec(DigestItem.CODEC), Digest::items))
            .named("sp_runtime::generic::digest::Digest");

    public Digest {
        items = List.copyOf(items);
    }

    public Digest plus(DigestItem item) {
        List<DigestItem> more = new ArrayList<>(items);
        more.add(item);
        return new Digest(more);
    }
}
