package io.vilokanam.crypto.curve25519;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vilokanam.testkit.Hex;
import io.vilokanam.testkit.SeededTest;

class FieldAndScalarTest {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger L = BigInteger.TWO.pow(252)
            .add(new BigInteger("27742317777372353535851937790883648493"));

    @SeededTest(runs = 300)
    void fieldArithmeticIsThatOfIntegersModuloP(long seed) {
        var random = new Random(seed);
        BigInteger x = edgy(random, P);
        BigInteger y = edgy(random, P);
        FieldElement a = field(x);
        FieldElement b = field(y);
        var c = new FieldElement();
        c.mul(a, b);
        assertEquals(x.multiply(y).mod(P), integer(c));
        c.square(a);
        assertEquals(x.multiply(x).mod(P), integer(c));
        c.sub(a, b);
        c.sub(c, b);
        c.add(c, c);
        BigInteger uncarried = x.subtract(y).subtract(y).shiftLeft(1);
        var product = new FieldElement();
        product.mul(c, c);
        assertEquals(uncarried.multiply(uncarried).mod(P), integer(product));
        product.square(c);
        assertEquals(uncarried.multiply(uncarried).mod(P), integer(product));
        assertEquals(uncarried.mod(P), integer(c));
        c.invert(a);
        assertEquals(x.mod(P).signum() == 0 ? BigInteger.ZERO : x.modInverse(P), integer(c));
        boolean square = c.squareRootOfRatio(a, b);
        BigInteger rootSquaredTimesY = integer(c).pow(2).multiply(y).mod(P);
        if (y.mod(P).signum() != 0) {
            BigInteger u = square ? x : x.multiply(BigInteger.TWO.modPow(P.shiftRight(2), P));
            assertEquals(u.mod(P), rootSquaredTimesY);
        }
    }

    @SeededTest(runs = 300)
    void scalarArithmeticIsThatOfIntegersModuloL(long seed) {
        var random = new Random(seed);
        BigInteger x = edgy(random, L);
        BigInteger y = edgy(random, L);
        BigInteger z = edgy(random, L);
        Scalar a = Scalar.reduce(littleEndian(x, 32));
        Scalar b = Scalar.reduce(littleEndian(y, 32));
        Scalar c = Scalar.reduce(littleEndian(z, 32));
        assertEquals(x.multiply(y).add(z).mod(L), integer(a.multiplyAdd(b, c).bytes()));
        assertEquals(x.add(y).mod(L), integer(a.add(b).bytes()));
        assertEquals(x.negate().mod(L), integer(a.negate().bytes()));
        byte[] wide = new byte[64];
        random.nextBytes(wide);
        if (seed % 10 == 0) {
            Arrays.fill(wide, (byte) -1);
        }
        assertEquals(integer(wide).mod(L), integer(Scalar.reduce(wide).bytes()));
        assertEquals(x.compareTo(L) < 0, Scalar.canonical(littleEndian(x, 32), 0).isPresent());
        for (int width : new int[]{5, 8}) {
            byte[] digits = new byte[Scalar.NAF_DIGITS];
            a.nonAdjacentForm(width, digits);
            BigInteger sum = BigInteger.ZERO;
            for (int i = 0; i < digits.length; i++) {
                sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(i));
                assertTrue(digits[i] == 0 || (digits[i] & 1) != 0 && Math.abs(digits[i]) < 1 << width - 1);
            }
            assertEquals(x.mod(L), sum);
        }
    }

    @SeededTest(runs = 20)
    void bothWaysToMultiplyTheBasePointAgree(long seed) {
        var random = new Random(seed);
        Scalar s = Scalar.reduce(littleEndian(edgy(random, L), 32));
        EdwardsPoint product = BasePoint.multiply(s);
        EdwardsPoint affine = EdwardsPoint.decodeEd25519(product.encodeEd25519(), 0).orElseThrow();
        EdwardsPoint identity = new EdwardsPoint();
        assertTrue(new SchnorrEquation(s, Scalar.ZERO, identity, affine).holds());
        Scalar other = s.add(Scalar.ofWords(1, 0));
        assertTrue(!new SchnorrEquation(other, Scalar.ZERO, identity, affine).holds());
        Scalar one = Scalar.ofWords(1, 0);
        EdwardsPoint base = EdwardsPoint.decodeEd25519(BasePoint.multiply(one).encodeEd25519(), 0).orElseThrow();
        assertTrue(new SchnorrEquation(other, one, base, affine).holds());
        byte[] ristretto = product.encodeRistretto();
        assertArrayEquals(ristretto, EdwardsPoint.decodeRistretto(ristretto, 0).orElseThrow().encodeRistretto());
    }

    /** The first multiples of RFC 9496, appendix A.1. */
    @Test
    void smallMultiplesOfTheRistrettoGeneratorEncodeAsInTheRfc() {
        List<String> expected = List.of("0x0000000000000000000000000000000000000000000000000000000000000000",
                "0xe2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
                "0x6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
                "0x94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259");
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), Hex.encode(BasePoint.multiply(Scalar.ofWords(i, 0)).encodeRistretto()));
        }
    }

    private static BigInteger edgy(Random random, BigInteger modulus) {
        BigInteger small = BigInteger.valueOf(random.nextInt(20));
        return switch (random.nextInt(5)) {
            case 0 -> small;
            case 1 -> modulus.subtract(small);
            case 2 -> BigInteger.TWO.pow(255).subtract(BigInteger.ONE).subtract(small);
            default -> new BigInteger(255, random);
        };
    }

    private static FieldElement field(BigInteger value) {
        var element = new FieldElement();
        element.read(littleEndian(value, 32), 0);
        return element;
    }

    private static BigInteger integer(FieldElement element) {
        byte[] bytes = new byte[32];
        element.write(bytes, 0);
        return integer(bytes);
    }

    private static BigInteger integer(byte[] littleEndian) {
        byte[] reversed = new byte[littleEndian.length];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = littleEndian[reversed.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    private static byte[] littleEndian(BigInteger value, int length) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = value.shiftRight(8 * i).byteValue();
        }
        return out;
    }
}
