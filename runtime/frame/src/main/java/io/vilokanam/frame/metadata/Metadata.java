package io.vilokanam.frame.metadata;

import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeInfo;

/** A metadata blob: {@code meta}, a version byte, the types, and what the runtime consists of. */
public record Metadata(MetadataVersion version, PortableRegistry types, RuntimeDescription<Integer> runtime) {

    /** {@code meta} in ASCII, read as a little-endian u32. */
    private static final long MAGIC = 0x6174656dL;

    /** The blob that shows {@code runtime} in the format {@code version}. */
    public static Metadata of(MetadataVersion version, RegistrationOrder order, RuntimeDescription<TypeInfo> runtime) {
        TypeRegistry registry = new TypeRegistry();
        RuntimeDescription<Integer> mapped = runtime.restrictedTo(version).map(order, registry::register);
        return new Metadata(version, registry.portable(), mapped);
    }

    /** Reads a blob of the version that it names; 16 is the final format. */
    public static Metadata decode(byte[] blob) throws ScaleException {
        int number = header(new ScaleInput(blob));
        return switch (number) {
            case 14 -> decode(MetadataVersion.V14, blob);
            case 15 -> decode(MetadataVersion.V15, blob);
            case 16 -> decode(MetadataVersion.V16, blob);
            default -> throw new ScaleException("metadata has version 14, 15 or 16, got " + number);
        };
    }

    /** Reads a blob in the format {@code version}; bytes behind its end are an error. */
    public static Metadata decode(MetadataVersion version, byte[] blob) throws ScaleException {
        ScaleInput in = new ScaleInput(blob);
        int number = header(in);
        if (number != version.number()) {
            throw new ScaleException("expected metadata of version " + version.number() + ", got " + number);
        }
        PortableRegistry types = PortableRegistry.CODEC.decode(in);
        RuntimeDescription<Integer> runtime = new MetadataFormat(version).runtime().decode(in);
        in.expectEnd();
        return new Metadata(version, types, runtime);
    }

    private static int header(ScaleInput in) throws ScaleException {
        long magic = in.u32();
        if (magic != MAGIC) {
            throw new ScaleException("metadata begins with \"meta\", got " + Long.toHexString(magic));
        }
        return in.u8();
    }

    /** The blob, without a length in front. */
    public byte[] encode() {
        ScaleOutput out = new ScaleOutput().u32(MAGIC).u8(version.number());
        PortableRegistry.CODEC.encode(types, out);
        new MetadataFormat(version).runtime().encode(runtime, out);
        return out.toByteArray();
    }
}
