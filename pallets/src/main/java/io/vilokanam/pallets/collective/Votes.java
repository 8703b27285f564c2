package io.vilokanam.pallets.collective;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.function.Predicate;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * What a collective says of a proposal so far ({@code pallet_collective::Votes}).
 *
 * @param threshold so many ayes approve it
 * @param end the block from which on those who have not voted are counted by default
 */
record Votes(long index, long threshold, List<AccountId> ayes, List<AccountId> nays, long end) {

    static final Codec<Votes> CODEC = struct(Votes::new, field("index", "ProposalIndex", Codecs.U32, Votes::index),
            field("threshold", "MemberCount", Codecs.U32, Votes::threshold),
            field("ayes", "Vec<AccountId>", Codecs.vec(AccountId.CODEC), Votes::ayes),
            field("nays", "Vec<AccountId>", Codecs.vec(AccountId.CODEC), Votes::nays),
            field("end", "BlockNumber", Codecs.U32, Votes::end))
            .named("pallet_collective::Votes", TypeParameter.of("AccountId", AccountId.CODEC.type()),
                    TypeParameter.of("BlockNumber", Codecs.U32.type()));

    Votes {
        ayes = List.copyOf(ayes);
        nays = List.copyOf(nays);
    }

    Votes without(Predicate<AccountId> outgoing) {
        return new Votes(index, threshold, ayes.stream().filter(outgoing.negate()).toList(),
                nays.stream().filter(outgoing.negate()).toList(), end);
    }
}
