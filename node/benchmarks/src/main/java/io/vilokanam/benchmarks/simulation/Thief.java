package io.vilokanam.benchmarks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.scale.Bytes;

/** Has stolen a settlement key, and sends what it likes: old words, forged ones, too many ticks, and batches that were seen before. */
final class Thief {

    private static final int ENTRIES_MAX = 40;

    private final TickWorld world;
    private final PublicKey key;
    private Optional<byte[]> last = Optional.empty();

    Thief(TickWorld world, PublicKey key) {
        this.world = world;
        this.key = key;
    }

    static Entry entry(long session, long ticks, Bytes word) {
        return new Entry(session, ticks, word, Optional.empty());
    }

    void strike() {
        SimulatedChain chain = world.chain;
        last.filter(_ -> world.happens(0.3)).ifPresent(chain::submit);
        List<Entry> entries = new ArrayList<>();
        for (int i = world.random.nextInt(ENTRIES_MAX); i >= 0; i--) {
            entries.add(lie(world.anyViewer()));
        }
        long nonce = chain.nextNonce(chain.best().hash(), key).orElseThrow();
        long hashes = world.happens(0.5) ? 5_000 : world.random.nextInt(50);
        Batch batch = new Batch(key, nonce, chain.best().header().number() + 3, hashes, world.random.nextInt(100),
                entries);
        Bytes signature = PlainHost.sign(key.bytes(), chain.batchPayload(chain.best().hash(), batch).view());
        byte[] extrinsic = chain.batchExtrinsic(chain.best().hash(), batch, signature).toArray();
        chain.submit(extrinsic);
        last = Optional.of(extrinsic);
    }

    private Entry lie(SimulatedViewer viewer) {
        int known = viewer.released;
        long session = Math.max(0, viewer.session());
        return switch (world.random.nextInt(4)) {
            case 0 -> entry(session, world.random.nextInt(known + 1), viewer.word(known));
            case 1 -> entry(session, known + 1, Bytes.wrap(Sha2.hash256(viewer.word(known).view())));
            case 2 -> new Entry(session, known, viewer.word(known), Optional.of(viewer.word(0)));
            default -> {
                int old = world.random.nextInt(known + 1);
                yield entry(session, old, viewer.word(old));
            }
        };
    }
}
