package io.vilokanam.node.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

import io.vilokanam.node.cli.settings.Setting;
import io.vilokanam.node.cli.settings.Source;

/** Tells of each flag what it is and who said so, in a form that is a config file again. */
@Command(name = "explain", mixinStandardHelpOptions = true, description = "Print each flag of a node with its value and where "
        + "that comes from: command line, environment, file, profile or default. The output is a config file.")
final class ConfigExplain implements Callable<Integer> {

    private static final int SOURCE_COLUMN = 56;
    /** Never printed. */
    private static final Set<String> SECRET = Set.of("password", "node-key");

    @Unmatched
    private List<String> flags = new ArrayList<>();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        CheckedFlags checked = CheckedFlags.of(flags, System.getenv(), command.commandLine());
        checked.layers().warnings().forEach(command.commandLine().getErr()::println);
        PrintWriter out = command.commandLine().getOut();
        checked.layers().explained().forEach(setting -> out.println(line(setting, checked.isSwitch(setting.key()),
                checked.isMany(setting.key()))));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    /** {@code key = value # source}; what nobody set is a comment. */
    static String line(Setting setting, boolean isSwitch, boolean isMany) {
        List<String> values = setting.values().stream()
                .map(value -> SECRET.contains(setting.key()) ? "\"***\"" : isSwitch ? value : quoted(value)).toList();
        String value = isMany ? "[" + String.join(", ", values) + "]" : String.join(", ", values);
        boolean isDefault = setting.source() instanceof Source.Default;
        StringBuilder line = new StringBuilder(isDefault ? "# " : "").append(setting.key()).append(" = ").append(value);
        while (line.length() < SOURCE_COLUMN) {
            line.append(' ');
        }
        return line.append(" # ").append(setting.source()).toString();
    }

    private static String quoted(String value) {
        if (value.matches("0|[1-9][0-9]{0,17}")) {
            return value;
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
