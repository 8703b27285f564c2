package io.vilokanam.pallets.system;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * An upgrade that anyone may now bring ({@code frame_system::CodeUpgradeAuthorization}).
 *
 * @param codeHash blake2_256 of the code
 * @param checkVersion whether name and version of the new specification must fit to the present one
 */
record CodeUpgradeAuthorization(Hash codeHash, boolean checkVersion) {

    static final Codec<CodeUpgradeAuthorization> CODEC = struct(CodeUpgradeAuthorization::new,
            field("code_hash", "T::Hash", Hash.CODEC, CodeUpgradeAuthorization::codeHash),
            field("check_version", "bool", Codecs.BOOL, CodeUpgradeAuthorization::checkVersion))
            .named("frame_system::CodeUpgradeAuthorization", TypeParameter.skipped("T"));
}
