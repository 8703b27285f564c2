package io.vilokanam.node.network.libp2p.noise;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.vilokanam.crypto.ed25519.Ed25519;
import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.libp2p.wire.ByteQueue;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.network.protobuf.ProtobufReader;
import io.vilokanam.node.network.protobuf.ProtobufWriter;

/**
 * The handshake of libp2p's {@code /noise}: Noise XX with an empty prologue, in which each side signs its static key with its
 * identity, so that both know whom they talk to (libp2p spec, noise).
 */
public final class SecureHandshake {

    private static final byte[] SIGNED_PREFIX = "noise-libp2p-static-key:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final int IDENTITY_KEY = 1;
    private static final int IDENTITY_SIGNATURE = 2;

    private final NoiseXx noise;
    private final boolean isInitiator;
    private final byte[] payload;
    private Optional<PeerId> peer = Optional.empty();

    public SecureHandshake(boolean isInitiator, Ed25519KeyPair identity, RandomGenerator random) {
        this(isInitiator, identity, X25519Pair.fresh(random), X25519Pair.fresh(random));
    }

    SecureHandshake(boolean isInitiator, Ed25519KeyPair identity, X25519Pair ownStatic, X25519Pair ownEphemeral) {
        this.isInitiator = isInitiator;
        this.noise = new NoiseXx(isInitiator, NOTHING, ownStatic, ownEphemeral);
        this.payload = new ProtobufWriter().element(IDENTITY_KEY, PeerId.keyMessage(identity.publicKey()))
                .element(IDENTITY_SIGNATURE, identity.sign(signedBytes(ownStatic.publicKey()))).toArray();
    }

    private static byte[] signedBytes(byte[] staticKey) {
        byte[] signed = Arrays.copyOf(SIGNED_PREFIX, SIGNED_PREFIX.length + staticKey.length);
        System.arraycopy(staticKey, 0, signed, SIGNED_PREFIX.length, staticKey.length);
        return signed;
    }

    /** To be called once at the beginning. */
    public void start(Consumer<byte[]> out) throws NoiseException {
        if (isInitiator) {
            out.accept(NoiseFrames.frame(noise.write(NOTHING)));
        }
    }

    /**
     * Goes on with what has arrived.
     *
     * @param out is given what to write
     * @return who the other side is and how to talk to it, once the handshake is over
     */
    public Optional<Secured> advance(ByteQueue in, Consumer<byte[]> out) throws NoiseException {
        while (!noise.isComplete()) {
            Optional<byte[]> message = NoiseFrames.read(in);
            if (message.isEmpty()) {
                return Optional.empty();
            }
            byte[] read = noise.read(message.get());
            if (noise.otherStatic().length > 0) {
                peer = Optional.of(identify(read, noise.otherStatic()));
            }
            if (!noise.isComplete()) {
                out.accept(NoiseFrames.frame(noise.write(payload)));
            }
        }
        return Optional.of(new Secured(peer.orElseThrow(), noise.split()));
    }

    private static PeerId identify(byte[] payload, byte[] staticKey) throws NoiseException {
        byte[] keyMessage = NOTHING;
        byte[] signature = NOTHING;
        try {
            ProtobufReader reader = new ProtobufReader(payload);
            while (reader.next()) {
                if (reader.field() == IDENTITY_KEY) {
                    keyMessage = reader.bytes().toArray();
                } else if (reader.field() == IDENTITY_SIGNATURE) {
                    signature = reader.bytes().toArray();
                }
            }
        } catch (ProtobufException e) {
            throw new NoiseException("handshake payload: " + e.getMessage());
        }
        Optional<byte[]> key = PeerId.keyInMessage(keyMessage);
        if (key.isEmpty()) {
            throw new NoiseException(
                    "identity key of " + keyMessage.length + " bytes: expected one of ed25519 in 36 bytes");
        }
        if (!Ed25519.verify(key.get(), signedBytes(staticKey), signature)) {
            throw new NoiseException("identity signature is not one of the identity key for the static key");
        }
        return PeerId.ofEd25519(key.get());
    }

    byte[] hash() {
        return noise.hash();
    }

    /** A connection of which it is known who is at its other end. */
    public record Secured(PeerId peer, NoiseTransport transport) {}
}
