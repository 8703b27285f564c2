package io.vilokanam.rpc.protocol;

/** A call that is answered with an error. */
public final class RpcException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient RpcError error;

    public RpcException(RpcError error) {
        super(error.code() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    public RpcError error() {
        return error;
    }
}
