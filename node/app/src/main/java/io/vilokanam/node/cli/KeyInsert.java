package io.vilokanam.node.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.scale.Bytes;

/** Puts a key into a chain's keystore. */
@Command(name = "insert", mixinStandardHelpOptions = true, description = "Insert a key into the keystore of a chain.")
final class KeyInsert implements Callable<Integer> {

    @Option(names = "--key-type", required = true, paramLabel = "TYPE", description = "Four characters: aura, gran or tick.")
    private String type;

    @Option(names = "--suri", paramLabel = "URI", description = "The secret URI, or a file that holds it; asked for where it is left out.")
    private Optional<String> suri = Optional.empty();

    @Mixin
    private SharedOptions shared;

    @Mixin
    private KeyOptions options;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        if (!command.commandLine().getParseResult().hasMatchedOption("--scheme")) {
            throw new CommandLine.MissingParameterException(command.commandLine(), command.findOption("--scheme"),
                    "no scheme");
        }
        if (type.length() != 4) {
            throw new UsageException("--key-type " + type + ": expected four characters");
        }
        String secret = KeyOptions.readOrAsk(suri, "URI: ");
        Path folder = options.keystore().folder().isPresent() ? options.keystore().folder().get()
                : options.keystore().folderOr(shared, shared.spec(new Chains()));
        Optional<String> password = options.keystore().password();
        Bytes publicKey = Bytes.wrap(SecretUri.parse(secret).keyPair(options.scheme(), password).publicKey());
        options.keystore().open(folder, new SecureRandom()).insert(new KeyTypeId(type), secret, publicKey);
        return CommandLine.ExitCode.OK;
    }
}
