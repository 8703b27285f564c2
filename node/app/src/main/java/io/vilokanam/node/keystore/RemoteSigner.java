package io.vilokanam.node.keystore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.scale.Bytes;

/**
 * Keys that another process holds. It is asked over a stream socket, one JSON object a line: {@code {"method":"keys"}} is answered
 * by {@code {"keys":[{"type":"aura","scheme":"sr25519","public":"0x.."}]}}, and {@code {"method":"sign","type":..,"scheme":..,
 * "public":..,"message":"0x..","purpose":{..}}} by {@code {"signature":"0x.."}}; either by {@code {"error":".."}} where it is
 * refused. One connection is kept; it is made again when it is lost. Safe for several threads.
 */
public final class RemoteSigner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("keystore");
    private static final long ANSWER_MILLIS_MAX = 2_000;
    private static final int KEYS_MAX = 1_024;

    /** A key that is held elsewhere. */
    record Key(KeyTypeId type, Scheme scheme, Bytes publicKey) {}

    private final SignerAddress address;
    private Optional<SignerConnection> connection = Optional.empty();
    private Optional<List<Key>> keys = Optional.empty();
    private boolean isMissed;

    public RemoteSigner(SignerAddress address) {
        this.address = address;
    }

    /** The keys that the signer names; asked once on each connection. */
    synchronized List<Key> keys() throws SignerUnavailableException {
        if (keys.isPresent() && connection.isPresent()) {
            return keys.get();
        }
        JsonNode answer = ask(JsonNodeFactory.instance.objectNode().put("method", "keys"));
        List<Key> named = new ArrayList<>();
        for (JsonNode key : answer.path("keys")) {
            String type = key.path("type").asText();
            String hex = key.path("public").asText();
            Optional<Scheme> scheme = scheme(key.path("scheme").asText());
            if (type.length() != 4 || scheme.isEmpty() || !hex.matches("0x([0-9a-fA-F]{2}){32,33}")
                    || named.size() == KEYS_MAX) {
                throw new SignerUnavailableException("the signer at " + address.text() + " names the key " + key
                        + ", expected type, scheme and public, and at most " + KEYS_MAX + " keys");
            }
            named.add(new Key(new KeyTypeId(type), scheme.get(), Bytes.fromHex(hex)));
        }
        keys = Optional.of(List.copyOf(named));
        LOG.info("🔑 The signer at {} answers, it holds {}", address.text(), named.isEmpty() ? "no keys"
                : named.stream().map(key -> key.type().name() + " " + key.publicKey())
                        .collect(Collectors.joining(", ")));
        return named;
    }

    private static Optional<Scheme> scheme(String name) {
        return switch (name) {
            case "sr25519" -> Optional.of(Scheme.SR25519);
            case "ed25519" -> Optional.of(Scheme.ED25519);
            case "ecdsa" -> Optional.of(Scheme.ECDSA);
            default -> Optional.empty();
        };
    }

    /** As the protocol writes it. */
    static String name(Scheme scheme) {
        return switch (scheme) {
            case SR25519 -> "sr25519";
            case ED25519 -> "ed25519";
            case ECDSA -> "ecdsa";
        };
    }

    /** A signature, which is checked before it is used. */
    synchronized Bytes sign(Key key, byte[] message, SigningPurpose purpose) throws SignerUnavailableException {
        ObjectNode question = JsonNodeFactory.instance.objectNode().put("method", "sign")
                .put("type", key.type().name())
                .put("scheme", name(key.scheme())).put("public", key.publicKey().hex())
                .put("message", Bytes.hex(message));
        question.set("purpose", purpose.json());
        String hex = ask(question).path("signature").asText();
        if (!hex.matches("0x([0-9a-fA-F]{2}){" + key.scheme().signatureLength() + "}")
                || !key.scheme().verify(key.publicKey().toArray(), message, Bytes.fromHex(hex).toArray())) {
            throw new SignerUnavailableException("the signer at " + address.text() + " gives no valid signature of "
                    + key.publicKey());
        }
        return Bytes.fromHex(hex);
    }

    /** One question and its answer; a connection that was lost meanwhile is made again once. */
    private JsonNode ask(ObjectNode question) throws SignerUnavailableException {
        boolean wasConnected = connection.isPresent();
        try {
            return askOnce(question);
        } catch (SignerUnavailableException e) {
            if (wasConnected && connection.isEmpty()) {
                return askOnce(question);
            }
            throw e;
        }
    }

    private JsonNode askOnce(ObjectNode question) throws SignerUnavailableException {
        JsonNode answer;
        try {
            answer = within(() -> {
                if (connection.isEmpty()) {
                    connection = Optional.of(new SignerConnection(address.connect()));
                }
                connection.get().write(question);
                return connection.get().read();
            });
        } catch (IOException e) {
            drop();
            miss(e.getMessage());
            throw new SignerUnavailableException("the signer at " + address.text() + " does not answer: "
                    + e.getMessage(), e);
        }
        isMissed = false;
        if (answer.has("error")) {
            throw new SignerUnavailableException("the signer at " + address.text() + " refuses: "
                    + answer.get("error").asText());
        }
        return answer;
    }

    /** Does something that may wait for the other side, but not for long. */
    private static JsonNode within(Callable<JsonNode> work) throws IOException {
        FutureTask<JsonNode> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("remote-signer").start(task);
        try {
            return task.get(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new IOException("no answer after " + ANSWER_MILLIS_MAX + " ms", e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /** Says once, not at each slot and vote, that the signer is away; that it is back says what asks for its keys. */
    private void miss(String why) {
        if (!isMissed) {
            isMissed = true;
            LOG.warn(
                    "🔑 The signer at {} does not answer: {}. This node neither seals blocks nor votes with its keys until it does.",
                    address.text(), why);
        }
    }

    private void drop() {
        Optional<SignerConnection> former = connection;
        connection = Optional.empty();
        keys = Optional.empty();
        if (former.isPresent()) {
            try {
                former.get().close();
            } catch (IOException e) {
                LOG.debug("a lost connection does not close", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
