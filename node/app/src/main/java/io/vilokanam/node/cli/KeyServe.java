package io.vilokanam.node.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vilokanam.node.keystore.KeystoreLock;
import io.vilokanam.node.keystore.SignerAddress;
import io.vilokanam.node.keystore.SignerServer;
import io.vilokanam.node.log.NodeLog;

/** Signs for a node that runs elsewhere, with the keys of a keystore, and never two things where one is allowed. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Sign for a validator that is started with "
        + "--remote-signer, so that it does not hold its keys. A slot is sealed once, and votes of a round are given once.")
final class KeyServe implements Callable<Integer> {

    @Option(names = "--listen", required = true, paramLabel = "ADDRESS", description = "unix:PATH, for the owner alone, or "
            + "tcp:HOST:PORT, which everybody who reaches it may use.")
    private String listen;

    @Option(names = "--history", paramLabel = "FILE", description = "Where is kept what was signed. Default: "
            + ".signed.json in the keystore.")
    private Optional<Path> history = Optional.empty();

    @Mixin
    private SharedOptions shared;

    @Mixin
    private KeystoreOptions keystore;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        SignerAddress address = SignerAddress.parse(listen).orElseThrow(() -> new UsageException(
                "--listen " + listen + ": expected unix:PATH or tcp:HOST:PORT"));
        Path folder = keystore.folderOr(shared, shared.spec(new Chains()));
        try (KeystoreLock _ = KeystoreLock.take(folder);
                SignerServer server = new SignerServer(keystore.open(folder, new SecureRandom()),
                        history.orElseGet(() -> folder.resolve(".signed.json")), address)) {
            new NodeLog().note("Signing for those who connect to " + address.text());
            server.run();
        }
        return CommandLine.ExitCode.OK;
    }
}
