package io.vilokanam.node.network.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.Fuzz;

/** The bytes of {@code sync/2}, against those that stock nodes and light clients exchange. */
final class BlockMessagesTest {

    private static final Hash AA = Hash.fromHex("aa".repeat(32));
    private static final Header FIRST = new Header(Hash.ZERO, 1, Hash.fromHex("11".repeat(32)),
            Hash.fromHex("22".repeat(32)), Digest.EMPTY);

    private static void assertRequest(String hex, BlockRequest request) throws ProtobufException {
        assertEquals(Bytes.fromHex(hex), request.encode());
        assertEquals(request, BlockRequest.decode(Bytes.fromHex(hex)));
    }

    @Test
    void writesRequestsAsStockNodesDo() throws ProtobufException {
        int whole = BlockRequest.HEADER | BlockRequest.BODY | BlockRequest.JUSTIFICATION;
        assertRequest("0880808098011a0401000000"
                + "30403801",
                BlockRequest.of(whole,
                        new BlockRequest.From.ByNumber(1), BlockRequest.Direction.ASCENDING, 64));
    }

    @Test
    void writesRequestsAsLightClientsDo() throws ProtobufException {
        assertRequest("0880808088011220" + "aa".repeat(32) + "280130403801",
                BlockRequest.of(BlockRequest.HEADER | BlockRequest.JUSTIFICATION, new BlockRequest.From.ByHash(AA),
                        BlockRequest.Direction.DESCENDING, 64));
        assertRequest("0880808080011220" + "aa".repeat(32) + "30013801", BlockRequest.of(BlockRequest.JUSTIFICATION,
                new BlockRequest.From.ByHash(AA), BlockRequest.Direction.ASCENDING, 1));
    }

    @Test
    void writesAnAnswerAsStockNodesDo() throws ProtobufException {
        BlockPart block = new BlockPart(BlockRef.hashOf(FIRST), Optional.of(FIRST), List.of(Bytes.fromHex("040000")),
                List.of());
        Bytes header = Bytes.wrap(Header.CODEC.encode(FIRST));
        Bytes expected = Bytes
                .fromHex("0a8c010a20" + block.hash().hex().substring(2) + "1262" + header.hex().substring(2)
                        + "1a040c040000");
        assertEquals(expected, BlockPart.encodeAll(List.of(block), true));
        assertEquals(List.of(block), BlockPart.decodeAll(expected, 1));
    }

    @Test
    void writesJustificationsInTheFieldThatWasAskedFor() throws ProtobufException {
        Justification proof = new Justification(DigestItem.GRANDPA, Bytes.fromHex("cafe"));
        BlockPart block = new BlockPart(AA, Optional.empty(), List.of(), List.of(proof));
        String hash = "0a20" + "aa".repeat(32);
        assertEquals(Bytes.fromHex("0a2c" + hash + "42080446524e4b08cafe"), BlockPart.encodeAll(List.of(block), true));
        assertEquals(Bytes.fromHex("0a26" + hash + "3202cafe"), BlockPart.encodeAll(List.of(block), false));
        assertEquals(List.of(block), BlockPart.decodeAll(BlockPart.encodeAll(List.of(block), true), 1));
        assertEquals(List.of(block), BlockPart.decodeAll(BlockPart.encodeAll(List.of(block), false), 1));
    }

    @Test
    void refusesMoreBlocksThanWereAskedForAndHeadersOfOtherHashes() {
        BlockPart block = new BlockPart(AA, Optional.empty(), List.of(), List.of());
        BlockPart other = new BlockPart(AA, Optional.of(FIRST), List.of(), List.of());
        assertThrows(ProtobufException.class,
                () -> BlockPart.decodeAll(BlockPart.encodeAll(List.of(block, block), true), 1));
        assertThrows(ProtobufException.class, () -> BlockPart.decodeAll(BlockPart.encodeAll(List.of(other), true), 1));
    }

    @Test
    void foreignBytesAreAnswersOrErrorsOfTheirOwnKind() {
        Justification proof = new Justification(DigestItem.GRANDPA, Bytes.fromHex("cafe"));
        BlockPart block = new BlockPart(BlockRef.hashOf(FIRST), Optional.of(FIRST), List.of(Bytes.fromHex("0400")),
                List.of(proof));
        Fuzz.decoder("block response").with(BlockPart.encodeAll(List.of(block, block), true).toArray()).declares(
                ProtobufException.class, input -> BlockPart.decodeAll(Bytes.wrap(input), 16));
        Fuzz.decoder("block request")
                .with(BlockRequest.of(BlockRequest.HEADER, new BlockRequest.From.ByHash(AA),
                        BlockRequest.Direction.DESCENDING, 64).encode().toArray())
                .declares(ProtobufException.class, input -> BlockRequest.decode(Bytes.wrap(input)));
    }
}
