package io.vilokanam.node.offchain;

import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.node.keystore.SigningPurpose;
import io.vilokanam.offchain.worker.SigningKeys;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;

/** The keystore as off-chain workers see it. A keystore that cannot be read is one without keys, and is told in the log. */
public final class KeystoreSigner implements SigningKeys {

    private static final Logger LOG = LoggerFactory.getLogger(KeystoreSigner.class);

    private final Keystore keystore;

    public KeystoreSigner(Keystore keystore) {
        this.keystore = keystore;
    }

    @Override
    public List<PublicKey> sr25519PublicKeys(KeyTypeId type) {
        try {
            return keystore.publicKeys(type).stream().filter(key -> key.size() == PublicKey.SIZE).map(PublicKey::new)
                    .toList();
        } catch (KeystoreException e) {
            LOG.error("the keystore cannot be read reason={}", e.getMessage());
            return List.of();
        }
    }

    @Override
    public Optional<Bytes> sr25519Sign(KeyTypeId type, PublicKey key, Bytes message) {
        try {
            return keystore.sign(type, Scheme.SR25519, key.bytes(), message.view(), new SigningPurpose.Other());
        } catch (KeystoreException e) {
            LOG.error("the keystore cannot be read reason={}", e.getMessage());
            return Optional.empty();
        }
    }
}
