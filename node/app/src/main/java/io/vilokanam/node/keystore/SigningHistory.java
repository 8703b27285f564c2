package io.vilokanam.node.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;

/**
 * What was signed last with each key, in a file that is on disk before a signature leaves: a slot is sealed once, and votes of a
 * round and stage are given once, never for what is behind. The same message may be signed again.
 */
final class SigningHistory {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final ObjectNode last;

    private SigningHistory(Path file, ObjectNode last) {
        this.file = file;
        this.last = last;
    }

    static SigningHistory open(Path file) throws KeystoreException {
        try {
            if (!Files.exists(file)) {
                return new SigningHistory(file, JSON.createObjectNode());
            }
            if (JSON.readTree(Files.readString(file)) instanceof ObjectNode known) {
                return new SigningHistory(file, known);
            }
            throw new KeystoreException("the signing history " + file + " does not hold a JSON object");
        } catch (IOException e) {
            throw new KeystoreException("cannot read the signing history " + file, e);
        }
    }

    /** Takes note of what is to be signed; answers why it must not be, if so. */
    Optional<String> admit(String key, SigningPurpose purpose, byte[] message) throws KeystoreException {
        return switch (purpose) {
            case SigningPurpose.AuraSeal(var slot) -> admit(key + ":aura-seal", new long[]{slot}, message);
            case SigningPurpose.GrandpaVote(var setId, var round, var stage) ->
                admit(key + ":" + stage, new long[]{setId, round}, message);
            case SigningPurpose.Other _ -> Optional.empty();
        };
    }

    private Optional<String> admit(String what, long[] place, byte[] message) throws KeystoreException {
        String hex = Bytes.hex(message);
        JsonNode former = last.path(what);
        if (former.isObject()) {
            int order = 0;
            for (int i = 0; i < place.length && order == 0; i++) {
                order = Long.compare(place[i], former.path("place").path(i).asLong());
            }
            if (order < 0 || order == 0 && !former.path("message").asText().equals(hex)) {
                return Optional.of(what + " was signed at " + former.path("place") + " already");
            }
            if (order == 0) {
                return Optional.empty();
            }
        }
        ObjectNode now = last.putObject(what);
        for (long part : place) {
            now.withArray("place").add(part);
        }
        now.put("message", hex);
        write();
        return Optional.empty();
    }

    private void write() throws KeystoreException {
        try {
            Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
            try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                out.write(ByteBuffer.wrap(JSON.writeValueAsString(last).getBytes(StandardCharsets.UTF_8)));
                out.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new KeystoreException("cannot write the signing history " + file, e);
        }
    }
}
