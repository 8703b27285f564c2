package io.vilokanam.node.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

import picocli.CommandLine.Option;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.keystore.KeyCipher;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.rpc.backend.KeystoreException;

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

    @Option(names = "--keystore-passphrase-file", paramLabel = "PATH", description = "A file with the passphrase that "
            + "encrypts what is written to the keystore and opens what is encrypted there; a line end at its end is no "
            + "part of it. Plain files are read all the same.")
    private Optional<Path> passphraseFile = Optional.empty();

    @Option(names = "--keystore-passphrase-interactive", description = "Ask for that passphrase.")
    private boolean isPassphraseAsked;

    /** What encrypts the files of the keystore. */
    Optional<String> passphrase() throws IOException, UsageException {
        if (isPassphraseAsked) {
            return Optional.of(ask("Keystore passphrase: "));
        }
        if (passphraseFile.isEmpty()) {
            return Optional.empty();
        }
        String passphrase = Files.readString(passphraseFile.get()).replaceFirst("\\R$", "");
        if (passphrase.isEmpty()) {
            throw new UsageException(
                    "--keystore-passphrase-file " + passphraseFile.get() + ": the passphrase is empty");
        }
        return Optional.of(passphrase);
    }

    /** The keystore in a folder, with all that was given. */
    Keystore open(Path folder, RandomGenerator random) throws KeystoreException, IOException, UsageException {
        return Keystore.open(new Keystore.Settings(Optional.of(folder), password(),
                passphrase().map(passphrase -> new KeyCipher(passphrase, random)), Optional.empty()), random);
    }

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
