package io.vilokanam.api;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.KeyTypeId;

/** A host that passes everything on to another one. Whoever stands between a runtime and its host overrides what it looks at. */
public abstract class ForwardingExternalities implements Externalities {

    private final Externalities host;

    protected ForwardingExternalities(Externalities host) {
        this.host = host;
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return host.get(key);
    }

    @Override
    public boolean exists(byte[] key) {
        return host.exists(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        host.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        host.delete(key);
    }

    @Override
    public void append(byte[] key, byte[] element) {
        host.append(key, element);
    }

    @Override
    public Optional<byte[]> nextKey(byte[] key) {
        return host.nextKey(key);
    }

    @Override
    public Cleared clearPrefix(byte[] prefix, long limit) {
        return host.clearPrefix(prefix, limit);
    }

    @Override
    public byte[] root() {
        return host.root();
    }

    @Override
    public void startTransaction() {
        host.startTransaction();
    }

    @Override
    public void commitTransaction() {
        host.commitTransaction();
    }

    @Override
    public void rollbackTransaction() {
        host.rollbackTransaction();
    }

    @Override
    public Optional<byte[]> childGet(byte[] child, byte[] key) {
        return host.childGet(child, key);
    }

    @Override
    public void childPut(byte[] child, byte[] key, byte[] value) {
        host.childPut(child, key, value);
    }

    @Override
    public void childDelete(byte[] child, byte[] key) {
        host.childDelete(child, key);
    }

    @Override
    public Optional<byte[]> childNextKey(byte[] child, byte[] key) {
        return host.childNextKey(child, key);
    }

    @Override
    public Cleared childClearPrefix(byte[] child, byte[] prefix, long limit) {
        return host.childClearPrefix(child, prefix, limit);
    }

    @Override
    public Cleared childKill(byte[] child, long limit) {
        return host.childKill(child, limit);
    }

    @Override
    public byte[] childRoot(byte[] child) {
        return host.childRoot(child);
    }

    @Override
    public byte[] blake2b128(byte[] input) {
        return host.blake2b128(input);
    }

    @Override
    public byte[] blake2b256(byte[] input) {
        return host.blake2b256(input);
    }

    @Override
    public byte[] blake2b512(byte[] input) {
        return host.blake2b512(input);
    }

    @Override
    public byte[] twox64(byte[] input) {
        return host.twox64(input);
    }

    @Override
    public byte[] twox128(byte[] input) {
        return host.twox128(input);
    }

    @Override
    public byte[] twox256(byte[] input) {
        return host.twox256(input);
    }

    @Override
    public byte[] keccak256(byte[] input) {
        return host.keccak256(input);
    }

    @Override
    public byte[] sha256(byte[] input) {
        return host.sha256(input);
    }

    @Override
    public byte[] tickChain(byte[] salt, byte[] word, int steps) {
        return host.tickChain(salt, word, steps);
    }

    @Override
    public byte[] orderedRoot(List<byte[]> values, int stateVersion) {
        return host.orderedRoot(values, stateVersion);
    }

    @Override
    public boolean sr25519Verify(byte[] signature, byte[] message, byte[] publicKey) {
        return host.sr25519Verify(signature, message, publicKey);
    }

    @Override
    public boolean ed25519Verify(byte[] signature, byte[] message, byte[] publicKey) {
        return host.ed25519Verify(signature, message, publicKey);
    }

    @Override
    public Optional<byte[]> sr25519PublicKey(byte[] uri) {
        return host.sr25519PublicKey(uri);
    }

    @Override
    public Optional<byte[]> secp256k1Recover(byte[] signature, byte[] hash) {
        return host.secp256k1Recover(signature, hash);
    }

    @Override
    public void announce(List<Request> requests) {
        host.announce(requests);
    }

    @Override
    public Optional<Offchain> offchain() {
        return host.offchain();
    }

    @Override
    public Optional<byte[]> generateKey(KeyTypeId type, KeyScheme scheme, Optional<byte[]> seed) {
        return host.generateKey(type, scheme, seed);
    }

    @Override
    public Optional<byte[]> runtimeVersion(byte[] code) {
        return host.runtimeVersion(code);
    }

    @Override
    public void offchainIndex(byte[] key, byte[] value) {
        host.offchainIndex(key, value);
    }

    @Override
    public void log(String target, String message) {
        host.log(target, message);
    }
}
