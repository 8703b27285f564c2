package io.vilokanam.host.call;

import java.util.Arrays;

import io.vilokanam.scale.Bytes;

/** That a key made a signature over a message. Whether it is true is another matter: see {@link VerifiedSignatures}. */
public record SignatureClaim(Scheme scheme, Bytes signature, Bytes message, Bytes publicKey) {

    /** The schemes whose checks the host can answer from a batch. */
    public enum Scheme {
        SR25519, ED25519
    }

    /** Signatures hardly repeat: they alone are hashed. */
    @Override
    public int hashCode() {
        return Arrays.hashCode(signature.view());
    }
}
