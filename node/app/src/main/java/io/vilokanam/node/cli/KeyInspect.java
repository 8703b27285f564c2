package io.vilokanam.node.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.vilokanam.scale.Bytes;

/** Shows what a secret URI or a public key comes to. */
@Command(name = "inspect", mixinStandardHelpOptions = true, description = "Show the keys and addresses of a secret URI or a public key.")
final class KeyInspect implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "URI", description = "Asked for if left out. A phrase, a 0x seed, a URI like //Alice, a file that holds one, or with --public a hex key.")
    private Optional<String> uri = Optional.empty();

    @Option(names = "--public", description = "The URI is a public key in hex.")
    private boolean isPublic;

    @Option(names = "--expect-public", paramLabel = "KEY", description = "Fail unless this is the public key, in hex or as an address, of the phrase or seed without what is derived from it.")
    private Optional<String> expected = Optional.empty();

    @Mixin
    private KeyOptions options;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        String text = KeyOptions.readOrAsk(uri, "URI: ");
        if (expected.isPresent() && !isPublic) {
            options.requirePublic(text, expected.get());
        }
        String described = isPublic ? options.describePublic(Bytes.fromHex(text)) : options.describe(text);
        command.commandLine().getOut().println(described);
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
