package io.vilokanam.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Flags of stock nodes that are taken so that scripts go on to work, and say that they change nothing here. */
final class WithoutEffect {

    /** How the description of such a flag begins; why stands behind it. */
    static final String MARK = "No effect: ";

    private WithoutEffect() {}

    /** One line for each such flag that was given. */
    static List<String> notes(ParseResult parsed) {
        List<String> notes = new ArrayList<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            String description = String.join(" ", option.description());
            if (description.startsWith(MARK)) {
                notes.add(UsageErrors.longName(option) + " has no effect: " + description.substring(MARK.length()));
            }
        }
        Optional.ofNullable(parsed.subcommand()).ifPresent(sub -> notes.addAll(notes(sub)));
        return notes;
    }
}
