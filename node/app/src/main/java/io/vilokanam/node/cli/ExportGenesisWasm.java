package io.vilokanam.node.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.vilokanam.node.chainspec.Genesis;
import io.vilokanam.primitives.wellknown.WellKnownKeys;
import io.vilokanam.scale.Bytes;

/** Writes the code that a chain begins with: what is given to {@code system.setCode} where another chain becomes like it. */
@Command(name = "export-genesis-wasm", mixinStandardHelpOptions = true, description = "Print the runtime code of a chain's genesis, in hex.")
final class ExportGenesisWasm implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "OUTPUT", description = "The file; standard output if there is none.")
    private Optional<Path> output = Optional.empty();

    @Option(names = {"-r", "--raw"}, description = "Write the bytes themselves, which needs OUTPUT.")
    private boolean isRaw;

    @Mixin
    private SharedOptions shared;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        Bytes code = code(shared.rawSpec(new Chains()).genesis());
        if (isRaw) {
            Files.write(output.orElseThrow(() -> new UsageException("--raw needs the name of an output file")),
                    code.toArray());
        } else if (output.isPresent()) {
            Files.writeString(output.get(), code.hex());
        } else {
            PrintWriter out = command.commandLine().getOut();
            out.println(code.hex());
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }

    private static Bytes code(Genesis genesis) {
        return switch (genesis) {
            case Genesis.Raw(var top, _) -> top.get(WellKnownKeys.CODE);
            case Genesis.ByRuntime(var code, _, _) -> code;
        };
    }
}
