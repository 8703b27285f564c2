package io.vilokanam.node.cli;

import java.security.SecureRandom;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Decrypts the files of a keystore, each as a whole. */
@Command(name = "decrypt", mixinStandardHelpOptions = true, description = "Decrypt all files of a keystore with the passphrase.")
final class KeyDecrypt implements Callable<Integer> {

    @Mixin
    private SharedOptions shared;

    @Mixin
    private KeystoreOptions keystore;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        int count = keystore.open(keystore.folderOr(shared, shared.spec(new Chains())), new SecureRandom())
                .rewrite(false);
        command.commandLine().getOut().println("Decrypted " + count + " keys.");
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
