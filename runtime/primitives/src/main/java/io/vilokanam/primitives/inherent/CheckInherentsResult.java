package io.vilokanam.primitives.inherent;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * What {@code BlockBuilder_check_inherents} found: errors by the identifier of the inherent. A fatal error stands alone and
 * ends the check.
 */
public record CheckInherentsResult(boolean okay, boolean fatalError, InherentData errors) {

    public static final CheckInherentsResult OKAY = new CheckInherentsResult(true, false, InherentData.EMPTY);

    public static final Codec<CheckInherentsResult> CODEC = struct(CheckInherentsResult::new,
            field("okay", "bool", Codecs.BOOL, CheckInherentsResult::okay),
            field("fatal_error", "bool", Codecs.BOOL, CheckInherentsResult::fatalError),
            field("errors", "InherentData", InherentData.CODEC, CheckInherentsResult::errors))
            .named("sp_inherents::CheckInherentsResult");

    /** With one more error that may pass later on, e.g. when a clock caught up. Ignored behind a fatal one. */
    public <T> CheckInherentsResult withError(Bytes identifier, Codec<T> codec, T error) {
        return fatalError ? this : new CheckInherentsResult(false, false, errors.with(identifier, codec, error));
    }

    /** With a fatal error, which drops all others. Ignored behind another fatal one. */
    public <T> CheckInherentsResult withFatalError(Bytes identifier, Codec<T> codec, T error) {
        return fatalError ? this
                : new CheckInherentsResult(false, true, InherentData.EMPTY.with(identifier, codec, error));
    }
}
