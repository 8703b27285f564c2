package io.vilokanam.node.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.primitives.ss58.Base58;
import io.vilokanam.scale.Bytes;

/**
 * The key by which peers know this node, and the id that follows from it. The public key is computed when it is first asked
 * for: a node answers RPC before.
 */
public final class NodeIdentity {

    /** Multihash "identity" of 36 bytes, which are a protobuf of key type ed25519 and 32 bytes of key. */
    private static final byte[] PEER_ID_PREFIX = {0, 36, 8, 1, 18, 32};

    /** The key's file in a chain's network folder. */
    public static final String FILE = "secret_ed25519";

    private final byte[] seed;
    private Optional<Ed25519KeyPair> pair = Optional.empty();

    private NodeIdentity(byte[] seed) {
        this.seed = seed;
    }

    /** Of a secret of 32 bytes. */
    public static NodeIdentity ofSeed(byte[] seed) {
        if (seed.length != Ed25519KeyPair.SEED) {
            throw new IllegalArgumentException("a node key has " + Ed25519KeyPair.SEED + " bytes, got " + seed.length);
        }
        return new NodeIdentity(seed.clone());
    }

    /** A key that nobody saw before, for this run. */
    public static NodeIdentity fresh(RandomGenerator random) {
        byte[] seed = new byte[Ed25519KeyPair.SEED];
        random.nextBytes(seed);
        return new NodeIdentity(seed);
    }

    /** Of a secret in hex, as {@code --node-key} gives it. */
    public static Optional<NodeIdentity> ofHex(String hex) {
        if (!hex.matches("(0x)?[0-9a-fA-F]{64}")) {
            return Optional.empty();
        }
        return Optional.of(new NodeIdentity(Bytes.fromHex(hex.toLowerCase(Locale.ROOT)).toArray()));
    }

    /** The key in a file, 32 bytes plain or in hex. */
    public static NodeIdentity inFile(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        return content.length == Ed25519KeyPair.SEED ? new NodeIdentity(content)
                : ofHex(new String(content, StandardCharsets.ISO_8859_1).strip()).orElseThrow(
                        () -> new IOException(file + " holds neither 32 bytes nor 64 hex digits"));
    }

    /** The key in {@code <folder>/secret_ed25519}, 32 bytes plain or in hex; made where there is none. */
    public static NodeIdentity inFolder(Path folder, RandomGenerator random) throws IOException {
        return inFileOrNew(folder.resolve(FILE), random);
    }

    /** The key in a file, 32 bytes plain or in hex; made where there is none, readable by the owner alone. */
    public static NodeIdentity inFileOrNew(Path file, RandomGenerator random) throws IOException {
        if (Files.exists(file)) {
            return inFile(file);
        }
        byte[] seed = new byte[Ed25519KeyPair.SEED];
        random.nextBytes(seed);
        write(file, seed);
        return new NodeIdentity(seed);
    }

    /** Writes what a key's file holds, readable by the owner alone; makes the folder if need be. */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, ".secret", ".tmp");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
        }
        Files.write(temporary, content);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }

    public synchronized Ed25519KeyPair pair() {
        if (pair.isEmpty()) {
            pair = Optional.of(Ed25519KeyPair.fromSeed(seed));
        }
        return pair.get();
    }

    /** Base 58. */
    public String peerId() {
        byte[] key = pair().publicKey();
        byte[] id = new byte[PEER_ID_PREFIX.length + key.length];
        System.arraycopy(PEER_ID_PREFIX, 0, id, 0, PEER_ID_PREFIX.length);
        System.arraycopy(key, 0, id, PEER_ID_PREFIX.length, key.length);
        return Base58.encode(id);
    }
}
