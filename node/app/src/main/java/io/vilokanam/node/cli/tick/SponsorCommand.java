package io.vilokanam.node.cli.tick;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.scale.U128;

/** Opens a sponsorship. */
@Command(name = "sponsor", mixinStandardHelpOptions = true, description = "Pay the first ticks of viewers of a stream.")
final class SponsorCommand extends SignedCommand {

    @Option(names = "--stream", required = true, paramLabel = "N", description = "The stream's number.")
    private long stream;

    @Option(names = "--budget", required = true, paramLabel = "AMOUNT", description = "What may be spent in all: VLK like 5, or plancks.")
    private String budget;

    @Option(names = "--ticks", required = true, paramLabel = "N", description = "How many ticks of each viewer are paid, once.")
    private long ticks;

    @Option(names = "--max-rate", required = true, paramLabel = "AMOUNT", description = "The most that a tick may cost.")
    private String maxRate;

    @Option(names = "--viewer-deposit", defaultValue = "0", paramLabel = "AMOUNT", description = "What a viewer must put into escrow besides.")
    private String viewerDeposit;

    @Option(names = "--viewers-a-day", required = true, paramLabel = "N", description = "How many viewers may begin in a day.")
    private long viewersADay;

    @Override
    void send() throws TickFailure {
        if (ticks < 1 || viewersADay < 1) {
            throw new TickFailure("--ticks and --viewers-a-day: expected 1 or more");
        }
        U128 plancks = Vlk.parse(budget);
        Sponsorship.Terms terms = new Sponsorship.Terms(ticks, Vlk.parse(maxRate), Vlk.parse(viewerDeposit),
                viewersADay);
        send((_, _) -> TickCalls.sponsor(stream, plancks, terms),
                "sponsors stream " + stream + " with " + Vlk.format(plancks));
    }
}
