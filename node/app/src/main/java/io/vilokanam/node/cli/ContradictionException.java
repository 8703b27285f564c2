package io.vilokanam.node.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;

/** Two flags that cannot both be given. */
final class ContradictionException extends ParameterException {

    private static final long serialVersionUID = 1;

    ContradictionException(CommandLine command, ArgSpec one, ArgSpec other) {
        super(command, "the argument '" + UsageErrors.shown(one) + "' cannot be used with '" + UsageErrors.shown(other)
                + "'", one, null);
    }
}
