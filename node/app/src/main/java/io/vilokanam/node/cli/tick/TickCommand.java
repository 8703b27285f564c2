package io.vilokanam.node.cli.tick;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Streams and viewing sessions from the command line. */
@Command(name = "tick", mixinStandardHelpOptions = true, description = "Offer streams, watch them, and see what was paid.", subcommands = {
        CreateStreamCommand.class, WatchCommand.class, ShowCommand.class, FollowCommand.class, TipCommand.class,
        TiersCommand.class, SubscribeCommand.class, SponsorCommand.class, EndSponsorshipCommand.class,
        LimitCommand.class})
public final class TickCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(),
                "tick: say what to do: create-stream, watch, show, follow, tip,"
                        + " tiers, subscribe, sponsor, end-sponsorship or limit");
    }

    /** The body of a command. */
    @FunctionalInterface
    interface Action {
        void run() throws TickFailure;
    }

    /** Runs a command: 0 where it worked; else says why on the error stream. */
    static int run(CommandSpec spec, Action action) {
        try {
            action.run();
            return 0;
        } catch (TickFailure failure) {
            spec.commandLine().getErr().println("Error: " + failure.getMessage());
            return 1;
        }
    }
}
