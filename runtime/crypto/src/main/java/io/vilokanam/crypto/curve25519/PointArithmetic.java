package io.vilokanam.crypto.curve25519;

/**
 * The group law in extended coordinates (Hisil, Wong, Carter, Dawson 2008, for a = -1: complete, one formula for every
 * pair of points). One object belongs to one computation: it holds the scratch.
 */
final class PointArithmetic {

    private final FieldElement a = new FieldElement();
    private final FieldElement b = new FieldElement();
    private final FieldElement c = new FieldElement();
    private final FieldElement d = new FieldElement();
    private final FieldElement e = new FieldElement();

    /** p = 2 p. T is left out where the next step is another doubling, which does not read it. */
    void twice(EdwardsPoint p, boolean withT) {
        a.square(p.x);
        b.square(p.y);
        c.square(p.z);
        d.add(p.x, p.y);
        e.square(d);
        c.add(c, c);
        d.add(a, b); // -H
        e.sub(e, d); // E
        b.sub(b, a); // G
        c.sub(b, c); // F
        d.negate(d); // H
        p.x.mul(e, c);
        p.y.mul(b, d);
        p.z.mul(c, b);
        if (withT) {
            p.t.mul(e, d);
        }
    }

    /** p = p + q. */
    void add(EdwardsPoint p, CachedPoint q) {
        b.add(p.y, p.x);
        a.sub(p.y, p.x);
        a.mul(a, q.yMinusX);
        b.mul(b, q.yPlusX);
        c.mul(p.t, q.twoDT);
        d.mul(p.z, q.twoZ);
        e.sub(d, c); // F
        d.add(d, c); // G
        finish(p);
    }

    /** p = p - q. */
    void subtract(EdwardsPoint p, CachedPoint q) {
        b.add(p.y, p.x);
        a.sub(p.y, p.x);
        a.mul(a, q.yPlusX);
        b.mul(b, q.yMinusX);
        c.mul(p.t, q.twoDT);
        d.mul(p.z, q.twoZ);
        e.add(d, c);
        d.sub(d, c);
        finish(p);
    }

    /** p = p + q. */
    void add(EdwardsPoint p, AffinePoint q) {
        b.add(p.y, p.x);
        a.sub(p.y, p.x);
        a.mul(a, q.yMinusX);
        b.mul(b, q.yPlusX);
        c.mul(p.t, q.twoDXY);
        d.add(p.z, p.z);
        e.sub(d, c);
        d.add(d, c);
        finish(p);
    }

    /** p = p - q. */
    void subtract(EdwardsPoint p, AffinePoint q) {
        b.add(p.y, p.x);
        a.sub(p.y, p.x);
        a.mul(a, q.yPlusX);
        b.mul(b, q.yMinusX);
        c.mul(p.t, q.twoDXY);
        d.add(p.z, p.z);
        e.add(d, c);
        d.sub(d, c);
        finish(p);
    }

    /** From A, B, F (in e) and G (in d) of the formula to the sum. */
    private void finish(EdwardsPoint p) {
        c.add(b, a); // H
        b.sub(b, a); // E
        p.x.mul(b, e);
        p.y.mul(d, c);
        p.t.mul(b, c);
        p.z.mul(e, d);
    }
}
