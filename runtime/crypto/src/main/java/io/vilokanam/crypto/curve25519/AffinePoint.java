package io.vilokanam.crypto.curve25519;

/** What an addition wants to know of a summand with Z = 1: y + x, y - x and 2 d x y. */
final class AffinePoint {

    final FieldElement yPlusX = new FieldElement();
    final FieldElement yMinusX = new FieldElement();
    final FieldElement twoDXY = new FieldElement();

    /** The identity. */
    AffinePoint() {
        setIdentity();
    }

    /** Divides by Z. */
    static AffinePoint of(EdwardsPoint point) {
        var inverse = new FieldElement();
        inverse.invert(point.z);
        var x = new FieldElement();
        var y = new FieldElement();
        x.mul(point.x, inverse);
        y.mul(point.y, inverse);
        return of(x, y);
    }

    /** For a point fresh from its encoding, whose Z is 1. */
    static AffinePoint ofDecoded(EdwardsPoint point) {
        return of(point.x, point.y);
    }

    private static AffinePoint of(FieldElement x, FieldElement y) {
        var affine = new AffinePoint();
        affine.yPlusX.add(y, x);
        affine.yMinusX.sub(y, x);
        affine.twoDXY.mul(x, y);
        affine.twoDXY.mul(affine.twoDXY, FieldElement.TWO_D);
        return affine;
    }

    void setIdentity() {
        yPlusX.setSmall(1);
        yMinusX.setSmall(1);
        twoDXY.setSmall(0);
    }

    void setMasked(AffinePoint other, long mask) {
        yPlusX.setMasked(other.yPlusX, mask);
        yMinusX.setMasked(other.yMinusX, mask);
        twoDXY.setMasked(other.twoDXY, mask);
    }

    /** Turns this into its negative where the mask is all ones; {@code swap} is scratch. */
    void negateMasked(long mask, FieldElement swap) {
        swap.set(yPlusX);
        yPlusX.setMasked(yMinusX, mask);
        yMinusX.setMasked(swap, mask);
        twoDXY.conditionallyNegate(mask != 0);
    }
}
