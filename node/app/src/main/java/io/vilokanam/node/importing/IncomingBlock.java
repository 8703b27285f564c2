package io.vilokanam.node.importing;

import java.util.List;

import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.scale.Bytes;

/** A block that wants to become part of the chain: sealed header, extrinsics without their lengths, proofs of finality. */
public record IncomingBlock(Header header, List<Bytes> body, List<Justification> justifications, BlockOrigin origin) {

    public IncomingBlock {
        body = List.copyOf(body);
        justifications = List.copyOf(justifications);
    }

    public static IncomingBlock of(SignedBlock block, BlockOrigin origin) {
        return new IncomingBlock(block.block().header(), block.block().extrinsics(),
                block.justifications().orElse(List.of()), origin);
    }
}
