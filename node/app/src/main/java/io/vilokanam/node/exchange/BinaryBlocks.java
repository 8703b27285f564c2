package io.vilokanam.node.exchange;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/** The binary form of {@code export-blocks}: the number of blocks as u64, little endian, then each in SCALE. */
public final class BinaryBlocks implements BlockSource {

    /** Bytes that are read at once. */
    private static final int CHUNK_BYTES = 8 << 20;
    /** A block takes at most so many bytes. */
    private static final int BLOCK_BYTES_MAX = 64 << 20;

    private final InputStream in;
    private final long count;
    private long read;
    private byte[] buffer = new byte[0];
    private int position;
    private boolean isAtEnd;

    private BinaryBlocks(InputStream in, long count) {
        this.in = in;
        this.count = count;
    }

    /** Reads the number of blocks and stands before the first. */
    public static BinaryBlocks open(InputStream in) throws IOException {
        return new BinaryBlocks(in, Long.reverseBytes(new DataInputStream(in).readLong()));
    }

    @Override
    public Optional<Long> count() {
        return Optional.of(count);
    }

    @Override
    public Optional<SignedBlock> next() throws IOException, BlockFileException {
        if (read == count) {
            return Optional.empty();
        }
        while (true) {
            ScaleInput input = new ScaleInput(buffer, position, buffer.length - position);
            try {
                SignedBlock block = SignedBlock.CODEC.decode(input);
                position = input.position();
                read++;
                return Optional.of(block);
            } catch (ScaleException e) {
                if (isAtEnd || buffer.length - position > BLOCK_BYTES_MAX) {
                    throw new BlockFileException("block " + (read + 1) + " of " + count + " does not decode: "
                            + e.getMessage(), e);
                }
                readMore();
            }
        }
    }

    private void readMore() throws IOException {
        byte[] more = in.readNBytes(CHUNK_BYTES);
        isAtEnd = more.length < CHUNK_BYTES;
        byte[] rest = Arrays.copyOfRange(buffer, position, buffer.length + more.length);
        System.arraycopy(more, 0, rest, buffer.length - position, more.length);
        buffer = rest;
        position = 0;
    }

    /** What stands in front of so many blocks. */
    static void writeCount(OutputStream out, long count) throws IOException {
        out.write(new ScaleOutput().u64(count).toByteArray());
    }

    static void write(OutputStream out, SignedBlock block) throws IOException {
        out.write(SignedBlock.CODEC.encode(block));
    }
}
