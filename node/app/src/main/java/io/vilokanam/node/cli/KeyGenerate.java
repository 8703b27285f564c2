package io.vilokanam.node.cli;

import java.security.SecureRandom;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.crypto.keys.Bip39;

/** Makes a secret phrase and shows what follows from it. */
@Command(name = "generate", mixinStandardHelpOptions = true, description = "Generate a random account.")
final class KeyGenerate implements Callable<Integer> {

    @Option(names = {"-w", "--words"}, paramLabel = "WORDS", description = "12, 15, 18, 21 or 24. Default: 12.")
    private int words = 12;

    @Mixin
    private KeyOptions options;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        if (words % 3 != 0 || words < 12 || words > 24) {
            throw new UsageException("Invalid number of words given for phrase: must be 12/15/18/21/24");
        }
        byte[] entropy = new byte[words / 3 * 4];
        new SecureRandom().nextBytes(entropy);
        command.commandLine().getOut().println(options.describe(Bip39.phrase(entropy)));
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
