package io.vilokanam.node.cli.tick;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.scale.U128;

/** Gives to a stream. */
@Command(name = "tip", mixinStandardHelpOptions = true, description = "Give something to the payees of a stream; the platform gets five in a hundred of it.")
final class TipCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SigningOptions signing;

    @Option(names = "--stream", required = true, paramLabel = "N", description = "The stream's number.")
    private long stream;

    @Option(names = "--amount", required = true, paramLabel = "AMOUNT", description = "VLK like 0.5, or plancks.")
    private String amount;

    @Override
    public Integer call() {
        return TickCommand.run(spec, this::send);
    }

    private void send() throws TickFailure {
        U128 plancks = Vlk.parse(amount);
        signing.send(spec, (_, _) -> TickCalls.tip(stream, plancks),
                "gave " + Vlk.format(plancks) + " to stream " + stream);
    }
}
