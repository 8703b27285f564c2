package io.vilokanam.node.cli.tick;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.U128;

/** Shows streams and sessions as they are now. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Show a stream, a session, or without options the streams that there are.")
final class ShowCommand implements Callable<Integer> {

    private static final long STREAMS_SHOWN_MAX = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions node;

    @Option(names = "--stream", paramLabel = "N", description = "The stream's number.")
    private Optional<Long> stream = Optional.empty();

    @Option(names = "--session", paramLabel = "N", description = "The session's number.")
    private Optional<Long> session = Optional.empty();

    @Override
    public Integer call() {
        return TickCommand.run(spec, this::show);
    }

    private void show() throws TickFailure {
        PrintWriter out = spec.commandLine().getOut();
        try (HttpNodeRpc rpc = node.connect()) {
            if (stream.isPresent()) {
                JsonNode found = rpc.call("tickStream_v1_stream", stream.get());
                out.println(found.isNull() ? "There is no stream " + stream.get() + "." : describeStream(found));
                showPatronage(new ChainClient(rpc, Pace.system()), stream.get(), out);
            }
            if (session.isPresent()) {
                JsonNode found = rpc.call("tickStream_v1_session", session.get());
                out.println(found.isNull() ? "There is no session " + session.get() + ": it is over, or never was."
                        : describeSession(found));
            }
            if (stream.isEmpty() && session.isEmpty()) {
                showStreams(rpc, out);
            }
        }
    }

    /** What subscriptions can be bought, and who sponsors. */
    private static void showPatronage(ChainClient chain, long stream, PrintWriter out) throws TickFailure {
        Hash best = chain.best().hash();
        List<Tier> tiers = chain.tiers(best, stream);
        for (int i = 0; i < tiers.size(); i++) {
            out.println("  tier " + (i + 1) + ": " + TiersCommand.describe(tiers.get(i)));
        }
        for (Map.Entry<Long, Sponsorship> one : chain.sponsorships(best, stream)) {
            Sponsorship.Terms terms = one.getValue().terms();
            out.println("  sponsorship " + one.getKey() + ": the first " + terms.ticks() + " ticks of "
                    + terms.viewersADay() + " viewers a day, up to " + Vlk.format(terms.maxRate()) + " each; "
                    + Vlk.format(one.getValue().left()) + " left");
        }
    }

    private static void showStreams(NodeRpc rpc, PrintWriter out) throws TickFailure {
        for (long id = 0; id < STREAMS_SHOWN_MAX; id++) {
            JsonNode found = rpc.call("tickStream_v1_stream", id);
            if (found.isNull()) {
                out.println(id == 0 ? "There are no streams yet; offer one with: vilokanam tick create-stream" : id
                        + (id == 1 ? " stream." : " streams."));
                return;
            }
            out.println(describeStream(found));
        }
        out.println("... and perhaps more; see one with --stream N.");
    }

    static String describeStream(JsonNode stream) {
        StringBuilder text = new StringBuilder("Stream " + stream.path("stream").asText() + " "
                + stream.path("title") + (stream.path("active").asBoolean() ? "" : ", takes no new sessions")
                + "\n  rate "
                + vlk(stream, "rate") + " a tick, " + stream.path("freeTicks").asText() + " ticks free\n  creator "
                + stream.path("creator").asText());
        for (JsonNode payee : stream.path("payees")) {
            text.append("\n  pays ").append(payee.path("account").asText()).append(' ')
                    .append(percent(payee.path("share").longValue()));
        }
        return text.toString();
    }

    static String describeSession(JsonNode session) {
        boolean isOpen = session.path("status").asText().equals("open");
        return "Session " + session.path("session").asText() + " of stream " + session.path("stream").asText() + ", "
                + (isOpen ? "open, expires at block " : "closing, ends at block ") + session.path("until").asText()
                + "\n  viewer " + session.path("viewer").asText() + "\n  rate " + vlk(session, "rate")
                + " a tick, of which the platform gets " + percent(session.path("fee").longValue()) + "\n  paid "
                + session.path("paidTicks").asText() + " ticks, settled " + session.path("settledTicks").asText()
                + " of at most " + session.path("maxTicks").asText() + "\n  settled " + vlk(session, "charged")
                + ", of which the platform got " + vlk(session, "feeTaken") + "\n  in escrow " + vlk(session, "escrow")
                + ", left beyond the words released " + vlk(session, "left")
                + (session.path("payer").equals(session.path("viewer")) ? ""
                        : "\n  paid by " + session.path("payer").asText())
                + (session.path("sponsoredTicks").asLong() == 0 ? ""
                        : "\n  the first " + session.path("sponsoredTicks").asText() + " ticks are a sponsor's");
    }

    private static String vlk(JsonNode object, String name) {
        return Vlk.format(U128.parse(object.path(name).asText()));
    }

    /** Parts of a million. */
    static String percent(long parts) {
        return BigDecimal.valueOf(parts, 4).stripTrailingZeros().toPlainString() + " %";
    }
}
