package io.vilokanam.node.offchain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.crypto.sr25519.Sr25519;
import io.vilokanam.node.authoring.SteppedChain;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.node.rpc.OffchainStorageAnswers;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.node.storage.InMemoryStore;
import io.vilokanam.offchain.tickchain.RuntimeTickChain;
import io.vilokanam.offchain.worker.LocalStore.Change;
import io.vilokanam.offchain.worker.StateMissingException;
import io.vilokanam.offchain.worker.WorkerStorage;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;

/** What the off-chain workers see of the node. */
final class OffchainAdaptersTest {

    private final ChainStore store = new ChainStore(new InMemoryStore());
    private final ChainLocalStore local = new ChainLocalStore(store);

    private static Bytes text(String text) {
        return Bytes.ascii(text);
    }

    @Test
    void localStorageIsWrittenReadDeletedAndShownInOrder() {
        local.write(List.of(new Change(text("a/2"), Optional.of(text("two"))),
                new Change(text("a/1"), Optional.of(text("one"))),
                new Change(text("b/3"), Optional.of(text("three")))));
        local.write(
                List.of(new Change(text("b/3"), Optional.empty()), new Change(text("a/2"), Optional.of(text("zwei")))));
        assertEquals(Optional.of(text("one")), local.get(text("a/1")));
        assertTrue(local.get(text("b/3")).isEmpty());
        List<Bytes> shown = new ArrayList<>();
        local.forEach(text("a/"), (key, value) -> shown.addAll(List.of(key, value)));
        assertEquals(List.of(text("a/1"), text("one"), text("a/2"), text("zwei")), shown);
    }

    @Test
    void rpcSeesWhatTheRuntimesWorkersKeepAndNothingElse() {
        OffchainStorageAnswers rpc = new OffchainStorageAnswers(store);
        local.write(List.of(new Change(WorkerStorage.key(text("k")), Optional.of(text("worker"))),
                new Change(text("k"), Optional.of(text("collector")))));
        assertEquals(Optional.of(text("worker")), rpc.get(text("k")));
        rpc.clear(text("k"));
        assertTrue(rpc.get(text("k")).isEmpty());
        rpc.set(text("k"), text("again"));
        assertEquals(Optional.of(text("again")), local.get(WorkerStorage.key(text("k"))));
        assertEquals(Optional.of(text("collector")), local.get(text("k")));
    }

    @Test
    void theKeystoreSignsForItsOwnKeysOfTheType() throws Exception {
        Keystore keystore = Keystore.inMemory(new SplittableRandom(1));
        var pair = SecretUri.keyPair(Scheme.SR25519, "//Alice");
        keystore.hold(KeyTypeId.TICK, pair);
        KeystoreSigner signer = new KeystoreSigner(keystore);
        PublicKey key = PublicKey.wrap(pair.publicKey());
        assertEquals(List.of(key), signer.sr25519PublicKeys(KeyTypeId.TICK));
        assertEquals(List.of(), signer.sr25519PublicKeys(KeyTypeId.AURA));
        Bytes signature = signer.sr25519Sign(KeyTypeId.TICK, key, text("message")).orElseThrow();
        assertTrue(Sr25519.verify(pair.publicKey(), text("message").view(), signature.view()));
        assertTrue(signer.sr25519Sign(KeyTypeId.TICK, PublicKey.wrap(new byte[32]), text("message")).isEmpty());
    }

    @Test
    void runtimeCallsReachTheStateOfABlockAndSayWhereThereIsNone() throws Exception {
        try (SteppedChain chain = new SteppedChain()) {
            StateCalls calls = new StateCalls(chain.core().chain(), chain.core().executor(), (_, _) -> {});
            Hash genesis = chain.core().chain().genesis();
            assertEquals(2_048, new RuntimeTickChain(calls).settings(genesis).entriesMax());
            RuntimeTrap trap = assertThrows(RuntimeTrap.class,
                    () -> calls.call(genesis, "No_such_method", new byte[0], Optional.empty()));
            assertEquals(RuntimeTrap.Reason.UNKNOWN_METHOD, trap.reason());
            assertThrows(StateMissingException.class,
                    () -> calls.call(Hash.ZERO, "Core_version", new byte[0], Optional.empty()));
        }
    }

    @Test
    void thePoolRefusesWhatIsNoExtrinsic() throws Exception {
        try (SteppedChain chain = new SteppedChain()) {
            PoolSink sink = new PoolSink(chain.pool());
            assertFalse(sink.submit(new byte[]{5}));
            assertFalse(sink.submit(new byte[]{8, 4, 99}));
        }
    }
}
