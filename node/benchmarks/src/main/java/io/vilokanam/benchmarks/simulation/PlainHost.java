package io.vilokanam.benchmarks.simulation;

import java.util.Arrays;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Offchain;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.host.call.HostHashing;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/**
 * What pallets of tick-stream ask of a host besides storage. A signature is the BLAKE2b-512 of key and message: enough to tell
 * right from wrong, and fast.
 */
abstract class PlainHost extends HostHashing implements Externalities {

    static Bytes sign(Bytes key, byte[] message) {
        return Bytes.wrap(Blake2b.hash512(new ScaleOutput().raw(key.view()).raw(message).toByteArray()));
    }

    @Override
    public boolean sr25519Verify(byte[] signature, byte[] message, byte[] publicKey) {
        return Arrays.equals(signature, sign(Bytes.wrap(publicKey), message).view());
    }

    @Override
    public boolean ed25519Verify(byte[] signature, byte[] message, byte[] publicKey) {
        return false;
    }

    @Override
    public Optional<byte[]> secp256k1Recover(byte[] signature, byte[] hash) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> sr25519PublicKey(byte[] uri) {
        return Optional.empty();
    }

    /** There are no off-chain workers. */
    @Override
    public void offchainIndex(byte[] key, byte[] value) {}

    @Override
    public Optional<Offchain> offchain() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> generateKey(KeyTypeId type, KeyScheme scheme, Optional<byte[]> seed) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> runtimeVersion(byte[] code) {
        return Optional.empty();
    }

    @Override
    public void log(String target, String message) {
        // Nobody reads it.
    }

    static IllegalStateException notHere(String what) {
        return new IllegalStateException("the simulated state has no " + what);
    }

    @Override
    public byte[] root() {
        throw notHere("root");
    }

    @Override
    public Cleared clearPrefix(byte[] prefix, long limit) {
        throw notHere("clearing by prefix");
    }

    @Override
    public Optional<byte[]> childGet(byte[] child, byte[] key) {
        throw notHere("children");
    }

    @Override
    public void childPut(byte[] child, byte[] key, byte[] value) {
        throw notHere("children");
    }

    @Override
    public void childDelete(byte[] child, byte[] key) {
        throw notHere("children");
    }

    @Override
    public Optional<byte[]> childNextKey(byte[] child, byte[] key) {
        throw notHere("children");
    }

    @Override
    public Cleared childClearPrefix(byte[] child, byte[] prefix, long limit) {
        throw notHere("children");
    }

    @Override
    public Cleared childKill(byte[] child, long limit) {
        throw notHere("children");
    }

    @Override
    public byte[] childRoot(byte[] child) {
        throw notHere("children");
    }
}
