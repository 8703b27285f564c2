package io.vilokanam.primitives.tickstream;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;

import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * Many entries settled at once, signed by a settlement key. Entries of one stream stand beside each other.
 *
 * @param key the settlement key, sr25519
 * @param nonce how many batches of this key were applied before
 * @param validUntil the last block that may hold the batch
 * @param hashes the most words that checking it may hash; entries beyond are skipped
 * @param payments the most payees that it may pay; streams beyond are skipped
 */
public record Batch(PublicKey key, long nonce, long validUntil, long hashes, long payments, List<Entry> entries) {

    /** How many entries may carry a close secret: each of them writes to the queue of what is due besides. */
    public static final int CLOSES_MAX = 256;

    public static final Codec<PublicKey> KEY_CODEC = PublicKey.application(
            "vilokanam_primitives::tickstream::SettlementKey",
            "sr25519::Public");

    public static final Codec<Batch> CODEC = struct(Batch::new, field("key", "SettlementKey", KEY_CODEC, Batch::key),
            field("nonce", "u64", Codecs.COMPACT_U64, Batch::nonce),
            field("valid_until", "BlockNumber", Codecs.COMPACT_U32, Batch::validUntil),
            field("hashes", "u32", Codecs.COMPACT_U32, Batch::hashes),
            field("payments", "u32", Codecs.COMPACT_U32, Batch::payments),
            field("entries", "Vec<Entry>", Codecs.vec(Entry.CODEC), Batch::entries))
            .named("vilokanam_primitives::tickstream::Batch");

    public Batch {
        entries = List.copyOf(entries);
    }

    /** How many entries would close a session. */
    public long closes() {
        return entries.stream().filter(entry -> entry.closeSecret().isPresent()).count();
    }
}
