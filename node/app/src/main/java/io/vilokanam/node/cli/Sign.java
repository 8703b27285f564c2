package io.vilokanam.node.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.scale.Bytes;

/** Signs a message. */
@Command(name = "sign", mixinStandardHelpOptions = true, description = "Sign a message with a secret key; prints the signature in hex.")
final class Sign implements Callable<Integer> {

    @Option(names = "--suri", required = true, paramLabel = "URI", description = "The secret URI, or a file that holds it.")
    private String suri;

    @Mixin
    private MessageOptions message;

    @Mixin
    private KeyOptions options;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        byte[] signature = options.pair(KeyOptions.read(suri)).sign(message.message(System.in));
        PrintWriter out = command.commandLine().getOut();
        out.print(Bytes.wrap(signature).hex());
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
