package io.vilokanam.node.rpc;

import java.util.Optional;

import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.node.storage.KeyValueStore.Durability;
import io.vilokanam.offchain.worker.WorkerStorage;
import io.vilokanam.rpc.backend.OffchainStorageBackend;
import io.vilokanam.scale.Bytes;

/** What RPC asks of the off-chain workers' local storage: what runtimes put there, not what the node keeps beside it. */
public final class OffchainStorageAnswers implements OffchainStorageBackend {

    private final ChainStore store;

    public OffchainStorageAnswers(ChainStore store) {
        this.store = store;
    }

    @Override
    public void set(Bytes key, Bytes value) {
        store.batch().offchain(WorkerStorage.key(key).view(), Optional.of(value.view())).write(Durability.PROCESS);
    }

    @Override
    public Optional<Bytes> get(Bytes key) {
        return store.offchain(WorkerStorage.key(key).view()).map(Bytes::wrap);
    }

    @Override
    public void clear(Bytes key) {
        store.batch().offchain(WorkerStorage.key(key).view(), Optional.empty()).write(Durability.PROCESS);
    }
}
