package io.vilokanam.node.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import io.vilokanam.node.network.address.AddressException;
import io.vilokanam.node.network.address.Multiaddr;
import io.vilokanam.rpc.server.IpNetwork;

/** What flags take beside words and numbers: what is none ends the program with 2 before it does anything, as with stock nodes. */
final class FlagValues {

    private static final int RUNTIME_INSTANCES_MAX = 32;

    /** For each flag what says why a value is none. */
    private static final Map<String, Function<String, Optional<String>>> CHECKS = Map.of("--listen-addr",
            text -> address(text, false), "--public-addr", text -> address(text, false), "--bootnodes",
            text -> address(text, true), "--reserved-nodes", text -> address(text, true), "--rpc-rate-limit",
            text -> text.equals("0") ? Optional.of("number would be zero for non-zero type") : Optional.empty(),
            "--rpc-rate-limit-whitelisted-ips",
            text -> IpNetwork.parse(text).isPresent() ? Optional.empty()
                    : Optional.of("expected an address and how many of its bits count, e.g. 10.0.0.0/8"),
            "--max-runtime-instances", FlagValues::instances, RpcOptions.ENDPOINT, FlagValues::endpoint);

    private FlagValues() {}

    private static Optional<String> address(String text, boolean needsPeer) {
        try {
            Multiaddr address = Multiaddr.parse(text);
            return needsPeer && address.peer().isEmpty() ? Optional.of("expected /p2p/ and a peer id at its end")
                    : Optional.empty();
        } catch (AddressException e) {
            return Optional.of("invalid multiaddress, " + e.getMessage());
        }
    }

    private static Optional<String> instances(String text) {
        return Integer.parseInt(text) <= RUNTIME_INSTANCES_MAX ? Optional.empty()
                : Optional.of("Illegal `--max-runtime-instances` value: " + text
                        + " is more than the allowed maximum of `" + RUNTIME_INSTANCES_MAX + "`");
    }

    private static Optional<String> endpoint(String text) {
        try {
            RpcEndpointFlag.parse(text);
            return Optional.empty();
        } catch (UsageException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Refuses values that are none. */
    static void check(ParseResult parsed) {
        for (OptionSpec option : parsed.matchedOptions()) {
            Optional<Function<String, Optional<String>>> check = Optional.ofNullable(
                    CHECKS.get(UsageErrors.longName(option)));
            for (String given : check.isEmpty() ? List.<String>of() : option.originalStringValues()) {
                check.get().apply(given).ifPresent(why -> {
                    throw new ParameterException(parsed.commandSpec().commandLine(), why, option, given);
                });
            }
        }
        Optional.ofNullable(parsed.subcommand()).ifPresent(FlagValues::check);
    }
}
