package io.vilokanam.node.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainSpecJson;

/** Prints a chain spec. */
@Command(name = "build-spec", aliases = "export-chain-spec", mixinStandardHelpOptions = true, description = "Print a chain spec as JSON.")
final class BuildSpec implements Callable<Integer> {

    @Option(names = "--raw", description = "Spell out the genesis state.")
    private boolean isRaw;

    @Option(names = "--disable-default-bootnode", description = "Taken and without effect: no boot node is ever added.")
    private boolean isWithoutBootNode;

    @Mixin
    private SharedOptions shared;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        Chains chains = new Chains();
        ChainSpec spec = shared.spec(chains);
        command.commandLine().getOut().print(ChainSpecJson.write(isRaw ? chains.raw(spec) : spec));
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
