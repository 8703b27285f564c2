package io.vilokanam.node.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.ss58.Ss58Exception;
import io.vilokanam.scale.Bytes;

/** How keys are read and shown: the flags and the forms of sc-cli. */
final class KeyOptions {

    private static final int ACCOUNT_SIZE = 32;

    enum Output {
        text, json
    }

    @Option(names = "--scheme", paramLabel = "SCHEME", completionCandidates = Choices.Scheme.class, description = "sr25519, ed25519 or ecdsa. Default: sr25519.")
    private String schemeName = "sr25519";

    @Option(names = "--output-type", paramLabel = "FORMAT", description = "text or json. Default: text.")
    private Output output = Output.text;

    @Option(names = {"-n",
            "--network"}, paramLabel = "NETWORK", converter = AddressFormat.Converter.class, description = "Whose addresses are shown: a name of the SS58 registry (polkadot, kusama, substrate ..), or the number of a prefix. Default: substrate.")
    private AddressFormat network = AddressFormat.SUBSTRATE;

    @Mixin
    private KeystoreOptions keystore;

    Scheme scheme() throws UsageException {
        return switch (schemeName.toLowerCase(Locale.ROOT)) {
            case "sr25519" -> Scheme.SR25519;
            case "ed25519" -> Scheme.ED25519;
            case "ecdsa" -> Scheme.ECDSA;
            default -> throw new UsageException("--scheme " + schemeName + ": expected sr25519, ed25519 or ecdsa");
        };
    }

    KeystoreOptions keystore() {
        return keystore;
    }

    KeyPair pair(String uri) throws UsageException, KeyException, IOException {
        return SecretUri.parse(uri).keyPair(scheme(), keystore.password());
    }

    /** What is given, or what is typed where nothing is given; the content of the file that it names, if it names one. */
    static String readOrAsk(Optional<String> given, String prompt) throws IOException, UsageException {
        if (given.isPresent()) {
            return read(given.get());
        }
        if (System.console() != null) {
            return KeystoreOptions.ask(prompt);
        }
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new UsageException("no secret URI was given");
        }
        return line.strip();
    }

    /** The text itself, or what the file of that name holds; {@code //Alice} is a path too, of something that is no file. */
    static String read(String text) throws IOException {
        boolean isFile = !text.isEmpty() && text.indexOf('\0') < 0 && Files.isRegularFile(Path.of(text));
        return isFile ? Files.readString(Path.of(text), StandardCharsets.UTF_8).strip() : text;
    }

    /** The public key that is written in hex, as an SS58 address, or that a secret URI has. */
    Bytes publicKey(String text) throws UsageException, KeyException, IOException {
        if (text.matches("(0x)?([0-9a-fA-F]{64}|[0-9a-fA-F]{66})")) {
            Bytes key = Bytes.fromHex(text);
            if (key.size() != scheme().publicKeyLength()) {
                throw new UsageException("Invalid key: a public key of " + schemeName + " has "
                        + scheme().publicKeyLength() + " bytes, got " + key.size());
            }
            return key;
        }
        try {
            return new Ss58(Blake2b::hash512).decode(text, scheme().publicKeyLength()).body();
        } catch (Ss58Exception noAddress) {
            return Bytes.wrap(pair(text).publicKey());
        }
    }

    /** The address of the account of a key, in the network that was named. */
    String addressOf(Bytes publicKey) {
        return address(account(publicKey));
    }

    /**
     * Refuses a secret URI of another public key. What it derives does not count: stock nodes look at the bare phrase.
     *
     * @param expected in hex with {@code 0x}, or an SS58 address
     */
    void requirePublic(String uri, String expected) throws UsageException, KeyException, IOException {
        Bytes actual = Bytes.wrap(SecretUri.parse(uri).root().keyPair(scheme(), keystore.password()).publicKey());
        if (!actual.equals(expectedKey(expected))) {
            throw new UsageException("Expected public (" + expected + ") key does not match.");
        }
    }

    private Bytes expectedKey(String text) throws UsageException {
        int length = scheme().publicKeyLength();
        if (text.matches("0x([0-9a-fA-F]{2}){" + length + "}")) {
            return Bytes.fromHex(text);
        }
        try {
            return new Ss58(Blake2b::hash512).decode(text, length).body();
        } catch (Ss58Exception e) {
            throw new UsageException("Invalid expected public key: `" + text + "`: " + e.getMessage());
        }
    }

    /** What a secret URI comes to. A phrase alone and a URI have different names in stock nodes. */
    String describe(String uri) throws UsageException, KeyException, IOException {
        KeyPair pair = pair(uri);
        boolean isPhrase = !uri.contains("/") && !uri.startsWith("0x");
        Bytes publicKey = Bytes.wrap(pair.publicKey());
        String seed = pair.seed().map(Bytes::hex).orElse("n/a");
        if (output == Output.json) {
            ObjectNode json = new JsonMapper().createObjectNode();
            json.put(isPhrase ? "secretPhrase" : "secretKeyUri", uri);
            json.put("networkId", network.name());
            json.put("secretSeed", seed);
            return writeSorted(publicFields(json, publicKey));
        }
        return (isPhrase ? "Secret phrase:       " + uri : "Secret Key URI `" + uri + "` is account:")
                + "\n  Network ID:        " + network.name() + "\n  Secret seed:       " + seed
                + "\n  Public key (hex):  "
                + publicKey.hex() + "\n  Account ID:        " + account(publicKey).hex() + "\n  Public key (SS58): "
                + address(publicKey) + "\n  SS58 Address:      " + address(account(publicKey));
    }

    /** What a public key comes to. */
    String describePublic(Bytes publicKey) throws UsageException {
        if (publicKey.size() != scheme().publicKeyLength()) {
            throw new UsageException(
                    "a public key of " + schemeName + " has " + scheme().publicKeyLength() + " bytes, got "
                            + publicKey.size());
        }
        if (output == Output.json) {
            ObjectNode json = new JsonMapper().createObjectNode();
            json.put("networkId", network.name());
            return writeSorted(publicFields(json, publicKey));
        }
        return "Network ID/Version: " + network.name() + "\n  Public key (hex):   " + publicKey.hex()
                + "\n  Account ID:         "
                + account(publicKey).hex() + "\n  Public key (SS58):  " + address(publicKey)
                + "\n  SS58 Address:       " + address(account(publicKey));
    }

    private ObjectNode publicFields(ObjectNode json, Bytes publicKey) {
        json.put("publicKey", publicKey.hex());
        json.put("ss58PublicKey", address(publicKey));
        json.put("accountId", account(publicKey).hex());
        json.put("ss58Address", address(account(publicKey)));
        return json;
    }

    /** An object as stock nodes print it: a member a line. */
    static String write(ObjectNode json) {
        return write(json, new JsonMapper().writer());
    }

    /** The same with the members in the order of their names, as stock nodes show keys. */
    private static String writeSorted(ObjectNode json) {
        return write(json, new JsonMapper().writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED));
    }

    private static String write(ObjectNode json, ObjectWriter writer) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        try {
            return writer.with(printer).writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory is always written", e);
        }
    }

    /** The account of a key: the key itself, or its hash where it is longer. */
    private static Bytes account(Bytes publicKey) {
        return publicKey.size() == ACCOUNT_SIZE ? publicKey : Bytes.wrap(Blake2b.hash256(publicKey.view()));
    }

    private String address(Bytes content) {
        return new Ss58(Blake2b::hash512).encode(network.prefix(), content);
    }
}
