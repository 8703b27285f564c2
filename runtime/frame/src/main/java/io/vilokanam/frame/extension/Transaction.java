package io.vilokanam.frame.extension;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.validity.TransactionSource;

/**
 * What extensions look at.
 *
 * @param info what the call and the extensions cost
 * @param length bytes of the extrinsic, its own length prefix included
 * @param source where it came from; a block for what is being applied
 */
public record Transaction(RuntimeCall call, DispatchInfo info, int length, TransactionSource source) {}
