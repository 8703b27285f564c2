package io.vilokanam.node.cli;

import java.nio.file.Files;
import java.nio.file.Path;
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

/** Writes a chain spec as it is, without a boot node that it does not name. */
@Command(name = "export-chain-spec", mixinStandardHelpOptions = true, description = "Export a chain spec as JSON.")
final class ExportChainSpec implements Callable<Integer> {

    @Option(names = "--raw", description = "Spell out the genesis state.")
    private boolean isRaw;

    @Option(names = "--output", paramLabel = "OUTPUT", description = "The file; standard output if left out.")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private SharedOptions shared;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        Chains chains = new Chains();
        ChainSpec spec = shared.spec(chains);
        String json = ChainSpecJson.write(isRaw ? chains.raw(spec) : spec);
        if (output.isPresent()) {
            Files.writeString(output.get(), json);
            command.commandLine().getOut().println("Exported chain spec to " + output.get());
        } else {
            command.commandLine().getOut().print(json);
        }
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
