package io.vilokanam.node.network.sync;

import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.network.protobuf.ProtobufReader;
import io.vilokanam.node.network.protobuf.ProtobufWriter;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * Asks for blocks from one on (protobuf {@code api.v1.BlockRequest} of {@code sync/2}).
 *
 * @param attributes a sum of {@link #HEADER}, {@link #BODY} and {@link #JUSTIFICATION}; others are taken and not answered
 * @param max how many blocks are wanted; 0: as many as the other side gives
 * @param hasManyJustifications whether justifications may be of several engines: field 8 of the answer instead of 6
 */
public record BlockRequest(int attributes, From from, Direction direction, int max, boolean hasManyJustifications) {

    public static final int HEADER = 1;
    public static final int BODY = 2;
    public static final int JUSTIFICATION = 16;

    /** The longest request that is read. */
    public static final int BYTES_MAX = 1 << 20;

    private static final int ATTRIBUTES_SHIFT = 24;

    /** The block to begin with. */
    public sealed interface From {
        record ByHash(Hash hash) implements From {}

        /** u32, on the best chain. */
        record ByNumber(long number) implements From {}
    }

    /** Where to go from the first block. */
    public enum Direction {
        /** To its descendants. */
        ASCENDING,
        /** To its ancestors. */
        DESCENDING
    }

    /** What a full node asks for, in the form of today. */
    public static BlockRequest of(int attributes, From from, Direction direction, int max) {
        return new BlockRequest(attributes, from, direction, max, true);
    }

    public boolean wants(int attribute) {
        return (attributes & attribute) != 0;
    }

    public Bytes encode() {
        ProtobufWriter out = new ProtobufWriter().varint(1, Integer.toUnsignedLong(attributes << ATTRIBUTES_SHIFT));
        switch (from) {
            case From.ByHash(var hash) -> out.element(2, hash.bytes());
            case From.ByNumber(var number) -> out.element(3, new ScaleOutput().u32(number).toByteArray());
        }
        return out.varint(5, direction.ordinal()).varint(6, max).flag(7, hasManyJustifications).toBytes();
    }

    public static BlockRequest decode(Bytes message) throws ProtobufException {
        ProtobufReader in = new ProtobufReader(message.view());
        int attributes = 0;
        From from = null;
        Direction direction = Direction.ASCENDING;
        long max = 0;
        boolean hasMany = false;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> attributes = (int) in.varint() >>> ATTRIBUTES_SHIFT;
                case 2 -> from = new From.ByHash(hash(in.bytes()));
                case 3 -> from = new From.ByNumber(number(in.bytes()));
                case 5 -> direction = direction(in.varint());
                case 6 -> max = in.varint();
                case 7 -> hasMany = in.flag();
                default -> {
                    // Later fields are skipped.
                }
            }
        }
        if (from == null) {
            throw new ProtobufException("block request names no first block");
        }
        int capped = max < 0 || max > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) max;
        return new BlockRequest(attributes, from, direction, capped, hasMany);
    }

    static Hash hash(Bytes bytes) throws ProtobufException {
        if (bytes.size() != Hash.SIZE) {
            throw new ProtobufException("hash of " + bytes.size() + " bytes: expected " + Hash.SIZE);
        }
        return new Hash(bytes);
    }

    private static long number(Bytes bytes) throws ProtobufException {
        try {
            ScaleInput in = new ScaleInput(bytes.view());
            long number = in.u32();
            in.expectEnd();
            return number;
        } catch (ScaleException e) {
            throw new ProtobufException("number of the first block: " + e.getMessage());
        }
    }

    private static Direction direction(long value) throws ProtobufException {
        if (value == Direction.ASCENDING.ordinal()) {
            return Direction.ASCENDING;
        }
        if (value == Direction.DESCENDING.ordinal()) {
            return Direction.DESCENDING;
        }
        throw new ProtobufException("direction " + value + ": expected 0 or 1");
    }
}
