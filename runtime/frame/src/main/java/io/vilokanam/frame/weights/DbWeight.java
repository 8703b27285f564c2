package io.vilokanam.frame.weights;

import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Struct;

/** What a storage access costs, in picoseconds. */
public record DbWeight(long read, long write) {

    /** FRAME's {@code RocksDbWeight}: 25 µs a read, 100 µs a write. */
    public static final DbWeight ROCKS_DB = new DbWeight(25_000_000L, 100_000_000L);

    public static final Codec<DbWeight> CODEC = Struct
            .struct(DbWeight::new, Struct.field("read", "u64", Codecs.U64, DbWeight::read),
                    Struct.field("write", "u64", Codecs.U64, DbWeight::write))
            .named("sp_weights::RuntimeDbWeight");

    public Weight reads(long count) {
        return new Weight(read * count, 0);
    }

    public Weight writes(long count) {
        return new Weight(write * count, 0);
    }

    public Weight readsWrites(long reads, long writes) {
        return new Weight(read * reads + write * writes, 0);
    }
}
