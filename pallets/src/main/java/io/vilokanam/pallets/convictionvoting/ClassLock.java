package io.vilokanam.pallets.convictionvoting;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/** What the votes in one class of polls need locked, in plancks. */
record ClassLock(int pollClass, U128 amount) {

    static final Codec<ClassLock> CODEC = struct(ClassLock::new, field(Codecs.U16, ClassLock::pollClass),
            field(Codecs.U128, ClassLock::amount)).tuple();
}
