package io.vilokanam.node.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import io.vilokanam.node.network.address.AddressException;

/** What flags take beside words and numbers: what is none ends the program with 2 before it does anything, as with stock nodes. */
final class FlagValues {

    private static final int RUNTIME_INSTANCES_MAX = 32;

    /** Reads a value of a flag, or says why it is none. */
    @FunctionalInterface
    private interface Check {
        void on(String text) throws AddressException, UsageException;
    }

    private static final Map<String, Check> CHECKS = Map.of("--listen-addr",
            text -> NetworkOptions.address(text, false), "--public-addr", text -> NetworkOptions.address(text, false),
            "--bootnodes", text -> NetworkOptions.address(text, true), "--reserved-nodes",
            text -> NetworkOptions.address(text, true), "--rpc-rate-limit", FlagValues::rateLimit,
            "--rpc-rate-limit-whitelisted-ips", RpcOptions::network, "--max-runtime-instances", FlagValues::instances,
            RpcOptions.ENDPOINT, RpcEndpointFlag::parse);

    private FlagValues() {}

    private static void rateLimit(String text) throws UsageException {
        if (text.equals("0")) {
            throw new UsageException("number would be zero for non-zero type");
        }
    }

    private static void instances(String text) throws UsageException {
        if (Integer.parseInt(text) > RUNTIME_INSTANCES_MAX) {
            throw new UsageException("Illegal `--max-runtime-instances` value: " + text
                    + " is more than the allowed maximum of `" + RUNTIME_INSTANCES_MAX + "`");
        }
    }

    /** Refuses values that are none. */
    static void check(ParseResult parsed) {
        for (OptionSpec option : parsed.matchedOptions()) {
            Optional<Check> check = Optional.ofNullable(CHECKS.get(UsageErrors.longName(option)));
            for (String given : check.isEmpty() ? List.<String>of() : option.originalStringValues()) {
                try {
                    check.get().on(given);
                } catch (AddressException e) {
                    throw refusal(parsed, option, given, "invalid multiaddress, " + e.getMessage());
                } catch (UsageException e) {
                    throw refusal(parsed, option, given, e.getMessage());
                }
            }
        }
        Optional.ofNullable(parsed.subcommand()).ifPresent(FlagValues::check);
    }

    private static ParameterException refusal(ParseResult parsed, OptionSpec option, String given, String why) {
        return new ParameterException(parsed.commandSpec().commandLine(), why, option, given);
    }
}
