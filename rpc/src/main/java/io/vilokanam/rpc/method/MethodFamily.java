package io.vilokanam.rpc.method;

import java.util.List;

/** Methods that belong together. */
public interface MethodFamily {

    List<RpcMethod> methods();
}
