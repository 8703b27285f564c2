package io.vilokanam.node.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

import io.vilokanam.node.importing.Chain;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.SignedBlock;

/** Writes a part of the best chain as {@code export-blocks} of stock nodes does. */
public final class BlockExport {

    private BlockExport() {}

    /**
     * Writes the blocks from one height to another, both included.
     *
     * @return how many were written: it ends early where the chain does
     */
    public static long write(Chain chain, long from, long to, boolean isBinary, OutputStream out) throws IOException {
        long last = Math.min(to, chain.best().number());
        if (isBinary) {
            BinaryBlocks.writeCount(out, Math.max(0, last - from + 1));
        }
        long written = 0;
        for (long number = from; number <= last; number++) {
            Optional<Hash> hash = chain.canonicalHash(number);
            Optional<SignedBlock> block = hash.flatMap(chain::block);
            if (block.isEmpty()) {
                throw new IOException("block #" + number + " is not kept");
            }
            if (isBinary) {
                BinaryBlocks.write(out, block.get());
            } else {
                out.write(JsonBlocks.write(block.get()));
            }
            written++;
        }
        out.flush();
        return written;
    }
}
