package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * Something a creator offers at a rate.
 *
 * @param rate plancks a tick; a session keeps the rate it was opened with
 * @param payees at most 8, their shares sum to one
 * @param freeTicks how many ticks a viewer's first session costs nothing
 * @param title UTF-8, at most 128 bytes
 * @param active whether sessions may be opened
 */
public record Stream(AccountId creator, U128 rate, List<Payee> payees, long freeTicks, Bytes title, boolean active) {

    public static final Codec<Stream> CODEC = struct(Stream::new,
            field("creator", "AccountId", AccountId.CODEC, Stream::creator),
            field("rate", "Balance", Codecs.COMPACT_U128, Stream::rate),
            field("payees", "Vec<Payee>", Codecs.vec(Payee.CODEC), Stream::payees),
            field("free_ticks", "u32", Codecs.COMPACT_U32, Stream::freeTicks),
            field("title", "Vec<u8>", Codecs.BYTES, Stream::title),
            field("active", "bool", Codecs.BOOL, Stream::active))
            .named("vilokanam_primitives::tickstream::Stream");

    public Stream {
        payees = List.copyOf(payees);
    }

    /** Whether an account made the stream or is paid for it. */
    public boolean hasPart(AccountId who) {
        return creator.equals(who) || payees.stream().anyMatch(payee -> payee.account().equals(who));
    }
}
