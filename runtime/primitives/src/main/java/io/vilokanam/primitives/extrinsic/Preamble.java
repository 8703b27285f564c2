package io.vilokanam.primitives.extrinsic;

import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * The first byte of an extrinsic, which says what kind it is: two bits of type, six of format version. What follows (address,
 * signature and extensions of a signed one, extensions of a general one, the call) depends on the runtime and is not read
 * here. Source: sp-runtime, {@code generic/unchecked_extrinsic.rs}.
 */
public sealed interface Preamble {

    int VERSION_OLD = 4;
    int VERSION_NEW = 5;

    /** No signature and no extensions, byte 04 or 05: an inherent or an old-style unsigned transaction. */
    record Bare(int version) implements Preamble {
        public Bare {
            if (version != VERSION_OLD && version != VERSION_NEW) {
                throw new IllegalArgumentException("bare extrinsics have version 4 or 5, got " + version);
            }
        }
    }

    /** Byte 84: an address, a signature and extensions follow. */
    record Signed() implements Preamble {}

    /** Byte 45 and the version of the extensions that follow; whoever authorises it does so in an extension. */
    record General(int extensionVersion) implements Preamble {}

    int VERSION_MASK = 0b0011_1111;
    int TYPE_MASK = 0b1100_0000;
    int BARE = 0;
    int SIGNED = 0b1000_0000;
    int GENERAL = 0b0100_0000;

    /** Reads the preamble and leaves {@code in} behind it. */
    static Preamble decode(ScaleInput in) throws ScaleException {
        int first = in.u8();
        int version = first & VERSION_MASK;
        int type = first & TYPE_MASK;
        if (type == BARE && (version == VERSION_OLD || version == VERSION_NEW)) {
            return new Bare(version);
        }
        if (type == SIGNED && version == VERSION_OLD) {
            return new Signed();
        }
        if (type == GENERAL && version == VERSION_NEW) {
            return new General(in.u8());
        }
        throw new ScaleException(switch (type) {
            case BARE -> "a bare extrinsic has version 4 or 5, got " + version;
            case SIGNED -> "a signed extrinsic has version 4, got " + version;
            case GENERAL -> "a general extrinsic has version 5, got " + version;
            default -> "no extrinsic has both type bits set, got byte " + first;
        });
    }

    default void encode(ScaleOutput out) {
        switch (this) {
            case Bare(int version) -> out.u8(version);
            case Signed() -> out.u8(SIGNED | VERSION_OLD);
            case General(int extensionVersion) -> out.u8(GENERAL | VERSION_NEW).u8(extensionVersion);
        }
    }
}
