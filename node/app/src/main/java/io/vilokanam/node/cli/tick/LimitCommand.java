package io.vilokanam.node.cli.tick;

import java.util.Optional;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.vilokanam.scale.U128;

/** Sets an own spending limit. */
@Command(name = "limit", mixinStandardHelpOptions = true, description = "Limit what the signer can spend on streams in a day. A lower limit holds at once, a higher one or none a day later.")
final class LimitCommand extends SignedCommand {

    @Option(names = "--amount", paramLabel = "AMOUNT", description = "VLK like 2, or plancks; without it there is no limit.")
    private Optional<String> amount = Optional.empty();

    @Override
    void send() throws TickFailure {
        Optional<U128> limit = amount.isPresent() ? Optional.of(Vlk.parse(amount.get())) : Optional.empty();
        send((_, _) -> TickCalls.setSpendingLimit(limit), "asked for "
                + limit.map(plancks -> "a limit of " + Vlk.format(plancks) + " a day").orElse("no limit"));
    }
}
