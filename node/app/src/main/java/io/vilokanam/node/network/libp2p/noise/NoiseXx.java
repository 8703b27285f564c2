package io.vilokanam.node.network.libp2p.noise;

import java.util.Arrays;

/**
 * The three messages of {@code Noise_XX_25519_ChaChaPoly_SHA256} (Noise, section 7.5): {@code e}, then {@code e, ee, s, es}, then
 * {@code s, se}. Each side calls {@link #write} and {@link #read} in turn, the initiator first.
 */
final class NoiseXx {

    private static final int KEY = X25519Pair.KEY;

    private final SymmetricState state;
    private final boolean isInitiator;
    private final X25519Pair ownStatic;
    private final X25519Pair ownEphemeral;
    private byte[] otherEphemeral = {};
    private byte[] otherStatic = {};
    private int done;

    NoiseXx(boolean isInitiator, byte[] prologue, X25519Pair ownStatic, X25519Pair ownEphemeral) {
        this.state = new SymmetricState(prologue);
        this.isInitiator = isInitiator;
        this.ownStatic = ownStatic;
        this.ownEphemeral = ownEphemeral;
    }

    boolean isComplete() {
        return done == 3;
    }

    byte[] otherStatic() {
        return otherStatic.clone();
    }

    byte[] hash() {
        return state.hash();
    }

    byte[] write(byte[] payload) throws NoiseException {
        byte[] message = switch (done) {
            case 0 -> join(writeEphemeral(), state.sealAndHash(payload));
            case 1 -> {
                byte[] ephemeral = writeEphemeral();
                state.mixKey(ownEphemeral.agree(otherEphemeral));
                byte[] sealedStatic = state.sealAndHash(ownStatic.publicKey());
                state.mixKey(ownStatic.agree(otherEphemeral));
                yield join(join(ephemeral, sealedStatic), state.sealAndHash(payload));
            }
            case 2 -> {
                byte[] sealedStatic = state.sealAndHash(ownStatic.publicKey());
                state.mixKey(ownStatic.agree(otherEphemeral));
                yield join(sealedStatic, state.sealAndHash(payload));
            }
            default -> throw new IllegalStateException("a handshake of three messages is over");
        };
        done++;
        return message;
    }

    private byte[] writeEphemeral() {
        byte[] key = ownEphemeral.publicKey();
        state.mixHash(key);
        return key;
    }

    /** @return the payload */
    byte[] read(byte[] message) throws NoiseException {
        int at = 0;
        if (done < 2) {
            otherEphemeral = part(message, 0, KEY);
            state.mixHash(otherEphemeral);
            at = KEY;
        }
        if (done == 1) {
            state.mixKey(ownEphemeral.agree(otherEphemeral));
        }
        if (done > 0) {
            otherStatic = state.openAndHash(part(message, at, KEY + CipherState.TAG));
            at += KEY + CipherState.TAG;
            state.mixKey(ownEphemeral.agree(otherStatic));
        }
        byte[] payload = state.openAndHash(Arrays.copyOfRange(message, at, message.length));
        done++;
        return payload;
    }

    /** What seals own messages and opens the other's. */
    NoiseTransport split() {
        CipherState[] ciphers = state.split();
        return isInitiator ? new NoiseTransport(ciphers[0], ciphers[1]) : new NoiseTransport(ciphers[1], ciphers[0]);
    }

    private static byte[] part(byte[] message, int from, int length) throws NoiseException {
        if (message.length < from + length) {
            throw new NoiseException(
                    "handshake message of " + message.length + " bytes: expected at least " + (from + length));
        }
        return Arrays.copyOfRange(message, from, from + length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
