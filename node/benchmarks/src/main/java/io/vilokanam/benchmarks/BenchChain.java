package io.vilokanam.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;

import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/**
 * The recorded chain for import benchmarks, unpacked.
 *
 * @param best the number of its last block
 * @param transfers how many signed extrinsics its blocks hold
 */
record BenchChain(Path rawSpec, Path blocks, long best, long transfers) {

    /** The bit of an extrinsic's first byte that says that it is signed. */
    private static final int SIGNED = 0x80;

    static boolean isIn(Path recordings) {
        return Files.exists(recordings.resolve("bench.blocks.gz"))
                && Files.exists(recordings.resolve("bench.raw.json.gz"));
    }

    static BenchChain unpack(Path recordings, Path into) throws IOException {
        Path spec = unzip(recordings.resolve("bench.raw.json.gz"), into.resolve("bench.raw.json"));
        Path blocks = unzip(recordings.resolve("bench.blocks.gz"), into.resolve("bench.blocks"));
        try {
            return count(spec, blocks, new ScaleInput(Files.readAllBytes(blocks)));
        } catch (ScaleException e) {
            throw new UncheckedIOException(new IOException(blocks + " holds no exported blocks: " + e.getMessage(), e));
        }
    }

    private static BenchChain count(Path spec, Path blocks, ScaleInput in) throws ScaleException {
        long best = 0;
        long transfers = 0;
        for (long left = in.u64(); left > 0; left--) {
            SignedBlock block = SignedBlock.CODEC.decode(in);
            best = block.block().header().number();
            for (Bytes extrinsic : block.block().extrinsics()) {
                transfers += (extrinsic.view()[0] & SIGNED) == 0 ? 0 : 1;
            }
        }
        return new BenchChain(spec, blocks, best, transfers);
    }

    private static Path unzip(Path from, Path to) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(from))) {
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
        return to;
    }
}
