package io.vilokanam.node.network.state;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.host.state.StateRange;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.network.protobuf.ProtobufReader;
import io.vilokanam.node.network.protobuf.ProtobufWriter;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;

/**
 * Asks for entries of a block's state (protobuf {@code api.v1.StateRequest} of {@code state/2}).
 *
 * @param start behind which place, as in {@link StateRange}
 * @param isPlain whether the entries are wanted without a proof
 */
public record StateRequest(Hash block, List<Bytes> start, boolean isPlain) {

    /** The longest request that is read. */
    public static final int BYTES_MAX = 1 << 20;

    public StateRequest {
        start = List.copyOf(start);
    }

    public Bytes encode() {
        ProtobufWriter out = new ProtobufWriter().bytes(1, block.bytes());
        start.forEach(key -> out.element(2, key));
        return out.flag(3, isPlain).toBytes();
    }

    public static StateRequest decode(Bytes message) throws ProtobufException {
        ProtobufReader in = new ProtobufReader(message.view());
        Bytes block = Bytes.EMPTY;
        List<Bytes> start = new ArrayList<>();
        boolean isPlain = false;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> block = in.bytes();
                case 2 -> start.add(in.bytes());
                case 3 -> isPlain = in.flag();
                default -> {
                    // Later fields are skipped.
                }
            }
            if (start.size() > StateRange.DEPTH_MAX) {
                throw new ProtobufException(
                        "state request with over " + StateRange.DEPTH_MAX + " keys to start behind");
            }
        }
        if (block.size() != Hash.SIZE) {
            throw new ProtobufException(
                    "state request with a block of " + block.size() + " bytes, expected " + Hash.SIZE);
        }
        return new StateRequest(new Hash(block), start, isPlain);
    }
}
