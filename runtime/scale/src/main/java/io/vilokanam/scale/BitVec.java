package io.vilokanam.scale;

import java.util.BitSet;
import java.util.List;

import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/**
 * Bits in order: {@code BitVec<u8, Lsb0>}. A compact number of bits, then whole bytes, the first bit lowest; surplus bits of
 * the last byte are cut when read.
 */
public record BitVec(int size, BitSet bits) {

    private static final TypeInfo LSB0 = TypeInfo.named("bitvec::order::Lsb0",
            () -> new TypeDefinition.Composite(List.of()));

    public static final Codec<BitVec> CODEC = Codecs.of(TypeInfo.bitSequence(Codecs.U8.type(), LSB0), (out, value) -> {
        byte[] bytes = new byte[(value.size + 7) / 8];
        byte[] set = value.bits.toByteArray();
        System.arraycopy(set, 0, bytes, 0, Math.min(set.length, bytes.length));
        out.compact(value.size).raw(bytes);
    }, BitVec::decode);

    /** parity-scale-codec's limit: what a slice of bits can hold on a 32-bit machine. */
    private static final int BITS_MAX = 0x1fff_ffff;

    public BitVec {
        bits = (BitSet) bits.clone();
        if (size < 0 || bits.length() > size) {
            throw new IllegalArgumentException(size + " bits, but bit " + (bits.length() - 1) + " is set");
        }
    }

    /** A copy of the bits that are set. */
    @Override
    public BitSet bits() {
        return (BitSet) bits.clone();
    }

    private static BitVec decode(ScaleInput in) throws ScaleException {
        long size = in.compactU32();
        if (size > BITS_MAX) {
            throw new ScaleException("a bit vector has at most " + BITS_MAX + " bits, got " + size);
        }
        if ((size + 7) / 8 > in.remaining()) {
            throw new ScaleException("bit vector of " + size + " bits needs more than the bytes that follow");
        }
        BitSet bits = BitSet.valueOf(in.raw((int) ((size + 7) / 8)));
        bits.clear((int) size, Math.max((int) size, bits.length()));
        return new BitVec((int) size, bits);
    }
}
