package io.vilokanam.node.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.scale.Bytes;

/** Puts a key into a chain's keystore. */
@Command(name = "insert", mixinStandardHelpOptions = true, description = "Insert a key into the keystore of a chain.")
final class KeyInsert implements Callable<Integer> {

    @Option(names = "--key-type", required = true, paramLabel = "TYPE", description = "Four characters: aura, gran or tick.")
    private String type;

    @Option(names = "--suri", paramLabel = "URI", description = "The secret URI; asked for where it is left out.")
    private Optional<String> suri = Optional.empty();

    @Option(names = "--keystore-path", paramLabel = "PATH", description = "Default: keystore in the chain's folder.")
    private Optional<Path> keystore = Optional.empty();

    @Mixin
    private SharedOptions shared;

    @Mixin
    private KeyOptions options;

    @Override
    public Integer call() throws Exception {
        if (type.length() != 4) {
            throw new UsageException("--key-type " + type + ": expected four characters");
        }
        String secret = suri.isPresent() ? suri.get() : ask();
        Path folder = keystore.isPresent() ? keystore.get()
                : shared.folder(shared.spec(new Chains())).resolve("keystore");
        Keystore.inFolder(folder, options.password(), new SecureRandom()).insert(new KeyTypeId(type), secret,
                Bytes.wrap(options.pair(secret).publicKey()));
        return CommandLine.ExitCode.OK;
    }

    private static String ask() throws IOException, UsageException {
        System.err.print("URI: ");
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new UsageException("no secret URI was given");
        }
        return line.strip();
    }
}
