package io.vilokanam.crypto.sr25519;

import io.vilokanam.crypto.hash.KeccakPermutation;

/**
 * The part of STROBE (v1.0.2, 128-bit security, Keccak-f[1600]) that Merlin uses: meta-AD, AD, PRF and KEY, without a
 * transport.
 */
final class Strobe128 {

    /** Bytes a permutation takes in: 200 less two times the security less two of padding. */
    private static final int RATE = 166;

    private static final int FLAG_I = 1;
    private static final int FLAG_A = 1 << 1;
    private static final int FLAG_C = 1 << 2;
    private static final int FLAG_M = 1 << 4;

    private final long[] state;
    private int at;
    private int begin;

    /** Starts the protocol {@code label}. */
    Strobe128(byte[] label) {
        state = new long[KeccakPermutation.LANES];
        byte[] start = {1, (byte) (RATE + 2), 1, 0, 1, 96, 'S', 'T', 'R', 'O', 'B', 'E', 'v', '1', '.', '0', '.', '2'};
        for (int i = 0; i < start.length; i++) {
            xor(i, start[i]);
        }
        KeccakPermutation.permute(state);
        metaAd(label, false);
    }

    private Strobe128(Strobe128 other) {
        state = other.state.clone();
        at = other.at;
        begin = other.begin;
    }

    Strobe128 copy() {
        return new Strobe128(this);
    }

    /** Takes in framing; {@code more} continues the operation before. */
    void metaAd(byte[] bytes, boolean more) {
        if (!more) {
            begin(FLAG_M | FLAG_A);
        }
        absorb(bytes);
    }

    /** Takes in data. */
    void ad(byte[] bytes) {
        begin(FLAG_A);
        absorb(bytes);
    }

    /** Takes in a secret and forgets what was before. */
    void key(byte[] bytes) {
        begin(FLAG_A | FLAG_C);
        for (byte value : bytes) {
            int shift = 8 * (at & 7);
            state[at >>> 3] = state[at >>> 3] & ~(255L << shift) | (value & 255L) << shift;
            advance();
        }
    }

    /** Fills {@code out} with output. */
    void prf(byte[] out) {
        begin(FLAG_I | FLAG_A | FLAG_C);
        for (int i = 0; i < out.length; i++) {
            int shift = 8 * (at & 7);
            out[i] = (byte) (state[at >>> 3] >>> shift);
            state[at >>> 3] &= ~(255L << shift);
            advance();
        }
    }

    private void begin(int flags) {
        int before = begin;
        begin = at + 1;
        absorb((byte) before);
        absorb((byte) flags);
        if ((flags & FLAG_C) != 0 && at != 0) {
            permute();
        }
    }

    private void absorb(byte[] bytes) {
        for (byte value : bytes) {
            absorb(value);
        }
    }

    private void absorb(byte value) {
        xor(at, value);
        advance();
    }

    private void advance() {
        if (++at == RATE) {
            permute();
        }
    }

    private void permute() {
        xor(at, (byte) begin);
        xor(at + 1, (byte) 4);
        xor(RATE + 1, (byte) 0x80);
        KeccakPermutation.permute(state);
        at = 0;
        begin = 0;
    }

    private void xor(int index, byte value) {
        state[index >>> 3] ^= (value & 255L) << 8 * (index & 7);
    }
}
