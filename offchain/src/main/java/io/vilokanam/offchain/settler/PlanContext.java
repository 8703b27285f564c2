package io.vilokanam.offchain.settler;

import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Settings;

/**
 * The block behind which a batch is planned.
 *
 * @param number of the best block
 * @param nowMillis milliseconds since 1970
 * @param nonce of the key's next batch
 */
public record PlanContext(long number, long nowMillis, Settings settings, PublicKey key, long nonce) {}
