package io.vilokanam.offchain.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;
import io.vilokanam.testkit.SeededTest;

final class SessionTableTest {

    private static KnownSession session(Random random, long id) {
        byte[] salt = new byte[16];
        byte[] word = new byte[32];
        random.nextBytes(salt);
        random.nextBytes(word);
        SessionFacts facts = new SessionFacts(random.nextLong(), Bytes.wrap(salt),
                U128.of(random.nextLong(), random.nextLong()),
                u32(random), random.nextLong(), u32(random), U128.of(random.nextLong(), random.nextLong()), u32(random),
                random.nextBoolean(), u32(random));
        return new KnownSession(id, facts, u32(random), Bytes.wrap(word), u32(random), u32(random), u32(random));
    }

    private static long u32(Random random) {
        return random.nextInt() & 0xffff_ffffL;
    }

    @SeededTest(runs = 60)
    void behavesAsAMap(long seed) {
        Random random = new Random(seed);
        SessionTable table = new SessionTable();
        Map<Long, KnownSession> model = new HashMap<>();
        int ids = 1 + random.nextInt(3_000);
        for (int i = 0; i < 8_000; i++) {
            long id = seed % 2 == 0 ? random.nextInt(ids) : random.nextInt(ids) * 0x1_0000_0000L;
            if (random.nextInt(10) < 6) {
                KnownSession session = session(random, id);
                table.put(session);
                model.put(id, session);
            } else {
                table.remove(id);
                model.remove(id);
            }
            assertEquals(Optional.ofNullable(model.get(id)), table.find(id));
            assertEquals(model.size(), table.size());
        }
        HashSet<KnownSession> all = new HashSet<>();
        table.forEach(all::add);
        assertEquals(new HashSet<>(model.values()), all);
        for (long id = 0; id < ids; id++) {
            assertEquals(Optional.ofNullable(model.get(id)), table.find(id));
        }
    }

    @Test
    void namesTheLongestSilentSessionOfThoseThatMayGo() {
        Random random = new Random(1);
        SessionTable table = new SessionTable();
        for (long id = 0; id < 10; id++) {
            KnownSession one = session(random, id);
            table.put(one.withWord(1, one.word(), 100 - id));
        }
        assertEquals(9, table.longestSilent(10, _ -> true).orElseThrow().id());
        assertEquals(8, table.longestSilent(10, one -> one.id() % 2 == 0).orElseThrow().id());
        assertTrue(table.longestSilent(10, _ -> false).isEmpty());
        assertTrue(new SessionTable().longestSilent(10, _ -> true).isEmpty());
    }
}
