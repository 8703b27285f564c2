package io.vilokanam.node.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.vilokanam.scale.Bytes;

/** Verifies a signature. */
@Command(name = "verify", mixinStandardHelpOptions = true, description = "Verify a signature of a message.")
final class Verify implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SIG", description = "The signature, in hex.")
    private String signature;

    @Parameters(index = "1", paramLabel = "URI", description = "The public key in hex, an SS58 address or a secret URI; or a file that holds one.")
    private String uri;

    @Mixin
    private MessageOptions message;

    @Mixin
    private KeyOptions options;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        Bytes claimed = signature();
        byte[] key = options.publicKey(KeyOptions.read(uri)).toArray();
        if (!options.scheme().verify(key, message.message(System.in), claimed.toArray())) {
            throw new UsageException("Signature verification failed");
        }
        PrintWriter out = command.commandLine().getOut();
        out.println("Signature verifies correctly.");
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private Bytes signature() throws UsageException {
        if (!signature.matches("(0x)?([0-9a-fA-F]{2}){" + options.scheme().signatureLength() + "}")) {
            throw new UsageException("Signature is an invalid format: expected " + options.scheme().signatureLength()
                    + " bytes in hex");
        }
        return Bytes.fromHex(signature);
    }
}
