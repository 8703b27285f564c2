package io.vilokanam.host.call;

import java.util.Arrays;

import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.scale.Bytes;

/** That a key made a signature over a message. Whether it is true is another matter: see {@link VerifiedSignatures}. */
public record SignatureClaim(Scheme scheme, Bytes signature, Bytes message, Bytes publicKey) {

    /** Verifies it alone. */
    public boolean holds() {
        return scheme.verify(publicKey.view(), message.view(), signature.view());
    }

    /** Signatures hardly repeat: they alone are hashed. */
    @Override
    public int hashCode() {
        return Arrays.hashCode(signature.view());
    }
}
