package io.vilokanam.node.cli;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainSpecJson;
import io.vilokanam.node.service.NodeIdentity;

/** Prints a chain spec. */
@Command(name = "build-spec", mixinStandardHelpOptions = true, description = "Print a chain spec as JSON.")
final class BuildSpec implements Callable<Integer> {

    @Option(names = "--raw", description = "Spell out the genesis state.")
    private boolean isRaw;

    @Option(names = "--disable-default-bootnode", description = "Leave the boot nodes empty where the chain has none, instead of naming this node.")
    private boolean isWithoutBootNode;

    @Mixin
    private SharedOptions shared;

    @Mixin
    private NodeKeyOptions nodeKey;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        Chains chains = new Chains();
        ChainSpec spec = shared.spec(chains);
        if (spec.bootNodes().isEmpty() && !isWithoutBootNode) {
            SecureRandom random = new SecureRandom();
            Optional<NodeIdentity> given = nodeKey.given(random);
            NodeIdentity identity = given.isPresent() ? given.get()
                    : NodeIdentity.inFolder(shared.folder(spec).resolve("network"), random);
            spec = spec.withBootNodes(List.of("/ip4/127.0.0.1/tcp/30333/p2p/" + identity.peerId()));
        }
        command.commandLine().getOut().print(ChainSpecJson.write(isRaw ? chains.raw(spec) : spec));
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
