package io.vilokanam.frame.extrinsic;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.extension.TransactionExtensions;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic.Preamble;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * How extrinsics of a runtime stand in SCALE ({@code sp_runtime::generic::UncheckedExtrinsic}): a compact length, the
 * preamble (04 and 05 bare, 84 signed, 45 general), the call.
 */
public final class ExtrinsicFormat {

    private static final int BARE_V4 = 0x04;
    private static final int BARE_V5 = 0x05;
    private static final int SIGNED_V4 = 0x84;
    private static final int GENERAL_V5 = 0x45;

    private final RuntimeCalls calls;
    private final TransactionExtensions extensions;

    public ExtrinsicFormat(RuntimeCalls calls, TransactionExtensions extensions) {
        this.calls = calls;
        this.extensions = extensions;
    }

    /** Reads one extrinsic, length first, from {@code in}. */
    public UncheckedExtrinsic decode(ScaleInput in) throws ScaleException {
        byte[] content = in.bytes();
        return decodeContent(content);
    }

    /** Reads an extrinsic that takes up all of {@code encoded}, length first. */
    public UncheckedExtrinsic decodeAll(byte[] encoded) throws ScaleException {
        ScaleInput in = new ScaleInput(encoded);
        UncheckedExtrinsic extrinsic = decode(in);
        in.expectEnd();
        return extrinsic;
    }

    /** Reads an extrinsic from the bytes behind its length; all of them must be used. */
    public UncheckedExtrinsic decodeContent(byte[] content) throws ScaleException {
        byte[] encoded = new ScaleOutput(content.length + 5).bytes(content).toByteArray();
        int start = encoded.length - content.length;
        ScaleInput in = new ScaleInput(encoded, start, content.length);
        Preamble preamble = preamble(in);
        int callOffset = in.position();
        RuntimeCall call = calls.codec().decode(in);
        in.expectEnd();
        return new UncheckedExtrinsic(preamble, call, callOffset, encoded);
    }

    private Preamble preamble(ScaleInput in) throws ScaleException {
        int version = in.u8();
        return switch (version) {
            case BARE_V4, BARE_V5 -> new Preamble.Bare(version);
            case SIGNED_V4 -> {
                MultiAddress address = MultiAddress.CODEC.decode(in);
                MultiSignature signature = MultiSignature.CODEC.decode(in);
                yield new Preamble.Signed(address, signature, extensions.decode(in));
            }
            // Any version of the extensions is read as the only one there is: stable2503 does not look at it either.
            case GENERAL_V5 -> new Preamble.General(in.u8(), extensions.decode(in));
            default -> throw new ScaleException("extrinsic begins with " + version + ", expected 4, 5, 132 or 69");
        };
    }

    /** An extrinsic without signer, its length in front: see {@link #bareContent}. */
    public byte[] encodeBare(RuntimeCall call) {
        return new ScaleOutput().bytes(bareContent(call)).toByteArray();
    }

    /** An extrinsic without signer, as authors put inherents in front of a block: version 5, without a length. */
    public byte[] bareContent(RuntimeCall call) {
        ScaleOutput out = new ScaleOutput();
        out.u8(BARE_V5);
        calls.codec().encode(call, out);
        return out.toByteArray();
    }
}
