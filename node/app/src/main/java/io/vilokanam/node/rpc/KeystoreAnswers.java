package io.vilokanam.node.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.vilokanam.api.Externalities.KeyScheme;
import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.rpc.backend.KeystoreBackend;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/** What RPC asks of the keystore. */
public final class KeystoreAnswers implements KeystoreBackend {

    private final Keystore keystore;
    private final Chain chain;
    private final RuntimeExecutor executor;
    private final HostServices.CallLog log;

    public KeystoreAnswers(Keystore keystore, Chain chain, RuntimeExecutor executor, HostServices.CallLog log) {
        this.keystore = keystore;
        this.chain = chain;
        this.executor = executor;
        this.log = log;
    }

    @Override
    public void insert(KeyTypeId type, String suri, Bytes publicKey) throws KeystoreException {
        keystore.insert(type, suri, publicKey);
    }

    @Override
    public boolean has(KeyTypeId type, Bytes publicKey) {
        return keystore.has(type, publicKey);
    }

    @Override
    public Bytes generateSessionKeys(Hash block) throws StateUnavailableException, RuntimeTrap, KeystoreException {
        HostServices services = new HostServices(SignatureBatches.NONE, Optional.empty(), Optional.of(this::generate),
                log);
        try (StateLease lease = chain.states().lease(block).orElseThrow(
                () -> new StateUnavailableException(StateUnavailableException.Reason.UNKNOWN_BLOCK, block))) {
            byte[] answer = executor.call(lease.state(), "SessionKeys_generate_session_keys",
                    Codecs.option(Codecs.BYTES).encode(Optional.empty()), services);
            return Codecs.BYTES.decodeAll(answer);
        } catch (FailedKeystore e) {
            throw e.failure();
        } catch (RuntimeUnavailableException | ScaleException e) {
            throw new RuntimeTrap(RuntimeTrap.Reason.PANIC, e.getMessage());
        }
    }

    private byte[] generate(KeyTypeId type, KeyScheme scheme, Optional<byte[]> seed) {
        Scheme own = switch (scheme) {
            case SR25519 -> Scheme.SR25519;
            case ED25519 -> Scheme.ED25519;
        };
        try {
            return keystore.generate(type, own, seed.map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                    .toArray();
        } catch (KeystoreException e) {
            throw new FailedKeystore(e);
        }
    }

    /** Carries a keystore's failure through the runtime that asked for the key. */
    private static final class FailedKeystore extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient KeystoreException failure;

        FailedKeystore(KeystoreException failure) {
            super(failure);
            this.failure = failure;
        }

        KeystoreException failure() {
            return failure;
        }
    }
}
