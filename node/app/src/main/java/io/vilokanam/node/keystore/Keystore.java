package io.vilokanam.node.keystore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.Bip39;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;

/**
 * The keys that the node signs with. On disk each is a file in the format of stock nodes (sc-keystore): its name is the key
 * type and the public key in hex, its content the secret URI as a JSON string, readable by the owner alone. Keys of
 * development accounts live in memory. Safe for several threads.
 */
public final class Keystore {

    private static final int ENTROPY_SIZE = 16;
    private static final int TYPE_DIGITS = 8;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Logger LOG = LoggerFactory.getLogger("keystore");

    private record Slot(KeyTypeId type, Bytes publicKey) {
        String fileName() {
            return Bytes.hex(type.bytes()).substring(2) + publicKey.hex().substring(2);
        }
    }

    private final Optional<Path> folder;
    private final Optional<String> password;
    private final RandomGenerator random;
    private final Optional<KeyCipher> cipher;
    private final Optional<RemoteSigner> remote;
    private final Map<Slot, KeyPair> inMemory = new LinkedHashMap<>();

    private Keystore(Settings settings, RandomGenerator random) {
        this.folder = settings.folder();
        this.password = settings.password();
        this.cipher = settings.cipher();
        this.remote = settings.remote();
        this.random = random;
    }

    /**
     * What a keystore is made of.
     *
     * @param folder where keys are kept, made if need be; none: in memory
     * @param password part of the secret URIs, as {@code --password} of stock nodes; it does not encrypt anything
     * @param cipher encrypts what is written and opens what is encrypted; plain files are read all the same
     * @param remote holds more keys
     */
    public record Settings(Optional<Path> folder, Optional<String> password, Optional<KeyCipher> cipher,
            Optional<RemoteSigner> remote) {}

    /** Opens a keystore. {@code random} is cryptographic. */
    public static Keystore open(Settings settings, RandomGenerator random) throws KeystoreException {
        if (settings.folder().isPresent()) {
            try {
                Files.createDirectories(settings.folder().get());
            } catch (IOException e) {
                throw new KeystoreException("cannot make the keystore folder " + settings.folder().get(), e);
            }
        }
        return new Keystore(settings, random);
    }

    /** A keystore that forgets all keys with the process. {@code random} is cryptographic. */
    public static Keystore inMemory(RandomGenerator random) {
        return new Keystore(new Settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                random);
    }

    /**
     * A keystore in a folder, which is made if need be.
     *
     * @param password part of the secret URIs, as {@code --password} of stock nodes; it does not encrypt anything
     */
    public static Keystore inFolder(Path folder, Optional<String> password, RandomGenerator random)
            throws KeystoreException {
        return open(new Settings(Optional.of(folder), password, Optional.empty(), Optional.empty()), random);
    }

    /** Holds a pair in memory until the process ends. */
    public synchronized void hold(KeyTypeId type, KeyPair pair) {
        inMemory.put(new Slot(type, Bytes.wrap(pair.publicKey())), pair);
    }

    /** Stores the secret URI of a key under a public key; whether they belong together is not checked, as in Substrate. */
    public void insert(KeyTypeId type, String suri, Bytes publicKey) throws KeystoreException {
        Slot slot = new Slot(type, publicKey);
        if (folder.isEmpty()) {
            hold(type, pair(schemeOf(type), suri));
            return;
        }
        write(folder.get().resolve(slot.fileName()), suri, cipher);
    }

    /** What keys of a type sign with. */
    static Scheme schemeOf(KeyTypeId type) {
        return type.equals(KeyTypeId.GRANDPA) ? Scheme.ED25519 : Scheme.SR25519;
    }

    private static void write(Path file, String suri, Optional<KeyCipher> cipher) throws KeystoreException {
        try {
            String content = cipher.isPresent()
                    ? JSON.writeValueAsString(cipher.get().encrypt(file.getFileName().toString(), suri))
                    : JSON.writeValueAsString(suri);
            Path temporary = Files.createTempFile(file.getParent(), ".key", ".tmp");
            restrict(temporary);
            Files.writeString(temporary, content, StandardOpenOption.TRUNCATE_EXISTING);
            replace(temporary, file);
        } catch (IOException e) {
            throw new KeystoreException("cannot write the keystore file " + file, e);
        }
    }

    /**
     * Writes all files of the folder again, encrypted or plain.
     *
     * @return how many
     */
    public int rewrite(boolean isEncrypted) throws KeystoreException {
        if (folder.isEmpty() || cipher.isEmpty()) {
            throw new KeystoreException("a keystore is encrypted and decrypted in a folder, with a passphrase");
        }
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.get(), "[0-9a-f]*")) {
            for (Path file : files) {
                write(file, read(file), isEncrypted ? cipher : Optional.empty());
                count++;
            }
        } catch (IOException e) {
            throw new KeystoreException("cannot read the keystore folder " + folder.get(), e);
        }
        return count;
    }

    private static void replace(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Readable by the owner alone, where the file system knows owners. */
    private static void restrict(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file,
                    EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        }
    }

    /** Makes a key, of a secret URI where one is given, and stores it; answers its public key. */
    public Bytes generate(KeyTypeId type, Scheme scheme, Optional<String> suri) throws KeystoreException {
        byte[] entropy = new byte[ENTROPY_SIZE];
        random.nextBytes(entropy);
        String secret = suri.orElseGet(() -> Bip39.phrase(entropy));
        KeyPair pair = pair(scheme, secret);
        Bytes publicKey = Bytes.wrap(pair.publicKey());
        if (folder.isEmpty() || suri.isPresent()) {
            // A key from a seed is for this run alone in stock nodes too: the seed is known to whoever asked.
            hold(type, pair);
        } else {
            insert(type, secret, publicKey);
        }
        return publicKey;
    }

    private KeyPair pair(Scheme scheme, String suri) throws KeystoreException {
        try {
            return SecretUri.parse(suri).keyPair(scheme, password);
        } catch (KeyException e) {
            throw new KeystoreException("the secret URI makes no key: " + e.getMessage(), e);
        }
    }

    public boolean has(KeyTypeId type, Bytes publicKey) {
        Slot slot = new Slot(type, publicKey);
        synchronized (this) {
            if (inMemory.containsKey(slot)) {
                return true;
            }
        }
        return folder.isPresent() && Files.exists(folder.get().resolve(slot.fileName()))
                || remoteKey(type, publicKey).isPresent();
    }

    /** A signer that does not answer holds nothing. */
    private Optional<RemoteSigner.Key> remoteKey(KeyTypeId type, Bytes publicKey) {
        return remoteKeys(type).stream().filter(key -> key.publicKey().equals(publicKey)).findFirst();
    }

    private List<RemoteSigner.Key> remoteKeys(KeyTypeId type) {
        if (remote.isEmpty()) {
            return List.of();
        }
        try {
            return remote.get().keys().stream().filter(key -> key.type().equals(type)).toList();
        } catch (SignerUnavailableException e) {
            LOG.debug("keys of the signer are not known reason={}", e.getMessage());
            return List.of();
        }
    }

    /**
     * Signs with a key, wherever it is held; empty where nobody holds it.
     *
     * @throws SignerUnavailableException if it is held elsewhere and is not to be had now
     */
    public Optional<Bytes> sign(KeyTypeId type, Scheme scheme, Bytes publicKey, byte[] message, SigningPurpose purpose)
            throws KeystoreException {
        Optional<KeyPair> pair = find(type, scheme, publicKey);
        if (pair.isPresent()) {
            return Optional.of(Bytes.wrap(pair.get().sign(message)));
        }
        Optional<RemoteSigner.Key> key = remoteKey(type, publicKey);
        if (key.isEmpty() || remote.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(remote.get().sign(key.get(), message, purpose));
    }

    /** The pair of a public key; empty where the keystore does not hold it, or holds another secret under its name. */
    public Optional<KeyPair> find(KeyTypeId type, Scheme scheme, Bytes publicKey) throws KeystoreException {
        Slot slot = new Slot(type, publicKey);
        synchronized (this) {
            KeyPair known = inMemory.get(slot);
            if (known != null) {
                return Optional.of(known);
            }
        }
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.get().resolve(slot.fileName());
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        KeyPair pair = pair(scheme, read(file));
        return Bytes.wrap(pair.publicKey()).equals(publicKey) ? Optional.of(pair) : Optional.empty();
    }

    private String read(Path file) throws KeystoreException {
        try {
            JsonNode content = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
            if (KeyCipher.isEncrypted(content)) {
                return cipher.orElseThrow(() -> new KeystoreException("the keystore file " + file
                        + " is encrypted: name its passphrase with --keystore-passphrase-file"))
                        .decrypt(file.getFileName().toString(), content);
            }
            if (!content.isTextual()) {
                throw new KeystoreException("the keystore file " + file + " does not hold a JSON string");
            }
            return content.textValue();
        } catch (JsonProcessingException e) {
            throw new KeystoreException("the keystore file " + file + " does not hold a JSON string", e);
        } catch (IOException e) {
            throw new KeystoreException("cannot read the keystore file " + file, e);
        }
    }

    /** The public keys of a type: those in memory first, then those on disk in order of their names. */
    public List<Bytes> publicKeys(KeyTypeId type) throws KeystoreException {
        List<Bytes> keys = new ArrayList<>();
        synchronized (this) {
            inMemory.keySet().stream().filter(slot -> slot.type().equals(type))
                    .forEach(slot -> keys.add(slot.publicKey()));
        }
        if (folder.isPresent()) {
            String prefix = Bytes.hex(type.bytes()).substring(2);
            List<Bytes> stored = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.get(), prefix + "*")) {
                for (Path file : files) {
                    publicKey(file.getFileName().toString().substring(TYPE_DIGITS)).ifPresent(stored::add);
                }
            } catch (IOException e) {
                throw new KeystoreException("cannot read the keystore folder " + folder.get(), e);
            }
            stored.stream().sorted().filter(key -> !keys.contains(key)).forEach(keys::add);
        }
        remoteKeys(type).stream().map(RemoteSigner.Key::publicKey).filter(key -> !keys.contains(key))
                .forEach(keys::add);
        return keys;
    }

    private static Optional<Bytes> publicKey(String digits) {
        return digits.matches("([0-9a-f]{2})+") ? Optional.of(Bytes.fromHex(digits)) : Optional.empty();
    }
}
