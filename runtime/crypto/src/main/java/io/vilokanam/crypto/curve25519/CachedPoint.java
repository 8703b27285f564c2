package io.vilokanam.crypto.curve25519;

/** What an addition wants to know of a summand: Y + X, Y - X, 2 Z and 2 d T. */
final class CachedPoint {

    final FieldElement yPlusX = new FieldElement();
    final FieldElement yMinusX = new FieldElement();
    final FieldElement twoZ = new FieldElement();
    final FieldElement twoDT = new FieldElement();

    CachedPoint() {}

    CachedPoint(EdwardsPoint point) {
        set(point);
    }

    void set(EdwardsPoint point) {
        yPlusX.add(point.y, point.x);
        yMinusX.sub(point.y, point.x);
        twoZ.add(point.z, point.z);
        twoDT.mul(point.t, FieldElement.TWO_D);
    }
}
