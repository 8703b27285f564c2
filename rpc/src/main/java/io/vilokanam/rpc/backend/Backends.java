package io.vilokanam.rpc.backend;

/** All that the methods of a whole node need. */
public record Backends(ChainBackend chain, StateBackend state, PoolBackend pool, NodeBackend node,
        KeystoreBackend keystore,
        OffchainStorageBackend offchain, GrandpaBackend grandpa) {}
