package io.vilokanam.node.cli;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import io.vilokanam.node.cli.settings.Layers;
import io.vilokanam.node.service.NodeConfig;

/**
 * The flags of a node that is not started, with all layers.
 *
 * @param notes of flags without effect
 */
record CheckedFlags(CommandLine node, Layers layers, NodeConfig config, List<String> notes) {

    /** Reads flags as a node would. Mistakes are those that a node would make of them. */
    static CheckedFlags of(List<String> flags, Map<String, String> environment, CommandLine asking) throws Exception {
        Vilokanam program = new Vilokanam();
        CommandLine node = Vilokanam.configured(new CommandLine(program));
        node.setErr(asking.getErr());
        Layers layers = Layers.read(node.getCommandSpec(), node.getCommandSpec(), flags, environment,
                Contradictions::contradict);
        List<String> all = new ArrayList<>(flags);
        all.addAll(layers.arguments());
        CommandLine.ParseResult parsed = node.parseArgs(all.toArray(String[]::new));
        UsageErrors.check(parsed);
        return new CheckedFlags(node, layers, program.config(new SecureRandom()), WithoutEffect.notes(parsed));
    }

    boolean isSwitch(String key) {
        return option(key).arity().max() == 0;
    }

    boolean isMany(String key) {
        return option(key).isMultiValue();
    }

    private OptionSpec option(String key) {
        return node.getCommandSpec().findOption("--" + key);
    }
}
