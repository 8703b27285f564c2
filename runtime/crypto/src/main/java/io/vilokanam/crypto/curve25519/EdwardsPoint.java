package io.vilokanam.crypto.curve25519;

import java.util.Optional;

/**
 * A point of -x^2 + y^2 = 1 + d x^2 y^2 in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. It is read and written
 * either as Ed25519 point or as element of ristretto255, for which it is one of several representatives.
 */
public final class EdwardsPoint {

    /** Bytes of either encoding. */
    public static final int BYTES = 32;

    final FieldElement x = new FieldElement();
    final FieldElement y = new FieldElement();
    final FieldElement z = new FieldElement();
    final FieldElement t = new FieldElement();

    EdwardsPoint() {
        setIdentity();
    }

    void setIdentity() {
        x.setSmall(0);
        y.setSmall(1);
        z.setSmall(1);
        t.setSmall(0);
    }

    void set(EdwardsPoint other) {
        x.set(other.x);
        y.set(other.y);
        z.set(other.z);
        t.set(other.t);
    }

    /** The ristretto255 element of 32 bytes (RFC 9496, section 4.3.1); empty where the bytes encode none. */
    public static Optional<EdwardsPoint> decodeRistretto(byte[] in, int at) {
        var s = new FieldElement();
        s.read(in, at);
        byte[] canonical = new byte[BYTES];
        s.write(canonical, 0);
        int difference = 0;
        for (int i = 0; i < BYTES; i++) {
            difference |= canonical[i] ^ in[at + i];
        }
        if (difference != 0 || (canonical[0] & 1) != 0) {
            return Optional.empty();
        }
        var point = new EdwardsPoint();
        var u1 = new FieldElement();
        var u2 = new FieldElement();
        var u2Squared = new FieldElement();
        var v = new FieldElement();
        var root = new FieldElement();
        v.square(s);
        u1.sub(FieldElement.ONE, v);
        u2.add(FieldElement.ONE, v);
        u2Squared.square(u2);
        v.square(u1);
        v.mul(v, FieldElement.D);
        v.negate(v);
        v.sub(v, u2Squared);
        u2Squared.mul(u2Squared, v);
        boolean square = root.squareRootOfRatio(FieldElement.ONE, u2Squared);
        var denominatorX = new FieldElement();
        denominatorX.mul(root, u2);
        var denominatorY = new FieldElement();
        denominatorY.mul(root, denominatorX);
        denominatorY.mul(denominatorY, v);
        s.add(s, s);
        point.x.mul(s, denominatorX);
        point.x.makeEven();
        point.y.mul(u1, denominatorY);
        point.t.mul(point.x, point.y);
        return square && !point.t.isOdd() && !point.y.isZero() ? Optional.of(point) : Optional.empty();
    }

    /** The 32 bytes of the ristretto255 element (RFC 9496, section 4.3.2). */
    public byte[] encodeRistretto() {
        var u1 = new FieldElement();
        var u2 = new FieldElement();
        var a = new FieldElement();
        var root = new FieldElement();
        u1.add(z, y);
        u2.sub(z, y);
        u1.mul(u1, u2);
        u2.mul(x, y);
        a.square(u2);
        a.mul(a, u1);
        root.squareRootOfRatio(FieldElement.ONE, a);
        u1.mul(u1, root);
        u2.mul(u2, root);
        var zInverse = new FieldElement();
        zInverse.mul(u1, u2);
        zInverse.mul(zInverse, t);
        var rotatedX = new FieldElement();
        var rotatedY = new FieldElement();
        var enchanted = new FieldElement();
        rotatedX.mul(y, FieldElement.SQRT_MINUS_ONE);
        rotatedY.mul(x, FieldElement.SQRT_MINUS_ONE);
        enchanted.mul(u1, FieldElement.INVSQRT_A_MINUS_D);
        a.mul(t, zInverse);
        long rotate = a.isOdd() ? -1 : 0;
        var xx = new FieldElement();
        var yy = new FieldElement();
        xx.set(x);
        yy.set(y);
        xx.setMasked(rotatedX, rotate);
        yy.setMasked(rotatedY, rotate);
        u2.setMasked(enchanted, rotate);
        xx.mul(xx, zInverse);
        yy.conditionallyNegate(xx.isOdd());
        a.sub(z, yy);
        a.mul(a, u2);
        a.makeEven();
        byte[] out = new byte[BYTES];
        a.write(out, 0);
        return out;
    }

    /**
     * The point of 32 Ed25519 bytes by the rules of ZIP-215: y of p and above and a sign bit on x = 0 are accepted,
     * as are points of small order. Empty where no x fits.
     */
    public static Optional<EdwardsPoint> decodeEd25519(byte[] in, int at) {
        var point = new EdwardsPoint();
        point.y.read(in, at);
        var u = new FieldElement();
        var v = new FieldElement();
        u.square(point.y);
        v.mul(u, FieldElement.D);
        u.sub(u, FieldElement.ONE);
        v.add(v, FieldElement.ONE);
        if (!point.x.squareRootOfRatio(u, v)) {
            return Optional.empty();
        }
        point.x.conditionallyNegate(in[at + BYTES - 1] < 0);
        point.t.mul(point.x, point.y);
        return Optional.of(point);
    }

    /** The 32 bytes of RFC 8032: y, and the lowest bit of x in front of it. */
    public byte[] encodeEd25519() {
        var inverse = new FieldElement();
        var affine = new FieldElement();
        inverse.invert(z);
        byte[] out = new byte[BYTES];
        affine.mul(y, inverse);
        affine.write(out, 0);
        affine.mul(x, inverse);
        out[BYTES - 1] |= (byte) (affine.isOdd() ? 0x80 : 0);
        return out;
    }

    /** this + other. */
    public EdwardsPoint plus(EdwardsPoint other) {
        var sum = new EdwardsPoint();
        sum.set(this);
        new PointArithmetic().add(sum, new CachedPoint(other));
        return sum;
    }

    /** Whether eight times this is the identity: whether this lies in the torsion group. */
    boolean isTorsion() {
        var multiple = new EdwardsPoint();
        multiple.set(this);
        var arithmetic = new PointArithmetic();
        for (int i = 0; i < 3; i++) {
            arithmetic.twice(multiple, false);
        }
        return multiple.x.isZero() && multiple.y.isEqual(multiple.z);
    }
}
