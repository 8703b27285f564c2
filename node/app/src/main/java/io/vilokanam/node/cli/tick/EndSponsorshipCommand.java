package io.vilokanam.node.cli.tick;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends a sponsorship. */
@Command(name = "end-sponsorship", mixinStandardHelpOptions = true, description = "Take back what a sponsorship has not set aside for sessions.")
final class EndSponsorshipCommand extends SignedCommand {

    @Option(names = "--sponsorship", required = true, paramLabel = "N", description = "The sponsorship's number.")
    private long sponsorship;

    @Override
    void send() throws TickFailure {
        send((_, _) -> TickCalls.endSponsorship(sponsorship), "ended sponsorship " + sponsorship);
    }
}
