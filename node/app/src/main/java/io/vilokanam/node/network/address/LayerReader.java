package io.vilokanam.node.network.address;

import java.util.Arrays;

import io.vilokanam.scale.Bytes;

/** Reads the layers of a binary multiaddress. */
final class LayerReader {

    /** No code and no length needs more. */
    private static final int VARINT_BYTES_MAX = 3;

    private final byte[] bytes;
    private int at;

    LayerReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    Multiaddr.Layer layer() throws AddressException {
        int code = varint();
        LayerKind kind = LayerKind.ofCode(code)
                .orElseThrow(() -> new AddressException("address with unknown layer " + code));
        int size = kind.hasLength() ? varint() : kind.fixedBytes();
        if (size > bytes.length - at) {
            throw new AddressException(
                    "address with /" + kind.word() + " of " + size + " bytes: only " + (bytes.length - at) + " left");
        }
        byte[] value = Arrays.copyOfRange(bytes, at, at + size);
        at += size;
        kind.check(value);
        return new Multiaddr.Layer(kind, Bytes.wrap(value));
    }

    private int varint() throws AddressException {
        int value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX && at < bytes.length; i++) {
            byte next = bytes[at++];
            value |= (next & 0x7f) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw new AddressException(
                "address with a varint of more than " + VARINT_BYTES_MAX + " bytes, or one that is cut off");
    }
}
