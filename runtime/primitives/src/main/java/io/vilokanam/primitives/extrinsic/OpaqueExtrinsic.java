package io.vilokanam.primitives.extrinsic;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * An extrinsic as the node sees it: bytes that only a runtime understands, and a {@link Preamble}. On the wire, and for its
 * hash (blake2_256), a compact length stands in front: {@link #wire()}.
 *
 * @param content everything behind the length
 */
public record OpaqueExtrinsic(Bytes content) {

    /** Reads the form with the length in front; a byte behind the content is an error. */
    public static OpaqueExtrinsic fromWire(byte[] wire) throws ScaleException {
        return new OpaqueExtrinsic(Codecs.BYTES.decodeAll(wire));
    }

    public byte[] wire() {
        return new ScaleOutput(content.size() + 4).bytes(content.view()).toByteArray();
    }

    public Preamble preamble() throws ScaleException {
        return Preamble.decode(new ScaleInput(content.view()));
    }
}
