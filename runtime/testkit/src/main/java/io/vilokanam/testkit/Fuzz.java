package io.vilokanam.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import com.sun.management.ThreadMXBean;

/**
 * Feeds a decoder with mutations of good inputs for a while: {@code -Dvilokanam.fuzz.millis=N}, 300 unless told. Whatever comes
 * out must be a value or the one exception that the decoder declares, and no input may make it allocate without measure.
 *
 * <p>The corpus is {@code fuzz/NAME.hex} among the calling module's test resources, one input a line, or what the test hands
 * in. A failure prints the input in hex; it goes into the corpus once it is fixed.
 */
public final class Fuzz {

    /** What a decoder does with an input; the result is of no interest. */
    @FunctionalInterface
    public interface Decoder {
        void decode(byte[] input) throws Exception;
    }

    private static final long MILLIS = Long.getLong("vilokanam.fuzz.millis", 300);
    private static final long SEED = Long.getLong("vilokanam.seed", 1);
    private static final long NANOS_A_MILLI = 1_000_000;
    /** What any input may cost, whatever its length. */
    private static final long ALLOCATION_BASE = 1 << 20;
    /** What each byte of an input may cost beyond: values are objects, and errors show what was read. */
    private static final long ALLOCATION_A_BYTE = 512;
    private static final int MUTATIONS_MAX = 4;
    private static final int SPAN_MAX = 64;
    private static final int SHOWN_BYTES_MAX = 4_000;
    /** Bytes at which lengths, modes and flags change their meaning. */
    private static final int[] EDGES = {0, 1, 2, 3, 4, 5, 0x7f, 0x80, 0xfc, 0xfd, 0xfe, 0xff};
    /** Compact numbers that claim more than there is: 2^14 - 1, 2^30 - 1, 2^32 - 1, the largest; and one not minimal. */
    private static final byte[][] LENGTHS = {Hex.decode("0xfdff"), Hex.decode("0xfeffffff"), Hex.decode("0x03ffffffff"),
            Hex.decode("0x13ffffffffffffffff"), Hex.decode("0xff"), Hex.decode("0x0100")};

    private final String name;
    private final List<byte[]> corpus = new ArrayList<>();
    private int share = 1;
    private long allocationBase = ALLOCATION_BASE;

    private Fuzz(String name) {
        this.name = name;
    }

    /** The decoder called {@code name}, with the corpus that lies under it, if there is one. */
    public static Fuzz decoder(String name) {
        Fuzz fuzz = new Fuzz(name);
        fuzz.corpus.addAll(corpus(name));
        return fuzz;
    }

    /** The inputs that lie under {@code name}; none where there is no such file. */
    public static List<byte[]> corpus(String name) {
        try (InputStream in = Thread.currentThread().getContextClassLoader()
                .getResourceAsStream("fuzz/" + name + ".hex")) {
            return in == null ? List.of() : new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines()
                    .filter(line -> !line.isBlank()).map(line -> Hex.decode(line.strip())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One more good input. */
    public Fuzz with(byte[] input) {
        corpus.add(input);
        return this;
    }

    /** For decoders that unpack: what any input may cost, in bytes. */
    public Fuzz allocatingAtMost(long bytes) {
        allocationBase = bytes;
        return this;
    }

    /** For one of several decoders that share the time of one. */
    public Fuzz oneOf(int decoders) {
        share = decoders;
        return this;
    }

    /** Runs until the time is over; at least each input of the corpus once, as it is. */
    public void declares(Class<? extends Exception> declared, Decoder decoder) {
        if (corpus.isEmpty()) {
            throw new IllegalStateException("no corpus for " + name);
        }
        // The first time classes are loaded: what that costs is not the input's.
        corpus.forEach(input -> outcome(input, decoder));
        corpus.forEach(input -> check(input, declared, decoder));
        long end = System.nanoTime() + MILLIS * NANOS_A_MILLI / share;
        SplittableRandom random = new SplittableRandom(SEED);
        while (System.nanoTime() < end) {
            check(mutated(random), declared, decoder);
        }
    }

    private void check(byte[] input, Class<? extends Exception> declared, Decoder decoder) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Optional<Throwable> outcome = outcome(input, decoder);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (outcome.isPresent() && !declared.isInstance(outcome.get())) {
            throw new AssertionError(name + " threw what it does not declare, of " + shown(input), outcome.get());
        }
        if (allocated > allocationBase + ALLOCATION_A_BYTE * input.length) {
            throw new AssertionError(name + " allocated " + allocated + " bytes of an input of " + input.length + ": "
                    + shown(input));
        }
    }

    /** Whatever a decoder throws is an outcome here: to tell them apart is what this is for. */
    private static Optional<Throwable> outcome(byte[] input, Decoder decoder) {
        try {
            decoder.decode(input);
            return Optional.empty();
        } catch (Throwable thrown) {
            return Optional.of(thrown);
        }
    }

    private static String shown(byte[] input) {
        return Hex.encode(input.length > SHOWN_BYTES_MAX ? Arrays.copyOf(input, SHOWN_BYTES_MAX) : input);
    }

    private byte[] mutated(SplittableRandom random) {
        byte[] bytes = corpus.get(random.nextInt(corpus.size())).clone();
        for (int i = random.nextInt(MUTATIONS_MAX); i >= 0; i--) {
            bytes = mutate(bytes, random);
        }
        return bytes;
    }

    private byte[] mutate(byte[] bytes, SplittableRandom random) {
        int at = bytes.length == 0 ? 0
                : random.nextInt(random.nextInt(3) == 0 ? Math.min(16, bytes.length) : bytes.length);
        int span = Math.min(random.nextInt(SPAN_MAX), bytes.length - at);
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, at + span, new byte[0]);
            case 2 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + span));
            case 3 -> spliced(bytes, at, Math.min(at + 1 + random.nextInt(4), bytes.length),
                    LENGTHS[random.nextInt(LENGTHS.length)]);
            case 4 -> withByte(bytes, at, EDGES[random.nextInt(EDGES.length)]);
            case 5 -> withByte(bytes, at, random.nextInt(256));
            case 6 -> {
                byte[] other = corpus.get(random.nextInt(corpus.size()));
                int from = random.nextInt(other.length + 1);
                yield spliced(bytes, at, at + span,
                        Arrays.copyOfRange(other, from, Math.min(other.length, from + SPAN_MAX)));
            }
            case 7 -> spliced(bytes, at, at, new byte[]{(byte) random.nextInt(256)});
            default -> bytes.length == 0 ? bytes : withByte(bytes, at, bytes[at] ^ 1 << random.nextInt(8));
        };
    }

    private static byte[] withByte(byte[] bytes, int at, int value) {
        if (at < bytes.length) {
            bytes[at] = (byte) value;
        }
        return bytes;
    }

    /** {@code bytes} with what stands from {@code from} to {@code to} replaced. */
    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = Arrays.copyOf(bytes, from + middle.length + bytes.length - to);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }
}
