package io.vilokanam.node.cli;

import java.util.List;
import java.util.Optional;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Which flags cannot be given together, as sc-cli declares them. */
final class Contradictions {

    /** Of each of these, no two may be given. */
    private static final List<List<String>> ONE_OF = List.of(
            List.of("--alice", "--bob", "--charlie", "--dave", "--eve", "--ferdie", "--one", "--two"),
            List.of("--tmp", "--base-path"), List.of("--password", "--password-interactive", "--password-filename"),
            List.of("--keystore-passphrase-file", "--keystore-passphrase-interactive"),
            List.of("--no-private-ip", "--allow-private-ip"), List.of("--port", "--listen-addr"),
            List.of("--rpc-disable-batch-requests", "--rpc-max-batch-request-len"),
            List.of("--public", "--expect-public"), List.of("--file", "--base-path", "--default-base-path"));

    /** The first of each cannot be given with any of the others. */
    private static final List<List<String>> FIRST_ALONE = List.of(
            List.of("--experimental-rpc-endpoint", "--rpc-external", "--unsafe-rpc-external", "--rpc-port",
                    "--rpc-cors",
                    "--rpc-rate-limit-trust-proxy-headers", "--rpc-rate-limit", "--rpc-rate-limit-whitelisted-ips",
                    "--rpc-message-buffer-capacity-per-connection", "--rpc-disable-batch-requests",
                    "--rpc-max-subscriptions-per-connection", "--rpc-max-request-size", "--rpc-max-response-size"),
            List.of("--execution", "--execution-syncing", "--execution-import-block", "--execution-block-construction",
                    "--execution-offchain-worker", "--execution-other"));

    private Contradictions() {}

    /** Refuses a command line with flags that contradict each other. */
    static void check(ParseResult parsed) {
        for (OptionSpec option : parsed.matchedOptions()) {
            for (OptionSpec other : parsed.matchedOptions()) {
                if (contradict(option, other)) {
                    CommandLine command = parsed.commandSpec().commandLine();
                    throw new ContradictionException(command, option, other);
                }
            }
        }
        Optional.ofNullable(parsed.subcommand()).ifPresent(Contradictions::check);
    }

    /** Whether two flags exclude each other. */
    static boolean contradict(OptionSpec one, OptionSpec other) {
        if (one == other) {
            return false;
        }
        boolean areAlternatives = ONE_OF.stream().anyMatch(group -> isIn(group, one) && isIn(group, other));
        return areAlternatives || FIRST_ALONE.stream().anyMatch(group -> isFirst(group, one) && isIn(group, other)
                || isFirst(group, other) && isIn(group, one));
    }

    private static boolean isIn(List<String> group, OptionSpec option) {
        return List.of(option.names()).stream().anyMatch(group::contains);
    }

    private static boolean isFirst(List<String> group, OptionSpec option) {
        return List.of(option.names()).contains(group.getFirst());
    }
}
