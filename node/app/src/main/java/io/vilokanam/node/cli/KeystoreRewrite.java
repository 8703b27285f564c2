package io.vilokanam.node.cli;

import java.security.SecureRandom;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the files of a keystore again, each as a whole. */
abstract class KeystoreRewrite implements Callable<Integer> {

    @Mixin
    private SharedOptions shared;

    @Mixin
    private KeystoreOptions keystore;

    @Spec
    private CommandSpec command;

    private final boolean isEncrypting;

    KeystoreRewrite(boolean isEncrypting) {
        this.isEncrypting = isEncrypting;
    }

    @Override
    public final Integer call() throws Exception {
        int count = keystore.open(keystore.folderOr(shared, shared.spec(new Chains())), new SecureRandom())
                .rewrite(isEncrypting);
        command.commandLine().getOut().println((isEncrypting ? "Encrypted " : "Decrypted ") + count + " keys.");
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
