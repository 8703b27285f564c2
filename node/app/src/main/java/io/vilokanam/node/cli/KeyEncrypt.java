package io.vilokanam.node.cli;

import java.security.SecureRandom;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Encrypts the files of a keystore, each as a whole. */
@Command(name = "encrypt", mixinStandardHelpOptions = true, description = "Encrypt all files of a keystore with the passphrase.")
final class KeyEncrypt implements Callable<Integer> {

    @Mixin
    private SharedOptions shared;

    @Mixin
    private KeystoreOptions keystore;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        int count = keystore.open(keystore.folderOr(shared, shared.spec(new Chains())), new SecureRandom())
                .rewrite(true);
        command.commandLine().getOut().println("Encrypted " + count + " keys.");
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
