package io.vilokanam.node.cli.tick;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends a sponsorship. */
@Command(name = "end-sponsorship", mixinStandardHelpOptions = true, description = "Take back what a sponsorship has not set aside for sessions.")
final class EndSponsorshipCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SigningOptions signing;

    @Option(names = "--sponsorship", required = true, paramLabel = "N", description = "The sponsorship's number.")
    private long sponsorship;

    @Override
    public Integer call() {
        return TickCommand.run(spec, this::send);
    }

    private void send() throws TickFailure {
        signing.send(spec, (_, _) -> TickCalls.endSponsorship(sponsorship), "ended sponsorship " + sponsorship);
    }
}
