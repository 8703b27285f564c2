package io.vilokanam.pallets.collective;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.frame.dispatch.PalletOrigin;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** On whose behalf a collective makes a call ({@code pallet_collective::RawOrigin}). */
public sealed interface CollectiveOrigin extends PalletOrigin {

    /** So many members of all have agreed. */
    record Members(long yes, long all) implements CollectiveOrigin {}

    /** A single member. */
    record Member(AccountId account) implements CollectiveOrigin {}

    /** Nobody: the variant that only tells instances apart in Rust, and yet decodes. */
    record Phantom() implements CollectiveOrigin {}

    /** The codec of the collective that FRAME calls {@code instance}, e.g. {@code Instance1}: each has a type of its own. */
    static Codec<CollectiveOrigin> codec(String instance) {
        Variants<CollectiveOrigin> variants = Variants.of(CollectiveOrigin.class)
                .with(0, "Members", Members.class,
                        struct(Members::new, field("", "MemberCount", Codecs.U32, Members::yes),
                                field("", "MemberCount", Codecs.U32, Members::all)))
                .with(1, "Member", Member.class,
                        struct(Member::new, field("", "AccountId", AccountId.CODEC, Member::account)))
                .with(2, "_Phantom", Phantom.class, struct(Phantom::new)).complete();
        TypeInfo type = TypeInfo.named("pallet_collective::RawOrigin",
                List.of(TypeParameter.of("AccountId", AccountId.CODEC.type()), TypeParameter.skipped("I")),
                () -> new TypeDefinition.Enumeration(variants.describe()));
        return variants.as(type.withKey(type.key() + "@" + instance));
    }
}
