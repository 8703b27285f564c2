package io.vilokanam.pallets.convictionvoting;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * Votes that others leave to an account.
 *
 * @param votes with conviction
 * @param capital what stands behind them, in plancks
 */
public record Delegations(U128 votes, U128 capital) {

    public static final Delegations NONE = new Delegations(U128.ZERO, U128.ZERO);

    public static final Codec<Delegations> CODEC = struct(Delegations::new,
            field("votes", "Balance", Codecs.U128, Delegations::votes),
            field("capital", "Balance", Codecs.U128, Delegations::capital))
            .named("pallet_conviction_voting::types::Delegations", TypeParameter.of("Balance", Codecs.U128.type()));

    Delegations saturatingPlus(Delegations other) {
        return new Delegations(votes.saturatingPlus(other.votes), capital.saturatingPlus(other.capital));
    }

    Delegations saturatingMinus(Delegations other) {
        return new Delegations(votes.saturatingMinus(other.votes), capital.saturatingMinus(other.capital));
    }
}
