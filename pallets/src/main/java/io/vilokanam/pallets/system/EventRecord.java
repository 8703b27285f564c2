package io.vilokanam.pallets.system;

import java.util.List;

import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * One entry of {@code System.Events} ({@code frame_system::EventRecord}).
 *
 * @param event the pallet's index, the event's index and its fields, in SCALE
 */
record EventRecord(Phase phase, byte[] event, List<Hash> topics) {

    private static final Codec<List<Hash>> TOPICS = Codecs.vec(Hash.CODEC);

    byte[] encode() {
        ScaleOutput out = new ScaleOutput(event.length + 8);
        Phase.CODEC.encode(phase, out);
        out.raw(event);
        TOPICS.encode(topics, out);
        return out.toByteArray();
    }

    /** The list of a block's events, kept as the bytes that it is made of: the chain itself only appends to it. */
    static Codec<Bytes> listCodec(RuntimeScope runtime) {
        TypeInfo outer = runtime.outerType("RuntimeEvent", PalletScope::eventType, "Event");
        TypeInfo record = TypeInfo.named("frame_system::EventRecord",
                List.of(TypeParameter.of("E", outer), TypeParameter.of("T", Hash.CODEC.type())),
                () -> new TypeDefinition.Composite(
                        List.of(new TypeDefinition.Field("phase", Phase.CODEC.type(), "Phase", ""),
                                new TypeDefinition.Field("event", outer, "E", ""),
                                new TypeDefinition.Field("topics", TOPICS.type(), "Vec<T>", ""))));
        return Codecs.codec(TypeInfo.sequence(record), Bytes::view, in -> Bytes.wrap(in.raw(in.remaining())));
    }
}
