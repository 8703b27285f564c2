package io.vilokanam.node.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.DoubleAdder;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;

/** Measures a machine with the work of sc-sysinfo: the same inputs, done by this program's own code. */
public final class MachineScores {

    private static final int HASHED_BYTES = 32 * 1024;
    private static final int MESSAGE_BYTES = 32;
    private static final int MESSAGES = 256;
    private static final int COPIED_BYTES = 64 << 20;
    private static final int WRITTEN_BYTES = 64 << 20;
    private static final int PAGE_BYTES = 4096;
    private static final int PARALLEL = 8;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Something that is done again and again. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /**
     * How long each is measured.
     *
     * @param disk of each way to write
     */
    public record Limits(Duration verify, Duration hash, Duration memory, Duration disk) {}

    private final Limits limits;
    private final Path folder;

    /** {@code folder}: on the disk that is measured. */
    public MachineScores(Limits limits, Path folder) {
        this.limits = limits;
        this.folder = folder;
    }

    public Throughput measure(Metric metric) throws IOException, KeyException, InterruptedException {
        return switch (metric) {
            case BLAKE2 -> hash(limits.hash());
            case BLAKE2_PARALLEL -> hashInParallel();
            case SR25519 -> verify();
            case COPY -> copy();
            case SEQUENTIAL -> writeSequentially();
            case RANDOM -> writeAtRandom();
        };
    }

    /** Runs at least once, and until time is up. */
    private static Throughput rate(long bytes, Duration limit, Work work) throws IOException {
        work.run();
        long begun = System.nanoTime();
        long runs = 0;
        do {
            work.run();
            runs++;
        } while (System.nanoTime() - begun < limit.toNanos());
        return new Throughput(bytes * runs / ((System.nanoTime() - begun) / NANOS_PER_SECOND));
    }

    private static Throughput hash(Duration limit) throws IOException {
        byte[] input = new byte[HASHED_BYTES];
        return rate(HASHED_BYTES, limit, () -> {
            byte[] hash = Blake2b.hash256(input);
            System.arraycopy(hash, 0, input, 0, hash.length);
        });
    }

    private Throughput hashInParallel() throws InterruptedException {
        DoubleAdder sum = new DoubleAdder();
        CountDownLatch done = new CountDownLatch(PARALLEL);
        for (int i = 0; i < PARALLEL; i++) {
            Thread.ofPlatform().name("benchmark-" + i).daemon().start(() -> {
                try {
                    sum.add(hash(limits.hash()).bytes());
                } catch (IOException e) {
                    throw new IllegalStateException("hashing reads and writes nothing", e);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        return new Throughput(sum.sum() / PARALLEL);
    }

    private Throughput verify() throws IOException, KeyException {
        KeyPair pair = SecretUri.keyPair(Scheme.SR25519, "//Alice");
        List<byte[]> messages = new ArrayList<>();
        List<byte[]> signatures = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = new byte[MESSAGE_BYTES];
            random.nextBytes(message);
            messages.add(message);
            signatures.add(pair.sign(message));
        }
        byte[] key = pair.publicKey();
        return rate((long) MESSAGES * MESSAGE_BYTES, limits.verify(), () -> {
            for (int i = 0; i < MESSAGES; i++) {
                if (!Scheme.SR25519.verify(key, messages.get(i), signatures.get(i))) {
                    throw new IllegalStateException("a signature of our own does not verify");
                }
            }
        });
    }

    private Throughput copy() throws IOException {
        ByteBuffer from = ByteBuffer.allocateDirect(COPIED_BYTES);
        ByteBuffer to = ByteBuffer.allocateDirect(COPIED_BYTES);
        return rate(COPIED_BYTES, limits.memory(), () -> to.put(0, from, 0, COPIED_BYTES));
    }

    private static ByteBuffer randomBytes() {
        byte[] bytes = new byte[WRITTEN_BYTES];
        new Random(1).nextBytes(bytes);
        return ByteBuffer.allocateDirect(WRITTEN_BYTES).put(bytes).flip();
    }

    private static void writeAll(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    private Throughput writeSequentially() throws IOException {
        return onFile(file -> {
            ByteBuffer bytes = randomBytes();
            return rate(WRITTEN_BYTES, limits.disk(), () -> {
                writeAll(file, bytes.duplicate(), 0);
                file.force(true);
            });
        });
    }

    private Throughput writeAtRandom() throws IOException {
        return onFile(file -> {
            ByteBuffer bytes = randomBytes();
            writeAll(file, bytes.duplicate(), 0);
            List<Integer> places = new ArrayList<>();
            // Every other page, so that nothing is written in one go.
            for (int place = 0; place < WRITTEN_BYTES; place += 2 * PAGE_BYTES) {
                places.add(place);
            }
            Collections.shuffle(places, new Random(1));
            return rate(WRITTEN_BYTES / 2, limits.disk(), () -> {
                for (int place : places) {
                    writeAll(file, bytes.slice(place, PAGE_BYTES), place);
                }
                file.force(true);
            });
        });
    }

    /** What is measured on a file that is gone afterwards. */
    @FunctionalInterface
    private interface FileWork {
        Throughput on(FileChannel file) throws IOException;
    }

    private Throughput onFile(FileWork work) throws IOException {
        Files.createDirectories(folder);
        Path path = Files.createTempFile(folder, "benchmark", ".tmp");
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            return work.on(file);
        } finally {
            Files.delete(path);
        }
    }
}
