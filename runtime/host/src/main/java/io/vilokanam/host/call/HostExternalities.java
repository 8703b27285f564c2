package io.vilokanam.host.call;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Offchain;
import io.vilokanam.crypto.ecdsa.Ecdsa;
import io.vilokanam.crypto.ecdsa.RecoveryException;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.host.code.RuntimeBlob;
import io.vilokanam.host.code.RuntimeCodeException;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;

/** The JVM's side of the seam: an overlay for storage, our own hashes and signatures, and the node's services. */
public final class HostExternalities extends HostHashing implements Externalities {

    /** Announcements beyond this many push out the oldest, whose checks are then made when they are asked for. */
    private static final int ANNOUNCEMENTS_MAX = 8;

    private final StorageOverlay storage;
    private final HostServices services;
    /** The newest first. */
    private final ArrayDeque<SignatureVerdicts> announced = new ArrayDeque<>();
    private final KeyHashes keyHashes = new KeyHashes(super::blake2b128);

    public HostExternalities(StorageOverlay storage, HostServices services) {
        this.storage = storage;
        this.services = services;
    }

    @Override
    public byte[] blake2b128(byte[] input) {
        return keyHashes.hash(input);
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return storage.get(key);
    }

    @Override
    public boolean exists(byte[] key) {
        return storage.exists(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        storage.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        storage.delete(key);
    }

    @Override
    public void append(byte[] key, byte[] element) {
        storage.append(key, element);
    }

    @Override
    public Optional<byte[]> nextKey(byte[] key) {
        return storage.nextKey(key);
    }

    @Override
    public Cleared clearPrefix(byte[] prefix, long limit) {
        return storage.clearPrefix(prefix, limit);
    }

    @Override
    public byte[] root() {
        return storage.root();
    }

    @Override
    public void startTransaction() {
        storage.startTransaction();
    }

    @Override
    public void commitTransaction() {
        storage.commitTransaction();
    }

    @Override
    public void rollbackTransaction() {
        storage.rollbackTransaction();
    }

    @Override
    public Optional<byte[]> childGet(byte[] child, byte[] key) {
        return storage.childGet(child, key);
    }

    @Override
    public void childPut(byte[] child, byte[] key, byte[] value) {
        storage.childPut(child, key, value);
    }

    @Override
    public void childDelete(byte[] child, byte[] key) {
        storage.childDelete(child, key);
    }

    @Override
    public Optional<byte[]> childNextKey(byte[] child, byte[] key) {
        return storage.childNextKey(child, key);
    }

    @Override
    public Cleared childClearPrefix(byte[] child, byte[] prefix, long limit) {
        return storage.childClearPrefix(child, prefix, limit);
    }

    @Override
    public Cleared childKill(byte[] child, long limit) {
        return storage.childKill(child, limit);
    }

    @Override
    public byte[] childRoot(byte[] child) {
        return storage.childRoot(child);
    }

    @Override
    public void announce(List<Request> requests) {
        List<SignatureClaim> claims = requests.stream()
                .map(request -> claim(scheme(request.scheme()), request.signature(), request.message(),
                        request.publicKey()))
                .toList();
        announced.addFirst(services.signatures().begin(claims));
        if (announced.size() > ANNOUNCEMENTS_MAX) {
            announced.removeLast();
        }
    }

    @Override
    public boolean sr25519Verify(byte[] signature, byte[] message, byte[] publicKey) {
        return verify(io.vilokanam.crypto.keys.Scheme.SR25519, signature, message, publicKey);
    }

    @Override
    public boolean ed25519Verify(byte[] signature, byte[] message, byte[] publicKey) {
        return verify(io.vilokanam.crypto.keys.Scheme.ED25519, signature, message, publicKey);
    }

    @Override
    public Optional<byte[]> sr25519PublicKey(byte[] uri) {
        try {
            return Optional.of(SecretUri.keyPair(io.vilokanam.crypto.keys.Scheme.SR25519,
                    new String(uri, StandardCharsets.UTF_8)).publicKey());
        } catch (KeyException e) {
            services.log().log("crypto", "no key made: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<byte[]> secp256k1Recover(byte[] signature, byte[] hash) {
        try {
            return Optional.of(Ecdsa.recoverCompressed(signature, hash));
        } catch (RecoveryException e) {
            services.log().log("crypto", "no key recovered: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<Offchain> offchain() {
        return services.offchain();
    }

    @Override
    public Optional<byte[]> generateKey(KeyTypeId type, KeyScheme scheme, Optional<byte[]> seed) {
        return services.keys().map(keys -> keys.generate(type, scheme, seed));
    }

    /** What stands in the code's own sections; code that has none is taken for no runtime, as nothing is executed here. */
    @Override
    public Optional<byte[]> runtimeVersion(byte[] code) {
        try {
            return RuntimeBlob.of(code).version().map(RuntimeVersion.CODEC::encode);
        } catch (RuntimeCodeException e) {
            services.log().log("runtime", "code of " + code.length + " bytes is no runtime: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void offchainIndex(byte[] key, byte[] value) {
        storage.index(key, value);
    }

    @Override
    public void log(String target, String message) {
        services.log().log(target, message);
    }

    private boolean verify(io.vilokanam.crypto.keys.Scheme scheme, byte[] signature, byte[] message, byte[] publicKey) {
        var claim = claim(scheme, signature, message, publicKey);
        for (SignatureVerdicts verdicts : announced) {
            var verdict = verdicts.find(claim);
            if (verdict.isPresent()) {
                return verdict.get();
            }
        }
        return services.signatures().verify(claim);
    }

    private static io.vilokanam.crypto.keys.Scheme scheme(Scheme announced) {
        return switch (announced) {
            case SR25519 -> io.vilokanam.crypto.keys.Scheme.SR25519;
            case ED25519 -> io.vilokanam.crypto.keys.Scheme.ED25519;
        };
    }

    private static SignatureClaim claim(io.vilokanam.crypto.keys.Scheme scheme, byte[] signature, byte[] message,
            byte[] publicKey) {
        return new SignatureClaim(scheme, Bytes.wrap(signature), Bytes.wrap(message), Bytes.wrap(publicKey));
    }
}
