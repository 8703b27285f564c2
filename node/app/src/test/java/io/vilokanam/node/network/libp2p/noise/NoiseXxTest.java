package io.vilokanam.node.network.libp2p.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import io.vilokanam.scale.Bytes;

/** The vector of cacophony for this pattern. */
class NoiseXxTest {

    private static final byte[] PROLOGUE = hex("4a6f686e2047616c74");

    private final NoiseXx initiator = new NoiseXx(true, PROLOGUE,
            pair("e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1"),
            pair("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a"));
    private final NoiseXx responder = new NoiseXx(false, PROLOGUE,
            pair("4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893"),
            pair("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b"));

    @Test
    void messagesAreThoseOfCacophony() throws NoiseException {
        check(initiator, responder, "4c756477696720766f6e204d69736573",
                "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79444c756477696720766f6e204d69736573");
        check(responder, initiator, "4d757272617920526f746862617264",
                "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f14480884381cbad1f276e038c48378ffce2b65285e08d6b68aaa3629a5a86"
                        + "39392490e5b9bd5269c2f1e4f488ed8831161f19b7815528f8982ffe09be9b5c412f8a0db50f8814c7194e83f23dbd8d162c9326ad");
        check(initiator, responder, "462e20412e20486179656b",
                "c7195ffacac1307ff99046f219750fc47693e23c3cb08b89c2af808b444850a80ae475b9df0f169ae80a89be0865b57f58c9fea0d4ec82a28642"
                        + "7402f113e4b6ae769a1d95941d49b25030");
        assertEquals("0xc8e5f64e846193be2a834104c2a009868d6c9f3bd3c186299888b488b2f1f58e", Bytes.hex(initiator.hash()));
        assertEquals(Bytes.hex(initiator.hash()), Bytes.hex(responder.hash()));
        byte[] plain = hex("4361726c204d656e676572");
        byte[] sealed = responder.split().sender().seal(plain, 0, plain.length);
        assertEquals("0x96763ed773f8e47bb3712f0e29b3060ffc956ffc146cee53d5e1df", Bytes.hex(sealed));
        assertEquals(Bytes.hex(plain), Bytes.hex(initiator.split().receiver().open(sealed)));
    }

    @Test
    void changedAndShortMessagesAreRefused() throws NoiseException {
        responder.read(initiator.write(new byte[0]));
        byte[] second = responder.write(new byte[5]);
        second[second.length - 1] ^= 1;
        assertThrows(NoiseException.class, () -> initiator.read(second));
        assertThrows(NoiseException.class,
                () -> new NoiseXx(false, PROLOGUE, pair("00".repeat(32)), pair("11".repeat(32)))
                        .read(new byte[31]));
    }

    @Test
    void aPointOfLowOrderIsRefused() throws NoiseException {
        responder.read(new byte[32]);
        assertThrows(NoiseException.class, () -> responder.write(new byte[0]));
    }

    private static void check(NoiseXx from, NoiseXx to, String payload, String message) throws NoiseException {
        byte[] written = from.write(hex(payload));
        assertEquals("0x" + message, Bytes.hex(written));
        assertEquals("0x" + payload, Bytes.hex(to.read(written)));
    }

    private static X25519Pair pair(String secret) {
        return X25519Pair.ofSecret(hex(secret));
    }

    private static byte[] hex(String text) {
        return Bytes.fromHex(text).toArray();
    }
}
