package io.vilokanam.rpc.backend;

import java.util.Optional;

import io.vilokanam.scale.Bytes;

/** The persistent local storage of the off-chain workers. */
public interface OffchainStorageBackend {

    void set(Bytes key, Bytes value);

    Optional<Bytes> get(Bytes key);

    void clear(Bytes key);
}
