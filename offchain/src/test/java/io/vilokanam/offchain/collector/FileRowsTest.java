package io.vilokanam.offchain.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vilokanam.offchain.model.MapStore;
import io.vilokanam.offchain.model.ModelChain;
import io.vilokanam.offchain.model.Viewer;
import io.vilokanam.testkit.SeededTest;

final class FileRowsTest {

    private static final int TICKS = 60;

    @TempDir
    private Path folder;
    private final ModelChain chain = new ModelChain();
    private final MapStore local = new MapStore();
    private final Map<Long, Viewer> viewers = new HashMap<>();
    private FileRows rows;

    private TickCollector open() throws IOException {
        rows = new FileRows(folder, local);
        TickCollector collector = new TickCollector(chain, rows,
                () -> Instant.ofEpochMilli(ModelChain.START_MILLIS + 60_000), CollectorOptions.STANDARD);
        assertEquals(0, collector.restore());
        return collector;
    }

    private Viewer viewer(long id) {
        return viewers.computeIfAbsent(id, seed -> {
            Viewer made = new Viewer(seed, TICKS);
            chain.put(id, made.session(0, 1, 0, 1_000, ModelChain.START_MILLIS, 43_200));
            return made;
        });
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void goesOnAfterARestartFromWhatWasWrittenAndKeepsOneFile() throws Exception {
        TickCollector collector = open();
        for (long id = 0; id < 2_000; id++) {
            collector.submit(id, 2, viewer(id).word(2));
        }
        collector.flush();
        collector.submit(7, 9, viewer(7).word(9));
        collector.release(8, viewer(8).closeSecret());
        collector.forget(9);
        collector.flush();
        collector.submit(10, 50, viewer(10).word(50));

        TickCollector next = open();
        assertEquals(1_999, next.size());
        assertEquals(9, next.find(7).orElseThrow().ticks());
        assertEquals(2, next.find(10).orElseThrow().ticks(), "word 50 came after the last write");
        assertTrue(next.find(9).isEmpty());
        assertEquals(Optional.of(viewer(8).closeSecret()), next.urgent(10).getFirst().closeSecret());
        assertEquals(2, files().size());
        next.flush();
        assertEquals(1, files().size(), "all of it stands in the new file");
        next.refresh(8, chain.find(8).orElseThrow().withStatus(
                new io.vilokanam.primitives.tickstream.SessionStatus.Closing(40)), 1);
        next.flush();
        assertEquals(0, local.size(), "the secret has done its work");
        rows.close();
    }

    @Test
    void aRowThatWasBeingReplacedWhenTheProcessDiedIsTheOldOne() throws Exception {
        TickCollector collector = open();
        collector.submit(1, 5, viewer(1).word(5));
        collector.flush();
        collector.submit(1, 6, viewer(1).word(6));
        collector.flush();
        rows.close();
        Path file = files().getFirst();
        try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 1);
            bytes.write(number, 12);
            bytes.write(ByteBuffer.wrap(new byte[20]), 16 + RowCodec.SIZE + Integer.BYTES + RowCodec.WORD_AT);
        }
        KnownSession known = open().find(1).orElseThrow();
        assertEquals(5, known.ticks());
        assertEquals(viewer(1).word(5), known.word());
    }

    @Test
    void aRowOfWhichTheDiskHasOnlyAPartIsLeftOutAndCounted() throws Exception {
        TickCollector collector = open();
        collector.submit(1, 5, viewer(1).word(5));
        collector.submit(2, 6, viewer(2).word(6));
        collector.flush();
        rows.force();
        rows.close();
        byte[] file = Files.readAllBytes(files().getFirst());
        int at = indexOf(file, viewer(1).word(5).view());
        file[at + 31] ^= 1;
        Files.write(files().getFirst(), file);
        Map<Long, Long> found = new HashMap<>();
        assertEquals(1, new FileRows(folder, local).forEach((session, _) -> found.put(session.id(), session.ticks())));
        assertEquals(Map.of(2L, 6L), found);
    }

    private static int indexOf(byte[] whole, byte[] part) {
        for (int at = 0; at + part.length <= whole.length; at++) {
            if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void pagesOfAnotherVersionAreCounted() throws Exception {
        TickCollector collector = open();
        collector.submit(1, 5, viewer(1).word(5));
        collector.flush();
        rows.close();
        try (FileChannel bytes = FileChannel.open(files().getFirst(), StandardOpenOption.WRITE)) {
            bytes.write(ByteBuffer.wrap(new byte[]{99}), 4);
        }
        assertEquals(1, new FileRows(folder, local).forEach((_, _) -> {
            throw new AssertionError("a page of another version was read");
        }));
    }

    /** Sessions come, go and move about in the table; after each write a new process finds exactly what there is. */
    @SeededTest(runs = 20)
    void theFileHoldsWhatTheTableHolds(long seed) throws Exception {
        Random random = new Random(seed);
        TickCollector collector = open();
        Map<Long, Long> model = new HashMap<>();
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 400; i++) {
                long id = random.nextInt(900);
                if (random.nextInt(3) == 0) {
                    collector.forget(id);
                    model.remove(id);
                } else {
                    int ticks = 1 + random.nextInt(TICKS);
                    if (collector.submit(id, ticks, viewer(id).word(ticks)).verdict() == Verdict.ACCEPTED) {
                        model.put(id, (long) ticks);
                    } else {
                        model.put(id, collector.find(id).orElseThrow().ticks());
                    }
                }
            }
            collector.flush();
            if (random.nextBoolean()) {
                collector = open();
            }
            Map<Long, Long> found = new HashMap<>();
            for (Pending pending : collector.select(_ -> true)) {
                found.put(pending.session().id(), pending.session().ticks());
            }
            assertEquals(model, found);
        }
        for (Path file : files()) {
            Files.delete(file);
        }
    }
}
