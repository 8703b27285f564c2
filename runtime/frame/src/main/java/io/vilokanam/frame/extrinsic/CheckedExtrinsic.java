package io.vilokanam.frame.extrinsic;

import java.util.Optional;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.extension.TransactionExtensions.Values;

/**
 * An extrinsic whose signature, if it has one, was found right.
 *
 * @param origin the signer, or nobody
 * @param extensions the extensions' values; empty for a bare extrinsic
 */
public record CheckedExtrinsic(Origin origin, Optional<Values> extensions, RuntimeCall call) {

    public boolean isBare() {
        return extensions.isEmpty();
    }
}
