package io.vilokanam.primitives.header;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Struct;
import io.vilokanam.scale.Variants;

/** One entry of a header's digest ({@code sp_runtime::generic::DigestItem}). Engine ids are four bytes of ASCII. */
public sealed interface DigestItem {

    Bytes AURA = Bytes.ascii("aura");
    Bytes GRANDPA = Bytes.ascii("FRNK");

    /** What the runtime needs before it executes the block, e.g. the slot. */
    record PreRuntime(Bytes engine, Bytes payload) implements DigestItem {}

    /** A message from the runtime to the consensus engine. */
    record Consensus(Bytes engine, Bytes payload) implements DigestItem {}

    /** The author's signature; never seen by the runtime, always last. */
    record Seal(Bytes engine, Bytes payload) implements DigestItem {}

    record Other(Bytes payload) implements DigestItem {}

    /** The runtime's code or heap pages changed in this block. */
    record RuntimeEnvironmentUpdated() implements DigestItem {}

    Codec<DigestItem> CODEC = Variants.of(DigestItem.class)
            .with(6, "PreRuntime", PreRuntime.class,
                    Struct.struct(PreRuntime::new,
                            Struct.field("", "ConsensusEngineId", Codecs.fixedBytes(4), PreRuntime::engine),
                            Struct.field("", "Vec<u8>", Codecs.BYTES, PreRuntime::payload)))
            .with(4, "Consensus", Consensus.class,
                    Struct.struct(Consensus::new,
                            Struct.field("", "ConsensusEngineId", Codecs.fixedBytes(4), Consensus::engine),
                            Struct.field("", "Vec<u8>", Codecs.BYTES, Consensus::payload)))
            .with(5, "Seal", Seal.class,
                    Struct.struct(Seal::new, Struct.field("", "ConsensusEngineId", Codecs.fixedBytes(4), Seal::engine),
                            Struct.field("", "Vec<u8>", Codecs.BYTES, Seal::payload)))
            .with(0, "Other", Other.class,
                    Struct.struct(Other::new, Struct.field("", "Vec<u8>", Codecs.BYTES, Other::payload)))
            .with(8, "RuntimeEnvironmentUpdated", RuntimeEnvironmentUpdated.class,
                    Struct.struct(RuntimeEnvironmentUpdated::new))
            .complete().named("sp_runtime::generic::digest::DigestItem");
}
