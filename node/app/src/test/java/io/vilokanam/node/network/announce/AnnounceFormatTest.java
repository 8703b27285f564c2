package io.vilokanam.node.network.announce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.Fuzz;

/** The bytes of block announces, against those that stock nodes and light clients exchange. */
final class AnnounceFormatTest {

    private static final Hash AA = Hash.fromHex("aa".repeat(32));
    private static final Hash BB = Hash.fromHex("bb".repeat(32));
    private static final Header FIRST = new Header(Hash.ZERO, 1, Hash.fromHex("11".repeat(32)),
            Hash.fromHex("22".repeat(32)), Digest.EMPTY);

    @Test
    void aHandshakeHas69Bytes() throws ScaleException {
        AnnounceHandshake handshake = new AnnounceHandshake(Roles.AUTHORITY, new BlockRef(AA, 7), BB);
        Bytes expected = Bytes.fromHex("0407000000" + "aa".repeat(32) + "bb".repeat(32));
        assertEquals(expected, handshake.encode());
        assertEquals(handshake, AnnounceHandshake.decode(expected));
    }

    @Test
    void aHandshakeWithTwoRolesOrATailIsRefused() {
        String rest = "07000000" + "aa".repeat(32) + "bb".repeat(32);
        assertThrows(ScaleException.class, () -> AnnounceHandshake.decode(Bytes.fromHex("05" + rest)));
        assertThrows(ScaleException.class, () -> AnnounceHandshake.decode(Bytes.fromHex("04" + rest + "00")));
        assertThrows(ScaleException.class, () -> AnnounceHandshake.decode(Bytes.fromHex("04")));
    }

    @Test
    void anAnnouncementEndsWithItsStateAndNoData() throws ScaleException {
        Bytes expected = Bytes.fromHex("00".repeat(32) + "04" + "11".repeat(32) + "22".repeat(32) + "00" + "01" + "00");
        assertEquals(expected, new BlockAnnounce(FIRST, true).encode());
        assertEquals(new BlockAnnounce(FIRST, true), BlockAnnounce.decode(expected));
        assertEquals("0xb351db3a6478757a0f95616be99c54de19f726167ac9d6a94cfa7f69d7e7a4a5",
                BlockRef.hashOf(FIRST).hex());
    }

    @Test
    void anAnnouncementWithoutItsTailIsOfABestBlock() throws ScaleException {
        assertEquals(new BlockAnnounce(FIRST, true), BlockAnnounce.decode(Bytes.wrap(Header.CODEC.encode(FIRST))));
    }

    @Test
    void anAnnouncementWithDataIsRefused() {
        Bytes message = Bytes.fromHex(new BlockAnnounce(FIRST, true).encode().hex().replaceAll("00$", "0400"));
        assertThrows(ScaleException.class, () -> BlockAnnounce.decode(message));
    }

    @Test
    void foreignBytesAreAnnouncementsOrRefused() {
        Fuzz.decoder("announce handshake").with(new AnnounceHandshake(Roles.AUTHORITY, new BlockRef(AA, 7), BB).encode()
                .toArray()).declares(ScaleException.class, input -> AnnounceHandshake.decode(Bytes.wrap(input)));
        Fuzz.decoder("announcement").with(new BlockAnnounce(FIRST, true).encode().toArray())
                .declares(ScaleException.class, input -> BlockAnnounce.decode(Bytes.wrap(input)));
    }
}
