package io.vilokanam.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Does all that a node does before it starts, and says what is wrong. */
@Command(name = "validate", mixinStandardHelpOptions = true, description = "Check the flags of a node as given here, in the "
        + "environment, in the file of --config and by --profile, without starting it.")
final class ConfigValidate implements Callable<Integer> {

    @Unmatched
    private List<String> flags = new ArrayList<>();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        CheckedFlags checked = CheckedFlags.of(flags, System.getenv(), command.commandLine());
        checked.layers().warnings().forEach(command.commandLine().getErr()::println);
        checked.notes().forEach(command.commandLine().getErr()::println);
        command.commandLine().getOut().println("The configuration is valid: chain " + checked.config().spec().id()
                + ", role " + (checked.config().isAuthority() ? "authority" : "full") + ".");
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
