package io.vilokanam.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import picocli.CommandLine.Option;

import io.vilokanam.scale.Bytes;

/** The message that is signed or was signed. */
final class MessageOptions {

    /** What is read from standard input: more is no message. */
    private static final int BYTES_MAX = 64 << 20;

    @Option(names = "--message", paramLabel = "MESSAGE", description = "The message; read from standard input if it is not given.")
    private Optional<String> message = Optional.empty();

    @Option(names = "--hex", description = "The message is written in hex.")
    private boolean isHex;

    byte[] message(InputStream input) throws IOException, UsageException {
        byte[] given;
        if (message.isPresent()) {
            given = message.get().getBytes(StandardCharsets.UTF_8);
        } else {
            given = input.readNBytes(BYTES_MAX + 1);
            if (given.length > BYTES_MAX) {
                throw new UsageException("the message is longer than " + BYTES_MAX + " bytes");
            }
        }
        if (!isHex) {
            return given;
        }
        try {
            return Bytes.fromHex(new String(given, StandardCharsets.UTF_8).strip()).toArray();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--hex: the message is no hex: " + e.getMessage());
        }
    }
}
