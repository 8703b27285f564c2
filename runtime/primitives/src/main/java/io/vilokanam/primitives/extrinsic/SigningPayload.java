package io.vilokanam.primitives.extrinsic;

import java.util.function.UnaryOperator;

import io.vilokanam.scale.ScaleOutput;

/**
 * What a signed transaction is signed over: call, extensions and what the extensions imply (versions, hashes). More than 256
 * bytes are hashed first; exactly 256 are not. Source: sp-runtime, {@code SignedPayload::using_encoded}.
 */
public record SigningPayload(byte[] call, byte[] extensions, byte[] implied) {

    public static final int UNHASHED_MAX = 256;

    public byte[] whole() {
        return new ScaleOutput(call.length + extensions.length + implied.length).raw(call).raw(extensions).raw(implied)
                .toByteArray();
    }

    /** The message that the signature covers: the payload, or its hash where it is long. */
    public byte[] message(UnaryOperator<byte[]> blake2b256) {
        byte[] whole = whole();
        return whole.length > UNHASHED_MAX ? blake2b256.apply(whole) : whole;
    }
}
