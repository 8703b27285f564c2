package io.vilokanam.node.cli;

import picocli.CommandLine.Command;

/** Shows and checks what the command line, the environment, a config file and a profile come to together. */
@Command(name = "config", mixinStandardHelpOptions = true, description = "Check and explain the flags of a node: those given "
        + "here, in the environment (VILOKANAM_RPC_PORT for --rpc-port), in a config file and by a profile.", subcommands = {
                ConfigValidate.class, ConfigExplain.class})
final class Config {}
