package io.vilokanam.node.offchain;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import io.vilokanam.node.storage.ChainBatch;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.node.storage.KeyValueStore.Durability;
import io.vilokanam.offchain.worker.LocalStore;
import io.vilokanam.scale.Bytes;

/** The local storage of off-chain workers, in a column of the chain's database. */
public final class ChainLocalStore implements LocalStore {

    private final ChainStore store;

    public ChainLocalStore(ChainStore store) {
        this.store = store;
    }

    @Override
    public Optional<Bytes> get(Bytes key) {
        return store.offchain(key.view()).map(Bytes::wrap);
    }

    @Override
    public void write(List<Change> changes) {
        ChainBatch batch = store.batch();
        changes.forEach(change -> batch.offchain(change.key().view(), change.value().map(Bytes::view)));
        batch.write(Durability.PROCESS);
    }

    @Override
    public void forEach(Bytes prefix, BiConsumer<Bytes, Bytes> entry) {
        store.offchains(prefix.view())
                .forEach(found -> entry.accept(Bytes.wrap(found.key()), Bytes.wrap(found.value())));
    }
}
