package io.vilokanam.node.network.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.network.protobuf.ProtobufReader;
import io.vilokanam.node.network.protobuf.ProtobufWriter;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/**
 * What is said of one block in an answer of {@code sync/2} (protobuf {@code api.v1.BlockData}): as much as was asked for and
 * is there.
 *
 * @param body extrinsics without their lengths; also empty where none was asked for
 */
public record BlockPart(Hash hash, Optional<Header> header, List<Bytes> body, List<Justification> justifications) {

    private static final Codec<List<Justification>> JUSTIFICATIONS = Codecs.vec(Justification.CODEC);

    public BlockPart {
        body = List.copyOf(body);
        justifications = List.copyOf(justifications);
    }

    /** The whole message of an answer. */
    public static Bytes encodeAll(List<BlockPart> blocks, boolean hasManyJustifications) {
        ProtobufWriter out = new ProtobufWriter();
        blocks.forEach(block -> out.message(1, block.encode(hasManyJustifications)));
        return out.toBytes();
    }

    private ProtobufWriter encode(boolean hasManyJustifications) {
        ProtobufWriter out = new ProtobufWriter().bytes(1, hash.bytes());
        header.ifPresent(content -> out.element(2, Header.CODEC.encode(content)));
        body.forEach(content -> out.element(3, new OpaqueExtrinsic(content).wire()));
        if (hasManyJustifications && !justifications.isEmpty()) {
            out.element(8, JUSTIFICATIONS.encode(justifications));
        } else {
            justifications.stream().filter(proof -> proof.engine().equals(DigestItem.GRANDPA)).findFirst()
                    .ifPresent(proof -> out.bytes(6, proof.encoded()).flag(7, proof.encoded().isEmpty()));
        }
        return out;
    }

    /**
     * Reads an answer.
     *
     * @param max more blocks than this are an error
     */
    public static List<BlockPart> decodeAll(Bytes message, int max) throws ProtobufException {
        ProtobufReader in = new ProtobufReader(message.view());
        List<BlockPart> blocks = new ArrayList<>();
        while (in.next()) {
            if (in.field() == 1) {
                if (blocks.size() == max) {
                    throw new ProtobufException("answer of more than the " + max + " blocks that were asked for");
                }
                blocks.add(decode(in.message()));
            }
        }
        return blocks;
    }

    private static BlockPart decode(ProtobufReader in) throws ProtobufException {
        Hash hash = null;
        Optional<Header> header = Optional.empty();
        List<Bytes> body = new ArrayList<>();
        List<Justification> justifications = new ArrayList<>();
        try {
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> hash = BlockRequest.hash(in.bytes());
                    case 2 -> {
                        Bytes encoded = in.bytes();
                        header = encoded.isEmpty() ? Optional.empty()
                                : Optional.of(Header.CODEC.decodeAll(encoded.view()));
                    }
                    case 3 -> body.add(OpaqueExtrinsic.fromWire(in.bytes().view()).content());
                    case 6 -> justifications.add(new Justification(DigestItem.GRANDPA, in.bytes()));
                    case 8 -> {
                        Bytes encoded = in.bytes();
                        if (!encoded.isEmpty()) {
                            justifications.addAll(JUSTIFICATIONS.decodeAll(encoded.view()));
                        }
                    }
                    default -> {
                        // Fields that nobody asks for are skipped.
                    }
                }
            }
        } catch (ScaleException e) {
            throw new ProtobufException("block " + hash + " in an answer: " + e.getMessage());
        }
        if (hash == null) {
            throw new ProtobufException("block without a hash in an answer");
        }
        if (header.isPresent() && !BlockRef.hashOf(header.get()).equals(hash)) {
            throw new ProtobufException("block " + hash + " in an answer has a header of another hash");
        }
        return new BlockPart(hash, header, body, justifications);
    }
}
