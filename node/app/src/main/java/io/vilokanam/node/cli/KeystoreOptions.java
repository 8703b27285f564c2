package io.vilokanam.node.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import picocli.CommandLine.Option;

import io.vilokanam.node.chainspec.ChainSpec;

/** Where keys are kept, and the password that belongs to their secret URIs, as in sc-cli. */
final class KeystoreOptions {

    @Option(names = "--keystore-path", paramLabel = "PATH", description = "Default: keystore in the chain's folder.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--password", paramLabel = "PASSWORD", description = "The password in the keystore's secret URIs. It is "
            + "part of each key and encrypts nothing.")
    private Optional<String> password = Optional.empty();

    @Option(names = "--password-interactive", description = "Ask for that password.")
    private boolean isAsked;

    @Option(names = "--password-filename", paramLabel = "PATH", description = "A file that holds it; a line end at its end "
            + "is part of it.")
    private Optional<Path> file = Optional.empty();

    Optional<Path> folder() {
        return folder;
    }

    /** The folder that was named, or that of the chain. */
    Path folderOr(SharedOptions shared, ChainSpec spec) {
        return folder.orElseGet(() -> shared.folder(spec).resolve("keystore"));
    }

    /** What was given in any of the ways. */
    Optional<String> password() throws IOException, UsageException {
        if (isAsked) {
            return Optional.of(ask("Keystore password: "));
        }
        return file.isPresent() ? Optional.of(Files.readString(file.get())) : password;
    }

    /** Reads a line from the terminal without showing it. */
    static String ask(String prompt) throws UsageException {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        if (typed == null) {
            throw new UsageException(prompt.strip() + " there is no terminal to ask on");
        }
        return new String(typed);
    }
}
