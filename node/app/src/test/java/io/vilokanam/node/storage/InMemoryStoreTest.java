package io.vilokanam.node.storage;

final class InMemoryStoreTest extends KeyValueStoreContract {

    @Override
    KeyValueStore open() {
        return new InMemoryStore();
    }
}
