package io.vilokanam.node.cli.tick;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.vilokanam.scale.U128;

/** Gives to a stream. */
@Command(name = "tip", mixinStandardHelpOptions = true, description = "Give something to the payees of a stream; the platform gets five in a hundred of it.")
final class TipCommand extends SignedCommand {

    @Option(names = "--stream", required = true, paramLabel = "N", description = "The stream's number.")
    private long stream;

    @Option(names = "--amount", required = true, paramLabel = "AMOUNT", description = "VLK like 0.5, or plancks.")
    private String amount;

    @Override
    void send() throws TickFailure {
        U128 plancks = Vlk.parse(amount);
        send((_, _) -> TickCalls.tip(stream, plancks),
                "gave " + Vlk.format(plancks) + " to stream " + stream);
    }
}
