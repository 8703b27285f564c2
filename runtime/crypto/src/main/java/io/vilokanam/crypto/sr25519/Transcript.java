package io.vilokanam.crypto.sr25519;

import java.nio.charset.StandardCharsets;

import io.vilokanam.crypto.curve25519.Scalar;

/** A Merlin transcript (merlin.cool): labelled messages go in, challenges that depend on all of them come out. */
final class Transcript {

    private static final byte[] PROTOCOL = label("Merlin v1.0");
    private static final byte[] DOMAIN = label("dom-sep");
    private static final byte[] RANDOM = label("rng");
    private static final byte[] NO_LABEL = {};
    private static final byte[] SIGN_BYTES = label("sign-bytes");
    private static final int WIDE_SCALAR = 64;

    private final Strobe128 strobe;

    private Transcript(Strobe128 strobe) {
        this.strobe = strobe;
    }

    /** A transcript of schnorrkel's signing context, before the message: what can be made once and copied. */
    static Transcript signingContext(String context) {
        Transcript transcript = protocol("SigningContext");
        transcript.append(NO_LABEL, label(context));
        return transcript;
    }

    /** A transcript of a protocol of its own, before the message: schnorrkel's way for derivations. */
    static Transcript protocol(String name) {
        var transcript = new Transcript(new Strobe128(PROTOCOL));
        transcript.append(DOMAIN, label(name));
        return transcript;
    }

    static byte[] label(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    Transcript copy() {
        return new Transcript(strobe.copy());
    }

    /** A copy of this to which {@code message} was appended, as schnorrkel's {@code bytes}. */
    Transcript with(byte[] message) {
        Transcript copy = copy();
        copy.append(SIGN_BYTES, message);
        return copy;
    }

    void append(byte[] label, byte[] message) {
        strobe.metaAd(label, false);
        strobe.metaAd(length(message.length), true);
        strobe.ad(message);
    }

    byte[] challenge(byte[] label, int length) {
        byte[] out = new byte[length];
        strobe.metaAd(label, false);
        strobe.metaAd(length(length), true);
        strobe.prf(out);
        return out;
    }

    Scalar challengeScalar(byte[] label) {
        return Scalar.reduce(challenge(label, WIDE_SCALAR));
    }

    /** A scalar that depends on all before, on the secret {@code nonce} and on {@code random}; this does not change. */
    Scalar witnessScalar(byte[] label, byte[] nonce, byte[] random) {
        Strobe128 branch = strobe.copy();
        branch.metaAd(label, false);
        branch.metaAd(length(nonce.length), true);
        branch.key(nonce);
        branch.metaAd(RANDOM, false);
        branch.key(random);
        byte[] out = new byte[WIDE_SCALAR];
        branch.metaAd(length(WIDE_SCALAR), false);
        branch.prf(out);
        return Scalar.reduce(out);
    }

    private static byte[] length(int length) {
        return new byte[]{(byte) length, (byte) (length >>> 8), (byte) (length >>> 16), (byte) (length >>> 24)};
    }
}
