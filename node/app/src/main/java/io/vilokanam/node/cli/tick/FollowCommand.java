package io.vilokanam.node.cli.tick;

import java.io.Console;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.U128;

/** Shows a creator what a stream earns, as it happens. */
@Command(name = "follow", mixinStandardHelpOptions = true, description = "Follow a stream: who pays, what was paid and what is settled, second by second.")
final class FollowCommand implements Callable<Integer> {

    private static final U128 MILLION = U128.of(1_000_000);

    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions node;

    @Option(names = "--stream", required = true, paramLabel = "N", description = "The stream's number.")
    private long stream;

    @Option(names = "--news", paramLabel = "COUNT", description = "Stop after so many lines of news (default: go on).")
    private Optional<Integer> items = Optional.empty();

    @Override
    public Integer call() {
        return TickCommand.run(spec, this::follow);
    }

    private void follow() throws TickFailure {
        Console console = System.console();
        Screen screen = new Screen(spec.commandLine().getOut(), console != null && console.isTerminal());
        try (HttpNodeRpc rpc = node.connect()) {
            JsonNode found = rpc.call("tickStream_v1_stream", stream);
            if (found.isNull()) {
                throw new TickFailure("there is no stream " + stream + "; see: vilokanam tick show");
            }
            screen.line("Following stream " + stream + " at " + Vlk.format(U128.parse(found.path("rate").asText()))
                    + " a tick. The platform's share is in all sums. Ctrl+C ends it.");
            ChainClient chain = new ChainClient(rpc, Pace.system());
            Permill fee = chain.settings(chain.best().hash()).fee();
            StreamEvents events = events(rpc);
            try (Subscription news = new Subscription(rpc.url(), "tickStream_v1_followStream", stream);
                    Subscription blocks = new Subscription(rpc.url(), "state_subscribeStorage",
                            List.of(StreamEvents.KEY.hex()))) {
                Thread.ofVirtual().start(() -> tell(screen, events, blocks, fee));
                for (int seen = 0; seen < items.orElse(Integer.MAX_VALUE); seen++) {
                    JsonNode progress = news.next();
                    ended(screen, progress);
                    screen.progress(line(progress, fee.parts()));
                }
            }
        }
    }

    private static StreamEvents events(HttpNodeRpc rpc) throws TickFailure {
        try {
            return StreamEvents.of(Bytes.fromHex(rpc.call("state_getMetadata").asText()).view());
        } catch (ScaleException e) {
            throw new TickFailure("the node's metadata cannot be read: " + e.getMessage());
        }
    }

    /** Tells tips and subscriptions of each block, as long as the node is there: that it is gone the other subscription says. */
    private void tell(Screen screen, StreamEvents events, Subscription blocks, Permill fee) {
        try {
            blocks.next();
            while (true) {
                byte[] stored = Bytes.fromHex(blocks.next().path("changes").path(0).path(1).asText()).view();
                events.read(stored, stream, fee).forEach(screen::line);
            }
        } catch (ScaleException e) {
            screen.line(
                    "  tips and subscriptions are told no more: the runtime is another one (" + e.getMessage() + ")");
        } catch (TickFailure e) {
            screen.line("  tips and subscriptions are told no more: " + e.getMessage());
        }
    }

    /** Sessions that close or are over are told in lines of their own. */
    private static void ended(Screen screen, JsonNode progress) {
        for (JsonNode session : progress.path("sessions")) {
            if (!session.path("status").asText().equals("open")) {
                screen.line("  session " + session.path("session").asText() + " " + session.path("status").asText()
                        + ": paid "
                        + session.path("paidTicks").asText() + " ticks, settled "
                        + session.path("settledTicks").asText());
            }
        }
    }

    /** {@code fee}: parts of a million of what new sessions pay. */
    static String line(JsonNode progress, long fee) {
        U128 paid = U128.parse(progress.path("paid").asText());
        U128 own = paid.minus(paid.scaledBy(U128.of(fee), MILLION));
        return "  " + progress.path("paying").asText() + " paying | " + progress.path("paidTicks").asText()
                + " s | paid "
                + Vlk.number(paid) + ", yours " + Vlk.number(own) + " | settled "
                + Vlk.format(U128.parse(progress.path("settled").asText()));
    }
}
