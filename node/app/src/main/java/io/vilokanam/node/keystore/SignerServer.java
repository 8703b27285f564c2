package io.vilokanam.node.keystore;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;

/** The other side of {@link RemoteSigner}: signs with the keys of a keystore, and never two things where one is allowed. */
public final class SignerServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("keystore");
    private static final List<KeyTypeId> TYPES = List.of(KeyTypeId.AURA, KeyTypeId.GRANDPA, KeyTypeId.TICK);
    private static final int CONNECTIONS_MAX = 16;

    private final Keystore keystore;
    private final SigningHistory history;
    private final ServerSocketChannel server;
    private final SignerAddress address;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

    /**
     * Listens. A Unix socket is for the owner alone.
     *
     * @param history where is kept what was signed
     */
    public SignerServer(Keystore keystore, Path history, SignerAddress address) throws KeystoreException, IOException {
        this.keystore = keystore;
        this.history = SigningHistory.open(history);
        this.address = address;
        if (address.socket() instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
            this.server = address.listen();
            Files.setPosixFilePermissions(unix.getPath(), PosixFilePermissions.fromString("rw-------"));
        } else {
            this.server = address.listen();
        }
    }

    /** Where it listens, with the port that was really bound. */
    public SignerAddress address() throws IOException {
        return address.isUnix() ? address
                : new SignerAddress(address.text(), server.getLocalAddress());
    }

    /** Serves until it is closed. */
    public void run() throws IOException {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                if (clients.size() >= CONNECTIONS_MAX) {
                    client.close();
                    continue;
                }
                clients.add(client);
                Thread.ofVirtual().name("signer-client").start(() -> serve(client));
            } catch (ClosedChannelException closed) {
                return;
            }
        }
    }

    /** The top of the thread. */
    private void serve(SocketChannel client) {
        try (SignerConnection connection = new SignerConnection(client)) {
            while (true) {
                connection.write(answerOrError(connection));
            }
        } catch (EOFException | ClosedChannelException ended) {
            LOG.debug("signer client has gone");
        } catch (IOException e) {
            LOG.warn("signer client failed reason={}", e.getMessage());
        } finally {
            clients.remove(client);
        }
    }

    private ObjectNode answerOrError(SignerConnection connection) throws IOException {
        try {
            return answer(connection.read());
        } catch (JsonProcessingException e) {
            return error("no JSON");
        } catch (KeystoreException e) {
            LOG.warn("a signature is refused reason={}", e.getMessage());
            return error(e.getMessage());
        }
    }

    private static ObjectNode error(String why) {
        return JsonNodeFactory.instance.objectNode().put("error", why);
    }

    private ObjectNode answer(JsonNode question) throws KeystoreException {
        return switch (question.path("method").asText()) {
            case "keys" -> keys();
            case "sign" -> sign(question);
            default -> error("unknown method " + question.path("method") + ", expected keys or sign");
        };
    }

    private ObjectNode keys() throws KeystoreException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode keys = answer.putArray("keys");
        for (KeyTypeId type : TYPES) {
            for (Bytes key : keystore.publicKeys(type)) {
                keys.addObject().put("type", type.name()).put("scheme", RemoteSigner.name(Keystore.schemeOf(type)))
                        .put("public", key.hex());
            }
        }
        return answer;
    }

    private synchronized ObjectNode sign(JsonNode question) throws KeystoreException {
        String name = question.path("type").asText();
        Optional<KeyTypeId> type = TYPES.stream().filter(known -> known.name().equals(name)).findFirst();
        String publicKey = question.path("public").asText();
        String message = question.path("message").asText();
        Optional<SigningPurpose> purpose = purpose(question.path("purpose"));
        boolean isWhole = type.isPresent() && purpose.isPresent() && publicKey.matches("0x([0-9a-fA-F]{2}){32}")
                && message.matches("0x([0-9a-fA-F]{2})*");
        if (!isWhole || !isFitting(type.get(), purpose.get())) {
            return error("expected type aura, gran or tick, public, message and a purpose that fits the type");
        }
        byte[] bytes = Bytes.fromHex(message).toArray();
        Bytes key = Bytes.fromHex(publicKey);
        if (!keystore.has(type.get(), key)) {
            return error("no key " + publicKey + " of type " + name);
        }
        Optional<String> refusal = history.admit(publicKey, purpose.get(), bytes);
        if (refusal.isPresent()) {
            LOG.warn("a signature is refused reason={}", refusal.get());
            return error(refusal.get());
        }
        Optional<Bytes> signature = keystore.sign(type.get(), Keystore.schemeOf(type.get()), key, bytes,
                purpose.get());
        return signature.map(made -> JsonNodeFactory.instance.objectNode().put("signature", made.hex()))
                .orElseGet(() -> error("the secret of " + publicKey + " is another one"));
    }

    /** Keys of consensus sign nothing but what consensus needs. */
    private static boolean isFitting(KeyTypeId type, SigningPurpose purpose) {
        return switch (purpose) {
            case SigningPurpose.AuraSeal _ -> type.equals(KeyTypeId.AURA);
            case SigningPurpose.GrandpaVote _ -> type.equals(KeyTypeId.GRANDPA);
            case SigningPurpose.Other _ -> type.equals(KeyTypeId.TICK);
        };
    }

    private static Optional<SigningPurpose> purpose(JsonNode json) {
        return switch (json.path("kind").asText()) {
            case "aura-seal" -> json.path("slot").isIntegralNumber()
                    ? Optional.of(new SigningPurpose.AuraSeal(json.get("slot").asLong())) : Optional.empty();
            case "grandpa-vote" -> json.path("setId").isIntegralNumber() && json.path("round").isIntegralNumber()
                    && json.path("stage").asText().matches("prevote|precommit|primary-propose")
                            ? Optional.of(new SigningPurpose.GrandpaVote(json.get("setId").asLong(),
                                    json.get("round").asLong(), json.get("stage").asText()))
                            : Optional.empty();
            case "other" -> Optional.of(new SigningPurpose.Other());
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        try {
            server.close();
            for (SocketChannel client : clients) {
                client.close();
            }
        } catch (IOException e) {
            LOG.warn("the signer's socket does not close reason={}", e.getMessage());
        }
    }
}
