package io.vilokanam.node.cli.tick;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Tier;

/** Says what subscriptions a creator offers. */
@Command(name = "tiers", mixinStandardHelpOptions = true, description = "Set what subscriptions to a stream can be bought; none for none.")
final class TiersCommand extends SignedCommand {

    @Option(names = "--stream", required = true, paramLabel = "N", description = "The stream's number.")
    private long stream;

    @Option(names = "--tier", paramLabel = "PRICE:DAYS:PERCENT", description = "A tier: its price, how many days it lasts, and by how many percent it lowers the rate; repeat it, at most 8 times.")
    private List<String> tiers = new ArrayList<>();

    @Override
    void send() throws TickFailure {
        List<Tier> offered = new ArrayList<>();
        for (String text : tiers) {
            offered.add(tier(text));
        }
        send((_, _) -> TickCalls.setTiers(stream, offered),
                "offers " + offered.size() + " tiers for stream " + stream);
    }

    /** Reads {@code PRICE:DAYS:PERCENT}; percents may have 4 decimals. */
    static Tier tier(String text) throws TickFailure {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || !parts[1].matches("[0-9]{1,3}") || !parts[2].matches("[0-9]{1,2}(\\.[0-9]{1,4})?")) {
            throw new TickFailure("--tier \"" + text + "\": expected PRICE:DAYS:PERCENT, e.g. 2.5:30:40");
        }
        long discount = new BigDecimal(parts[2]).movePointRight(4).longValueExact();
        return new Tier(Vlk.parse(parts[0]), Long.parseLong(parts[1]), new Permill(discount));
    }

    /** A tier in words, and as it is given on the command line. */
    static String describe(Tier tier) {
        return Vlk.format(tier.price()) + " for " + tier.days() + " days at "
                + ShowCommand.percent(tier.discount().parts()) + " less";
    }
}
