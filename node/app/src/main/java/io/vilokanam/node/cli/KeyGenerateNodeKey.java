package io.vilokanam.node.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.vilokanam.crypto.ed25519.Ed25519KeyPair;
import io.vilokanam.node.service.NodeIdentity;
import io.vilokanam.scale.Bytes;

/** Makes a node's secret network key; the peer id goes to standard error. */
@Command(name = "generate-node-key", mixinStandardHelpOptions = true, description = "Generate a random node key and print its peer id.")
final class KeyGenerateNodeKey implements Callable<Integer> {

    @Option(names = "--file", paramLabel = "FILE", description = "Where to write the key; standard output if left out.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--bin", description = "Write 32 bytes instead of hex.")
    private boolean isBinary;

    @Override
    public Integer call() throws Exception {
        byte[] seed = new byte[Ed25519KeyPair.SEED];
        new SecureRandom().nextBytes(seed);
        byte[] content = isBinary ? seed : Bytes.ascii(Bytes.hex(seed).substring(2)).toArray();
        if (file.isPresent()) {
            if (Files.exists(file.get())) {
                throw new UsageException("there is a key in " + file.get() + " already");
            }
            Files.write(file.get(), content);
        } else {
            System.out.write(content);
            System.out.flush();
        }
        System.err.println(NodeIdentity.ofSeed(seed).peerId());
        return CommandLine.ExitCode.OK;
    }
}
