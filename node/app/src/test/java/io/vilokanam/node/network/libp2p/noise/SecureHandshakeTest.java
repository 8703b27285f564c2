package io.vilokanam.node.network.libp2p.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.wire.ByteQueue;
import io.vilokanam.node.network.protobuf.ProtobufWriter;
import io.vilokanam.scale.Bytes;

class SecureHandshakeTest {

    private static final String M2 = "ff2ee45601ec1b67310c7790404585ae697331eee1c1f8cf2419731c1fff3e6b5cda1c2d8029877d73fad62823946ccd0c5da3"
            + "5c129100f43d33a59cf19ea8fcdcc0e3e57a6099ef8d8c471633442810f7b53910cdb565f76268494bbd92ec2538eadbd0a7919800bfffac782b195"
            + "c79919c68c017ab6d6c455cf4fae74e35ab04a08b8c7ebea8d3979622f4a1d4e149793ae3d0827fde5a0f7d21e59be88f6465dac7919455c46d79ce"
            + "77cedb72dd87156ebede1c2aca592ab1353847f61e638910e2520e0432a9";
    private static final String M3 = "f4e4988e97bdcbf0f799d02dd2242624bda72d200e97e322c4f723213896a31e1b972d4eb7f9b8c898e2ddcbd51ff767f12958"
            + "cf4fae61b83fcc51b65397d03be41adc42c00cedaaa3712a0b618f76d332308a7204cbaff5770d9ad1ec25cb63a011506d54fe83b368476e6bfacd2"
            + "c9ec7da2b2db686e7dfac36bda3285a9e9878ecbbcc97d2a33c71bb9e55ec9819be782675da4191fce4ff237feb9a56443a566e74f7b6e061e0";

    private final Ed25519KeyPair one = identity(1);
    private final Ed25519KeyPair two = identity(2);
    private final List<String> written = new ArrayList<>();
    private final ByteQueue toInitiator = new ByteQueue();
    private final ByteQueue toResponder = new ByteQueue();

    @Test
    void messagesAreThoseOfTheReference() throws NoiseException {
        SecureHandshake initiator = new SecureHandshake(true, one, pair(0x11), pair(0x22));
        SecureHandshake responder = new SecureHandshake(false, two, pair(0x33), pair(0x44));
        initiator.start(bytes -> pass(bytes, toResponder));
        responder.start(bytes -> pass(bytes, toInitiator));
        assertEquals(Optional.empty(), responder.advance(toResponder, bytes -> pass(bytes, toInitiator)));
        SecureHandshake.Secured first = initiator.advance(toInitiator, bytes -> pass(bytes, toResponder)).orElseThrow();
        SecureHandshake.Secured second = responder.advance(toResponder, bytes -> pass(bytes, toInitiator))
                .orElseThrow();
        assertEquals(List.of("0x00200faa684ed28867b97f4a6a2dee5df8ce974e76b7018e3f22a1c4cf2678570f20", "0x00c8" + M2,
                "0x00a8" + M3), written);
        assertEquals("0x9239a1aade14ed0668d0f3d3db2fcda4347f13dfb5e8b32daed006176be37216", Bytes.hex(initiator.hash()));
        assertEquals(PeerId.ofEd25519(two.publicKey()), first.peer());
        assertEquals(PeerId.ofEd25519(one.publicKey()), second.peer());
        byte[] header = Bytes.fromHex("132f6d756c746973747265616d2f312e302e300a").toArray();
        byte[] sealed = first.transport().sender().seal(header, 0, header.length);
        assertEquals("0x3469d5d5ed0fb8e43091bad6b10d3f2ca6878b969e2a87556ade44374da16dcfc305621a", Bytes.hex(sealed));
        assertEquals(Bytes.hex(header), Bytes.hex(second.transport().receiver().open(sealed)));
    }

    @Test
    void whoCannotSignIsRefused() throws NoiseException {
        NoiseXx forger = new NoiseXx(true, new byte[0], pair(0x11), pair(0x22));
        SecureHandshake responder = new SecureHandshake(false, two, new Random(1));
        pass(NoiseFrames.frame(forger.write(new byte[0])), toResponder);
        assertEquals(Optional.empty(), responder.advance(toResponder, bytes -> pass(bytes, toInitiator)));
        forger.read(NoiseFrames.read(toInitiator).orElseThrow());
        byte[] payload = new ProtobufWriter().element(1, PeerId.keyMessage(one.publicKey())).element(2, new byte[64])
                .toArray();
        pass(NoiseFrames.frame(forger.write(payload)), toResponder);
        NoiseException refusal = assertThrows(NoiseException.class,
                () -> responder.advance(toResponder, bytes -> pass(bytes, toInitiator)));
        assertEquals("identity signature is not one of the identity key for the static key", refusal.getMessage());
    }

    private void pass(byte[] bytes, ByteQueue to) {
        written.add(Bytes.hex(bytes));
        to.add(bytes, 0, bytes.length);
    }

    private static Ed25519KeyPair identity(int last) {
        byte[] seed = new byte[32];
        seed[31] = (byte) last;
        return Ed25519KeyPair.fromSeed(seed);
    }

    private static X25519Pair pair(int filler) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) filler);
        return X25519Pair.ofSecret(secret);
    }
}
