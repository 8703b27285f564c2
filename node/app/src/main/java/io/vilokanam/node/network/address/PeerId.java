package io.vilokanam.node.network.address;

import java.util.Arrays;
import java.util.Optional;

import io.vilokanam.primitives.ss58.Base58;
import io.vilokanam.primitives.ss58.Ss58Exception;
import io.vilokanam.scale.Bytes;

/**
 * Who a peer is: a multihash of its public key message (libp2p spec, peer-ids). For an ed25519 key this is the message itself
 * behind {@code 00 24}; ids of other keys are SHA-256 hashes and are kept without being understood.
 */
public record PeerId(Bytes multihash) implements Comparable<PeerId> {

    /** Protobuf of an ed25519 key: field 1 type 1, field 2 of 32 bytes. */
    private static final byte[] KEY_MESSAGE = {8, 1, 18, 32};

    private static final int KEY_BYTES = 32;
    private static final byte IDENTITY = 0;
    private static final byte SHA2_256 = 0x12;
    private static final int IDENTITY_BYTES_MAX = 42;
    private static final int SHA2_256_BYTES = 32;
    private static final int TEXT_MAX = 64;

    public PeerId {
        if (!isMultihash(multihash.view())) {
            throw new IllegalArgumentException("not the multihash of a key: " + multihash.hex());
        }
    }

    private static boolean isMultihash(byte[] bytes) {
        if (bytes.length < 3 || bytes.length - 2 != bytes[1]) {
            return false;
        }
        return bytes[0] == IDENTITY ? bytes[1] <= IDENTITY_BYTES_MAX
                : bytes[0] == SHA2_256 && bytes[1] == SHA2_256_BYTES;
    }

    /** The id of an ed25519 key of 32 bytes. */
    public static PeerId ofEd25519(byte[] publicKey) {
        byte[] message = keyMessage(publicKey);
        byte[] bytes = new byte[2 + message.length];
        bytes[0] = IDENTITY;
        bytes[1] = (byte) message.length;
        System.arraycopy(message, 0, bytes, 2, message.length);
        return new PeerId(Bytes.wrap(bytes));
    }

    /** The 36 bytes by which libp2p names an ed25519 key of 32 bytes. */
    public static byte[] keyMessage(byte[] publicKey) {
        if (publicKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("an ed25519 key has 32 bytes, not " + publicKey.length);
        }
        byte[] message = Arrays.copyOf(KEY_MESSAGE, KEY_MESSAGE.length + KEY_BYTES);
        System.arraycopy(publicKey, 0, message, KEY_MESSAGE.length, KEY_BYTES);
        return message;
    }

    /** The key of 32 bytes in a key message, if it is one of ed25519 and written the one right way. */
    public static Optional<byte[]> keyInMessage(byte[] message) {
        return message.length == KEY_MESSAGE.length + KEY_BYTES
                && Arrays.mismatch(message, KEY_MESSAGE) == KEY_MESSAGE.length
                        ? Optional.of(Arrays.copyOfRange(message, KEY_MESSAGE.length, message.length))
                        : Optional.empty();
    }

    public static PeerId ofBytes(byte[] multihash) throws AddressException {
        if (!isMultihash(multihash)) {
            throw new AddressException(
                    "peer id of " + multihash.length + " bytes: expected 00 or 12 20, a length, and as many bytes");
        }
        return new PeerId(Bytes.copyOf(multihash));
    }

    /** Of base 58, as in {@code 12D3KooW...}. */
    public static PeerId parse(String text) throws AddressException {
        if (text.length() > TEXT_MAX) {
            throw new AddressException("peer id of " + text.length() + " characters: expected at most " + TEXT_MAX);
        }
        try {
            return ofBytes(Base58.decode(text));
        } catch (Ss58Exception e) {
            throw new AddressException("peer id " + text + ": expected base 58, but " + e.getMessage());
        }
    }

    /** The ed25519 key of 32 bytes, where the id holds one. */
    public Optional<byte[]> ed25519Key() {
        byte[] bytes = multihash.view();
        return bytes[0] == IDENTITY ? keyInMessage(Arrays.copyOfRange(bytes, 2, bytes.length)) : Optional.empty();
    }

    @Override
    public int compareTo(PeerId other) {
        return multihash.compareTo(other.multihash);
    }

    /** Base 58. */
    @Override
    public String toString() {
        return Base58.encode(multihash.view());
    }
}
