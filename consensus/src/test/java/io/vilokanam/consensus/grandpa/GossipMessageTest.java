package io.vilokanam.consensus.grandpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.testkit.SeededTest;

/** The bytes of {@code grandpa/1}, with the messages of the networking brief. */
class GossipMessageTest {

    private static final BlockRef TARGET = new BlockRef(Hash.fromHex("aa".repeat(32)), 7);
    private static final PublicKey ALICE = new PublicKey(
            Bytes.fromHex("88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee"));
    private static final Bytes PREVOTE_SIGNATURE = Bytes
            .fromHex("5ed245f9681dc1de6f89683c1b88e1ec9b72eaa9e3150bdb0ff2d4a560"
                    + "111b944bbce77d50fa6666772789fe19d758797dca5b643ad1f17e62035fea88f7e80c");
    private static final Bytes PRECOMMIT_SIGNATURE = Bytes
            .fromHex("daf7ab1b5a465f6dd2c66a77e73226bbea3756049bdf73e21f1b717"
                    + "c10896df58db2a2970b7c885572230ae01c98971aae57cf988d5198a63071a8b96c97a304");
    private static final SignedTarget PRECOMMIT = new SignedTarget(TARGET, PRECOMMIT_SIGNATURE, ALICE);

    private static void assertBytes(String hex, GossipMessage message) throws ScaleException {
        Bytes expected = Bytes.fromHex(hex);
        assertEquals(expected, Bytes.wrap(GossipMessage.CODEC.encode(message)));
        assertEquals(message, GossipMessage.CODEC.decodeAll(expected.view()));
    }

    @Test
    void neighborPacketsCarryTheirVersion() throws ScaleException {
        assertBytes("02010100000000000000000000000000000000000000", new GossipMessage.Neighbor(1, 0, 0));
        assertBytes("02010500000000000000020000000000000004010000", new GossipMessage.Neighbor(5, 2, 260));
        assertThrows(ScaleException.class, () -> GossipMessage.CODEC
                .decodeAll(Bytes.fromHex("02020500000000000000020000000000000004010000").view()));
    }

    @Test
    void aCatchUpRequestHasTheRoundFirst() throws ScaleException {
        assertBytes("0309000000000000000200000000000000", new GossipMessage.CatchUpRequest(9, 2));
    }

    @Test
    void aVoteIsSignedOverItsStage() throws ScaleException {
        var vote = new SignedVote(new Vote(Stage.PREVOTE, TARGET), PREVOTE_SIGNATURE, ALICE);
        assertBytes("00" + "0100000000000000" + "0000000000000000" + "00" + "aa".repeat(32) + "07000000"
                + PREVOTE_SIGNATURE.hex().substring(2) + ALICE.bytes().hex().substring(2),
                new GossipMessage.VoteMessage(1, 0, vote));
    }

    @Test
    void aCommitKeepsSignaturesApart() throws ScaleException {
        var message = new GossipMessage.CommitMessage(1, 0, new Commit(TARGET, List.of(PRECOMMIT)));
        assertEquals(187, GossipMessage.CODEC.encode(message).length);
        assertBytes("01" + "0100000000000000" + "0000000000000000" + "aa".repeat(32) + "07000000" + "04"
                + "aa".repeat(32) + "07000000" + "04" + PRECOMMIT_SIGNATURE.hex().substring(2)
                + ALICE.bytes().hex().substring(2), message);
        assertThrows(ScaleException.class, () -> GossipMessage.CODEC.decodeAll(Bytes.fromHex("01" + "0100000000000000"
                + "0000000000000000" + "aa".repeat(32) + "07000000" + "04" + "aa".repeat(32) + "07000000" + "00")
                .view()));
    }

    @Test
    void aCatchUpHasTheSetFirst() throws ScaleException {
        var catchUp = new CatchUp(9, List.of(), List.of(PRECOMMIT), TARGET);
        assertBytes("04" + "0200000000000000" + "0900000000000000" + "00" + "04" + "aa".repeat(32) + "07000000"
                + PRECOMMIT_SIGNATURE.hex().substring(2) + ALICE.bytes().hex().substring(2) + "aa".repeat(32)
                + "07000000",
                new GossipMessage.CatchUpMessage(2, catchUp));
    }

    @Test
    void aJustificationZipsThem() throws ScaleException {
        var justification = new GrandpaJustification(1, new Commit(TARGET, List.of(PRECOMMIT)), List.of());
        assertEquals("0x" + "0100000000000000" + "aa".repeat(32) + "07000000" + "04" + "aa".repeat(32) + "07000000"
                + PRECOMMIT_SIGNATURE.hex().substring(2) + ALICE.bytes().hex().substring(2) + "00",
                Bytes.wrap(GrandpaJustification.CODEC.encode(justification)).hex());
    }

    @SeededTest(runs = 300)
    void foreignBytesAreRefusedOrReadBackAsTheyWere(long seed) {
        var random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        if (bytes.length > 0) {
            bytes[0] = (byte) random.nextInt(6);
        }
        for (Codec<?> codec : List.of(GossipMessage.CODEC, GrandpaJustification.CODEC, FinalityProof.CODEC,
                Equivocation.Proof.CODEC, GrandpaLog.CODEC)) {
            roundTrips(codec, bytes);
        }
    }

    private static <T> void roundTrips(Codec<T> codec, byte[] bytes) {
        try {
            assertEquals(Bytes.wrap(bytes), Bytes.wrap(codec.encode(codec.decodeAll(bytes))));
        } catch (ScaleException refused) {
            assertEquals(0, refused.getStackTrace().length);
        }
    }
}
