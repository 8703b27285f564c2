package io.vilokanam.crypto.curve25519;

/**
 * What a Schnorr signature claims, over public values: {@code s B = R + k A}. Both sr25519 and Ed25519 by ZIP-215 come
 * down to it. It is judged times the cofactor 8: for Ed25519 that is the rule, for ristretto255, whose representatives
 * are all even, it is the same as equality of elements.
 */
public final class SchnorrEquation {

    private static final int NAF_WIDTH = 5;

    final Scalar s;
    final Scalar k;
    final EdwardsPoint a;
    final EdwardsPoint r;

    /**
     * @param a the public key, fresh from its encoding
     * @param r the nonce point, fresh from its encoding
     */
    public SchnorrEquation(Scalar s, Scalar k, EdwardsPoint a, EdwardsPoint r) {
        this.s = s;
        this.k = k;
        this.a = a;
        this.r = r;
    }

    /** Whether 8 (s B - k A - R) is the identity. Takes a time that depends on the values. */
    public boolean holds() {
        var arithmetic = new PointArithmetic();
        CachedPoint[] multiples = InterleavedSum.oddMultiples(arithmetic, a, 1 << NAF_WIDTH - 2);
        var point = new EdwardsPoint();
        byte[] digitsOfS = new byte[Scalar.NAF_DIGITS];
        byte[] digitsOfK = new byte[Scalar.NAF_DIGITS];
        s.nonAdjacentForm(BasePoint.NAF_WIDTH, digitsOfS);
        k.nonAdjacentForm(NAF_WIDTH, digitsOfK);

        int at = Scalar.NAF_DIGITS - 1;
        while (at >= 0 && (digitsOfS[at] | digitsOfK[at]) == 0) {
            at--;
        }
        for (; at >= 0; at--) {
            int ofS = digitsOfS[at];
            int ofK = digitsOfK[at];
            arithmetic.twice(point, (ofS | ofK) != 0 || at == 0);
            if (ofS > 0) {
                arithmetic.add(point, BasePoint.ODD_MULTIPLES[ofS >> 1]);
            } else if (ofS < 0) {
                arithmetic.subtract(point, BasePoint.ODD_MULTIPLES[-ofS >> 1]);
            }
            if (ofK > 0) {
                arithmetic.subtract(point, multiples[ofK >> 1]);
            } else if (ofK < 0) {
                arithmetic.add(point, multiples[-ofK >> 1]);
            }
        }
        arithmetic.subtract(point, AffinePoint.ofDecoded(r));
        return point.isTorsion();
    }
}
