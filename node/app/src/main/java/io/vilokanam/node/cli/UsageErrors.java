package io.vilokanam.node.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of mistakes on the command line in the words of stock nodes (clap's), and finds those that picocli does not. */
final class UsageErrors {

    private UsageErrors() {}

    /** Prints what is wrong; answers the exit code, 2 as for stock nodes. */
    static int print(ParameterException wrong) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println("error: " + message(wrong));
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            UnmatchedArgumentException.printSuggestions(unmatched, err);
        }
        err.println();
        String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
        err.println("Usage: " + name + " [OPTIONS]"
                + (wrong.getCommandLine().getSubcommands().isEmpty() ? "" : "\n       " + name + " <COMMAND>"));
        err.println();
        err.println("For more information, try '--help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static String message(ParameterException wrong) {
        return switch (wrong) {
            case UnmatchedArgumentException unmatched when !unmatched.getUnmatched().isEmpty() -> {
                String first = unmatched.getUnmatched().getFirst();
                boolean isFlag = first.startsWith("-");
                boolean hasCommands = wrong.getCommandLine().getParent() == null;
                yield isFlag || !hasCommands ? "unexpected argument '" + first + "' found"
                        : "unrecognized subcommand '" + first + "'";
            }
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice ->
                "the argument '" + shown(twice.getOverwritten()) + "' cannot be used multiple times";
            case ContradictionException contradiction -> contradiction.getMessage();
            default -> other(wrong);
        };
    }

    private static String missing(MissingParameterException missing) {
        boolean isValue = missing.getMissing().size() == 1
                && missing.getMessage().startsWith("Missing required parameter")
                && missing.getMissing().getFirst() instanceof OptionSpec;
        if (isValue) {
            return "a value is required for '" + shown(missing.getMissing().getFirst()) + "' but none was supplied";
        }
        return "the following required arguments were not provided:" + missing.getMissing().stream()
                .map(argument -> "\n  " + shown(argument)).collect(Collectors.joining());
    }

    private static String other(ParameterException wrong) {
        if (wrong.getArgSpec() == null || wrong.getValue() == null) {
            return wrong.getMessage();
        }
        String about = "invalid value '" + wrong.getValue() + "' for '" + shown(wrong.getArgSpec()) + "'";
        List<String> possible = possible(wrong.getArgSpec());
        if (!possible.isEmpty()) {
            return about + "\n  [possible values: " + String.join(", ", possible) + "]";
        }
        String why = wrong.getCause() == null ? wrong.getMessage() : wrong.getCause().getMessage();
        boolean isNoNumber = wrong.getCause() instanceof NumberFormatException
                || why.matches(".* is not an? (int|long)");
        return about + ": " + (isNoNumber ? "invalid digit found in string" : why);
    }

    /** {@code --rpc-port <PORT>}: a flag with what it takes, or the name of a positional argument. */
    static String shown(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return "<" + argument.paramLabel() + ">";
        }
        String name = longName(option);
        if (option.arity().max() == 0) {
            return name;
        }
        return name + " <" + option.paramLabel().replaceAll("[<>]", "") + ">" + (option.arity().max() > 1 ? "..." : "");
    }

    /** The first name with two dashes. */
    static String longName(OptionSpec option) {
        for (String name : option.names()) {
            if (name.startsWith("--")) {
                return name;
            }
        }
        return option.names()[0];
    }

    private static List<String> possible(ArgSpec argument) {
        List<String> possible = new ArrayList<>();
        Optional.ofNullable(argument.completionCandidates())
                .ifPresent(all -> all.forEach(value -> possible.add(value.toLowerCase(Locale.ROOT))));
        return possible;
    }

    /** Finds the mistakes that picocli does not, and throws the first. */
    static void check(ParseResult parsed) {
        Contradictions.check(parsed);
        checkChoices(parsed);
        FlagValues.check(parsed);
    }

    /** Refuses values that are none of those which a flag knows. */
    private static void checkChoices(ParseResult parsed) {
        for (OptionSpec option : parsed.matchedOptions()) {
            List<String> possible = possible(option);
            for (String given : possible.isEmpty() ? List.<String>of() : option.originalStringValues()) {
                if (possible.stream().noneMatch(given::equalsIgnoreCase)) {
                    throw new ParameterException(parsed.commandSpec().commandLine(), "no such value", option, given);
                }
            }
        }
        Optional.ofNullable(parsed.subcommand()).ifPresent(UsageErrors::checkChoices);
    }
}
