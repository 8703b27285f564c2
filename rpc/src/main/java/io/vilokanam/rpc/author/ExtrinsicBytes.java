package io.vilokanam.rpc.author;

import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/**
 * Reads extrinsics as a stock node does: by the length in front, whatever stands behind them. Its errors are worded as those
 * of parity-scale-codec.
 */
public final class ExtrinsicBytes {

    private static final String FIELD = "Could not decode `OpaqueExtrinsic.0`";

    private ExtrinsicBytes() {}

    /** Bytes that are no extrinsic; {@code getMessage} is the reason in parity-scale-codec's words. */
    public static final class NoExtrinsicException extends Exception {

        private static final long serialVersionUID = 1;

        NoExtrinsicException(String message) {
            super(message, null, false, false);
        }

        /** The reason with its context, as printed for people. */
        public String display() {
            return FIELD + ":\n\t" + getMessage() + "\n";
        }

        /** The reason with its context, as printed for programmers. */
        public String debug() {
            return "Error { cause: Some(Error { cause: None, desc: \"" + getMessage() + "\" }), desc: \"" + FIELD
                    + "\" }";
        }
    }

    /** The extrinsic in its one wire form. */
    public static Bytes wire(Bytes given) throws NoExtrinsicException {
        var input = new ScaleInput(given.view());
        long length;
        try {
            length = Codecs.COMPACT_U32.decode(input);
        } catch (ScaleException e) {
            throw new NoExtrinsicException("Not enough data to fill buffer");
        }
        try {
            return Bytes.wrap(new OpaqueExtrinsic(Codecs.BYTES.decode(new ScaleInput(given.view()))).wire());
        } catch (ScaleException e) {
            throw new NoExtrinsicException(
                    length > input.remaining() ? "Not enough data to decode vector" : e.getMessage());
        }
    }
}
