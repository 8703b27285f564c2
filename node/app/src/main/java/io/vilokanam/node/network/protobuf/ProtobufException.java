package io.vilokanam.node.network.protobuf;

/** Bytes that are no protobuf message of the expected shape. */
public final class ProtobufException extends Exception {

    private static final long serialVersionUID = 1;

    public ProtobufException(String message) {
        super(message, null, false, false);
    }
}
