package io.vilokanam.frame.extrinsic;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.extension.TransactionExtensions.Values;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;

/**
 * An extrinsic as it came: nothing of it is believed yet.
 *
 * @param callOffset where the call begins in {@code encoded}
 * @param encoded the whole extrinsic, its length in front
 */
public record UncheckedExtrinsic(Preamble preamble, RuntimeCall call, int callOffset, byte[] encoded) {

    /** What stands in front of the call. */
    public sealed interface Preamble {

        /** Neither signer nor extensions: an inherent or an unsigned transaction; version 4 or 5. */
        record Bare(int version) implements Preamble {}

        /** A signed transaction of version 4. */
        record Signed(MultiAddress address, MultiSignature signature, Values extensions) implements Preamble {}

        /** A transaction of version 5 whose extensions decide on whose behalf it runs. */
        record General(int extensionVersion, Values extensions) implements Preamble {}
    }

    public boolean isBare() {
        return preamble instanceof Preamble.Bare;
    }
}
