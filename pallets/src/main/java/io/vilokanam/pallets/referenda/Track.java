package io.vilokanam.pallets.referenda;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** The rules for referenda of one kind. Periods are in blocks, the deposit in plancks. */
public record Track(int id, Details details) {

    /**
     * @param decidingMax how many are decided at once
     * @param decisionDeposit what has to be deposited before one is decided
     * @param preparePeriod how long after its submission at least
     * @param decisionPeriod how long one is decided
     * @param confirmPeriod how long it has to pass before it is approved
     * @param enactmentPeriodMin how long after that its call is made, at least
     * @param approvalMin how much of what has voted must be in favour, by the time it has been decided
     * @param supportMin how much of what could vote must be
     */
    public record Details(String name, long decidingMax, U128 decisionDeposit, long preparePeriod, long decisionPeriod,
            long confirmPeriod, long enactmentPeriodMin, Curve approvalMin, Curve supportMin) {

        /** Metadata pads names with zeros to so many bytes. */
        private static final int NAME_LENGTH = 25;

        static final Codec<Details> CODEC = struct(Details::new,
                field("name", "Name", Codecs.STRING, Details::paddedName),
                field("max_deciding", "u32", Codecs.U32, Details::decidingMax),
                field("decision_deposit", "Balance", Codecs.U128, Details::decisionDeposit),
                field("prepare_period", "Moment", Codecs.U32, Details::preparePeriod),
                field("decision_period", "Moment", Codecs.U32, Details::decisionPeriod),
                field("confirm_period", "Moment", Codecs.U32, Details::confirmPeriod),
                field("min_enactment_period", "Moment", Codecs.U32, Details::enactmentPeriodMin),
                field("min_approval", "Curve", Curve.CODEC, Details::approvalMin),
                field("min_support", "Curve", Curve.CODEC, Details::supportMin))
                .named("pallet_referenda::types::TrackDetails", TypeParameter.of("Balance", Codecs.U128.type()),
                        TypeParameter.of("Moment", Codecs.U32.type()), TypeParameter.of("Name", Codecs.STRING.type()));

        private String paddedName() {
            return name + "\0".repeat(NAME_LENGTH - name.length());
        }
    }

    static final Codec<List<Track>> LIST_CODEC = Codecs.vec(struct(Track::new, field(Codecs.U16, Track::id),
            field(Details.CODEC, Track::details)).tuple());
}
