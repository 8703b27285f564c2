package io.vilokanam.node.cli.tick;

import java.io.Console;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.scale.U128;

/** Watches a stream: pays second by second, then closes and shows the receipt. */
@Command(name = "watch", mixinStandardHelpOptions = true, description = "Watch a stream: open a session, pay each second by a word, close, and show the receipt.")
final class WatchCommand implements Callable<Integer> {

    /** A day: a session of that length expires anyway. */
    private static final int SECONDS_MAX = 86_400;

    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions node;

    @Option(names = "--stream", required = true, paramLabel = "N", description = "The stream's number.")
    private long stream;

    @Option(names = "--seconds", required = true, paramLabel = "S", description = "How long to watch.")
    private int seconds;

    @Option(names = "--deposit", paramLabel = "AMOUNT", description = "What to put into escrow: VLK like 0.05, or plancks (default: the price of the seconds and a little more).")
    private Optional<String> deposit = Optional.empty();

    @Option(names = "--sponsorship", paramLabel = "N", description = "Whose sponsorship pays the first ticks; see: vilokanam tick show --stream N.")
    private Optional<Long> sponsorship = Optional.empty();

    @Option(names = "--given-by", paramLabel = "SURI", description = "Somebody else's secret URI, who opens and pays the session and gets back what is left.")
    private Optional<String> giver = Optional.empty();

    @Option(names = "--no-wait", description = "Leave once all is settled; the refund comes when the challenge window ends.")
    private boolean leavesEarly;

    @Option(names = "--suri", required = true, paramLabel = "SURI", description = "The viewer's secret URI, e.g. //Charlie.")
    private String suri;

    @Override
    public Integer call() {
        return TickCommand.run(spec, this::watch);
    }

    private void watch() throws TickFailure {
        if (seconds < 1 || seconds > SECONDS_MAX) {
            throw new TickFailure("--seconds " + seconds + ": expected 1 to " + SECONDS_MAX);
        }
        if (stream < 0) {
            throw new TickFailure("--stream " + stream + ": expected 0 or more");
        }
        Optional<U128> escrow = deposit.isPresent() ? Optional.of(Vlk.parse(deposit.get())) : Optional.empty();
        if (sponsorship.isPresent() && giver.isPresent()) {
            throw new TickFailure("--sponsorship and --given-by: a gift has no sponsor");
        }
        Signer viewer = Signer.of(suri);
        Optional<Signer> payer = giver.isPresent() ? Optional.of(Signer.of(giver.get())) : Optional.empty();
        PrintWriter out = spec.commandLine().getOut();
        try (HttpNodeRpc rpc = node.connect()) {
            Console console = System.console();
            Screen screen = new Screen(out, console != null && console.isTerminal());
            Receipt receipt = new Viewing(new ChainClient(rpc, Pace.system()), screen, viewer,
                    new Viewing.Order(stream, seconds, escrow, !leavesEarly, sponsorship, payer), new SecureRandom())
                    .run();
            receipt.lines().forEach(screen::line);
        }
    }
}
