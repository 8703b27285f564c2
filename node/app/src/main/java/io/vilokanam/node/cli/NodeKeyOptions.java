package io.vilokanam.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

import picocli.CommandLine.Option;

import io.vilokanam.node.service.NodeIdentity;

/** The key by which peers know a node, as in sc-cli. */
final class NodeKeyOptions {

    @Option(names = "--node-key", paramLabel = "KEY", description = "The node's secret key on the network, 64 hex digits. "
            + "Others who use the machine can read it: better keep it in a file.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--node-key-type", paramLabel = "TYPE", completionCandidates = Choices.NodeKey.class, description = "The "
            + "kind of that key: ed25519, the only one there is. Default: ed25519.")
    private Optional<String> type = Optional.empty();

    @Option(names = "--node-key-file", paramLabel = "FILE", description = "A file that holds it, as 32 bytes or in hex; made "
            + "where there is none. Default: network/secret_ed25519 in the chain's folder.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--unsafe-force-node-key-generation", description = "Let a validator make itself a new key where it "
            + "has none: those who know it by the former key no longer find it.")
    private boolean isForced;

    /** The identity that was named; empty where it is the one of the chain's folder. */
    Optional<NodeIdentity> given(RandomGenerator random) throws UsageException, IOException {
        if (key.isPresent()) {
            Optional<NodeIdentity> identity = NodeIdentity.ofHex(key.get());
            if (identity.isEmpty()) {
                throw new UsageException("Invalid node key: expected 64 hex digits");
            }
            return identity;
        }
        return file.isPresent() ? Optional.of(NodeIdentity.inFileOrNew(file.get(), random)) : Optional.empty();
    }

    /** Refuses a validator that would begin with a new key, as stock nodes do. */
    void requireKeyOfValidator(Path chainFolder) throws UsageException {
        Path own = file.orElseGet(() -> chainFolder.resolve("network").resolve(NodeIdentity.FILE));
        if (key.isEmpty() && !isForced && !Files.exists(own)) {
            throw new UsageException(
                    "NetworkKeyNotFound(\"" + own + "\"): make one with 'key generate-node-key', or let "
                            + "the validator do so with --unsafe-force-node-key-generation");
        }
    }
}
