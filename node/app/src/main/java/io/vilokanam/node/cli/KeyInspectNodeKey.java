package io.vilokanam.node.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.vilokanam.node.service.NodeIdentity;
import io.vilokanam.scale.Bytes;

/** Shows the peer id of a node's secret network key. */
@Command(name = "inspect-node-key", mixinStandardHelpOptions = true, description = "Print the peer id of a node key.")
final class KeyInspectNodeKey implements Callable<Integer> {

    @Option(names = "--file", paramLabel = "FILE", description = "The key; standard input if left out.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--bin", description = "The key is 32 bytes instead of hex.")
    private boolean isBinary;

    @Option(names = {"-n", "--network"}, paramLabel = "NETWORK", description = WithoutEffect.MARK
            + "peer ids are the same in all networks.")
    private Optional<String> network = Optional.empty();

    @Override
    public Integer call() throws Exception {
        byte[] content = file.isPresent() ? Files.readAllBytes(file.get()) : System.in.readAllBytes();
        String hex = isBinary ? Bytes.hex(content) : new String(content, StandardCharsets.US_ASCII).strip();
        NodeIdentity identity = NodeIdentity.ofHex(hex)
                .orElseThrow(() -> new UsageException("the node key is not 32 bytes"));
        System.out.println(identity.peerId());
        return CommandLine.ExitCode.OK;
    }
}
