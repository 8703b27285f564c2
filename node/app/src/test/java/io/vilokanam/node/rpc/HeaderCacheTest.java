package io.vilokanam.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

class HeaderCacheTest {

    private final HeaderCache cache = new HeaderCache();
    private final List<Hash> read = new ArrayList<>();

    private static Hash hash(int n) {
        return Hash.wrap(Blake2b.hash256(new byte[]{(byte) n, (byte) (n >> 8)}));
    }

    @Test
    void readsAHeaderOnceUnlessManyOthersCameMeanwhile() throws Exception {
        Header header = RecordedChains.blocks("dev-chain.blocks").getFirst().block().header();
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.of(header), ask(0, header));
        }
        assertEquals(List.of(hash(0)), read);
        for (int n = 1; n <= HeaderCache.HEADERS_MAX; n++) {
            ask(n, header);
        }
        read.clear();
        ask(0, header);
        assertEquals(List.of(hash(0)), read);
    }

    @Test
    void asksAgainForWhatIsNotThere() {
        assertEquals(Optional.empty(), cache.header(hash(0), this::nothing));
        assertEquals(Optional.empty(), cache.header(hash(0), this::nothing));
        assertEquals(2, read.size());
    }

    private Optional<Header> ask(int n, Header header) {
        return cache.header(hash(n), block -> {
            read.add(block);
            return Optional.of(header);
        });
    }

    private Optional<Header> nothing(Hash block) {
        read.add(block);
        return Optional.empty();
    }
}
