package io.vilokanam.rpc.chain;

import java.util.List;

import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.scale.Bytes;

/** Headers and blocks as the legacy API shows them. */
final class HeaderJson {

    /** Schemas, in short form. */
    static final String HEADER = "{parentHash:hash,number:quantity,stateRoot:hash,extrinsicsRoot:hash,digest:{logs:[hex]}}";
    static final String BLOCK = "{block:{header:" + HEADER
            + ",extrinsics:[hex]},justifications:[([number],[number])]?}";

    private HeaderJson() {}

    static JsonValue header(Header header) {
        return Json.object().with("parentHash", Json.hex(header.parentHash()))
                .with("number", Json.quantity(header.number()))
                .with("stateRoot", Json.hex(header.stateRoot()))
                .with("extrinsicsRoot", Json.hex(header.extrinsicsRoot()))
                .with("digest", Json.object().with("logs", Json.list(header.digest().items(),
                        item -> Json.hex(Bytes.wrap(DigestItem.CODEC.encode(item))))));
    }

    static JsonValue block(SignedBlock signed) {
        JsonValue extrinsics = Json.list(signed.block().extrinsics(),
                extrinsic -> Json.hex(Bytes.wrap(new OpaqueExtrinsic(extrinsic).wire())));
        return Json.object()
                .with("block",
                        Json.object().with("header", header(signed.block().header())).with("extrinsics", extrinsics))
                .with("justifications", Json.nullable(signed.justifications(), HeaderJson::justifications));
    }

    /** Pairs of engine id and proof, both as lists of numbers. */
    private static JsonValue justifications(List<Justification> justifications) {
        return Json.list(justifications,
                justification -> Json.list(numbers(justification.engine()), numbers(justification.encoded())));
    }

    private static JsonValue numbers(Bytes bytes) {
        return out -> {
            out.writeStartArray();
            for (byte b : bytes.view()) {
                out.writeNumber(b & 255);
            }
            out.writeEndArray();
        };
    }
}
