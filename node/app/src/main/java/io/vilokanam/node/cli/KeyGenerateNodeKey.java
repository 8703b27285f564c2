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
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.service.NodeIdentity;
import io.vilokanam.scale.Bytes;

/** Makes a node's secret network key; the peer id goes to standard error. */
@Command(name = "generate-node-key", mixinStandardHelpOptions = true, description = "Generate a random node key and print its peer id.")
final class KeyGenerateNodeKey implements Callable<Integer> {

    @Option(names = "--file", paramLabel = "FILE", description = "Where to write the key; standard output if left out.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--bin", description = "Write 32 bytes instead of hex.")
    private boolean isBinary;

    @Option(names = "--chain", paramLabel = "CHAIN_SPEC", description = "The chain in whose folder the key is kept.")
    private Optional<String> chain = Optional.empty();

    @Option(names = "--base-path", paramLabel = "BASE_PATH", description = "Write the key where a node of that base path "
            + "looks for it.")
    private Optional<Path> basePath = Optional.empty();

    @Option(names = "--default-base-path", description = "Write it where a node without --base-path looks for it.")
    private boolean isDefaultBase;

    @Override
    public Integer call() throws Exception {
        byte[] seed = new byte[Ed25519KeyPair.SEED];
        new SecureRandom().nextBytes(seed);
        byte[] content = isBinary ? seed : Bytes.ascii(Bytes.hex(seed).substring(2)).toArray();
        Optional<Path> place = place();
        if (place.isPresent()) {
            if (file.isEmpty() && Files.exists(place.get())) {
                throw new UsageException("KeyAlreadyExistsInPath(\"" + place.get() + "\")");
            }
            NodeIdentity.write(place.get(), content);
        } else {
            System.out.write(content);
            System.out.flush();
        }
        System.err.println(NodeIdentity.ofSeed(seed).peerId());
        return CommandLine.ExitCode.OK;
    }

    /** The file that was named, which is overwritten as stock nodes do, or that of a chain; empty: standard output. */
    private Optional<Path> place() throws ChainSpecException {
        if (file.isPresent() || basePath.isEmpty() && !isDefaultBase) {
            return file;
        }
        String id = new Chains().load(chain.orElse("")).id();
        return Optional.of(SharedOptions.folder(basePath, id).resolve("network").resolve(NodeIdentity.FILE));
    }
}
