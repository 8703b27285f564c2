package io.vilokanam.pallets.scheduler;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * How a task that fails is tried again.
 *
 * @param totalRetries how often at first
 * @param remaining how often still
 * @param period blocks from one time to the next
 */
record RetryConfig(int totalRetries, int remaining, long period) {

    static final Codec<RetryConfig> CODEC = struct(RetryConfig::new,
            field("total_retries", "u8", Codecs.U8, RetryConfig::totalRetries),
            field("remaining", "u8", Codecs.U8, RetryConfig::remaining),
            field("period", "Period", Codecs.U32, RetryConfig::period))
            .named("pallet_scheduler::RetryConfig", TypeParameter.of("Period", Codecs.U32.type()));
}
