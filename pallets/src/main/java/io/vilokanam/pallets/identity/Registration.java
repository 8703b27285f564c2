package io.vilokanam.pallets.identity;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * An identity and what registrars think of it ({@code pallet_identity::Registration}).
 *
 * @param judgements by the registrar's index, in its order
 * @param deposit plancks reserved for the fields
 */
public record Registration(List<Map.Entry<Long, Judgement>> judgements, U128 deposit, IdentityFields info) {

    /** More than a registration has bytes. */
    private static final int SIZE_MAX = 1 << 14;

    static Codec<Registration> codec(int registrarsMax, Codec<IdentityFields> fields) {
        Codec<Registration> whole = struct(Registration::new,
                field("judgements", "BoundedVec<(RegistrarIndex, Judgement<Balance>), MaxJudgements>",
                        BoundedVec.codec(Codecs.tuple(Codecs.U32, Judgement.CODEC), registrarsMax),
                        Registration::judgements),
                field("deposit", "Balance", Codecs.U128, Registration::deposit),
                field("info", "IdentityInfo", fields, Registration::info))
                .named("pallet_identity::types::Registration", TypeParameter.of("Balance", Codecs.U128.type()),
                        TypeParameter.skipped("MaxJudgements"), TypeParameter.of("IdentityInfo", fields.type()));
        return new Lengthened(whole);
    }

    Registration withJudgements(List<Map.Entry<Long, Judgement>> changed) {
        return new Registration(List.copyOf(changed), deposit, info);
    }

    /** What is reserved for the fields and for judgements that were asked for. */
    U128 totalDeposit() {
        U128 total = deposit;
        for (Map.Entry<Long, Judgement> judgement : judgements) {
            if (judgement.getValue() instanceof Judgement.FeePaid(var fee)) {
                total = total.saturatingPlus(fee);
            }
        }
        return total;
    }

    /** Reads as if zeros followed for ever, so that fields could be added at the end ({@code AppendZerosInput}). */
    private record Lengthened(Codec<Registration> whole) implements Codec<Registration> {

        @Override
        public TypeInfo type() {
            return whole.type();
        }

        @Override
        public void encode(Registration value, ScaleOutput out) {
            whole.encode(value, out);
        }

        @Override
        public Registration decode(ScaleInput in) throws ScaleException {
            byte[] stored = in.raw(in.remaining());
            return whole.decode(new ScaleInput(Arrays.copyOf(stored, Math.max(stored.length, SIZE_MAX))));
        }
    }
}
