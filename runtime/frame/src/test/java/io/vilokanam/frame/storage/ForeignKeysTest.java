package io.vilokanam.frame.storage;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Fuzz;

/** Storage keys that root wrote as it liked: a key or none, never a failure, which would end the chain. */
class ForeignKeysTest {

    private static final int PREFIX = 32;

    @Test
    void storageKeys() {
        for (Hasher hasher : Hasher.values()) {
            if (hasher.isReversible()) {
                Fuzz.decoder("storage-key").with(new byte[PREFIX + hasher.hashSize() + Long.BYTES]).declares(
                        ScaleException.class,
                        input -> {
                            hasher.readKey(Codecs.U64, input, PREFIX);
                            hasher.readKey(Codecs.vec(Codecs.U64), input, PREFIX);
                        });
            }
        }
    }
}
