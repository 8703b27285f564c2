package io.vilokanam.crypto.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.vilokanam.crypto.hash.Blake2b;

/**
 * One step of a derivation path. A name that is an unsigned 64-bit number stands for its 8 little-endian bytes, any
 * other one for its SCALE string; the chain code is that, filled up with zeros, or blake2_256 of it where it is longer
 * than 32 bytes.
 */
public final class Junction {

    private static final int CHAIN_CODE = 32;
    private static final BigInteger MAX_NUMBER = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final boolean hard;
    private final byte[] chainCode;

    private Junction(boolean hard, byte[] chainCode) {
        this.hard = hard;
        this.chainCode = chainCode;
    }

    /** A hard junction: the child's keys tell nothing of the parent's. */
    public static Junction hard(String name) {
        return new Junction(true, chainCode(name));
    }

    /** A soft junction: the child's public key follows from the parent's. */
    public static Junction soft(String name) {
        return new Junction(false, chainCode(name));
    }

    public boolean isHard() {
        return hard;
    }

    /** A copy of the 32 bytes. */
    public byte[] chainCode() {
        return chainCode.clone();
    }

    private static byte[] chainCode(String name) {
        byte[] encoded = encode(name);
        return encoded.length > CHAIN_CODE ? Blake2b.hash256(encoded) : Arrays.copyOf(encoded, CHAIN_CODE);
    }

    private static byte[] encode(String name) {
        // A sign of plus is part of a number, as Rust parses it.
        String digits = name.startsWith("+") ? name.substring(1) : name;
        if (!digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            BigInteger number = new BigInteger(digits);
            if (number.compareTo(MAX_NUMBER) <= 0) {
                long value = number.longValue();
                byte[] bytes = new byte[8];
                for (int i = 0; i < 8; i++) {
                    bytes[i] = (byte) (value >>> 8 * i);
                }
                return bytes;
            }
        }
        return scaleString(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The text behind its compact length; the module stands alone, so it writes the four forms itself. */
    private static byte[] scaleString(byte[] text) {
        long length = text.length;
        int bytes = length < 1 << 6 ? 1 : length < 1 << 14 ? 2 : length < 1 << 30 ? 4 : 5;
        byte[] out = new byte[bytes + text.length];
        long prefix = switch (bytes) {
            case 1 -> length << 2;
            case 2 -> length << 2 | 1;
            case 4 -> length << 2 | 2;
            default -> length << 8 | 3;
        };
        for (int i = 0; i < bytes; i++) {
            out[i] = (byte) (prefix >>> 8 * i);
        }
        System.arraycopy(text, 0, out, bytes, text.length);
        return out;
    }
}
