package io.vilokanam.node.cli.tick;

import java.util.concurrent.Callable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.primitives.Hash;

/** A command that has one call signed and sent. */
abstract class SignedCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions node;

    @Option(names = "--suri", required = true, paramLabel = "SURI", description = "The signer's secret URI, e.g. //Charlie.")
    private String suri;

    /** The call to sign, made from what the chain says at its best block. */
    @FunctionalInterface
    interface Call {
        byte[] at(ChainClient chain, Hash best) throws TickFailure;
    }

    @Override
    public final Integer call() {
        return TickCommand.run(spec, this::send);
    }

    /** Reads the options and sends the call. */
    abstract void send() throws TickFailure;

    /** Sends a call, waits for the block that holds it, and says what was done. */
    final void send(Call call, String done) throws TickFailure {
        Signer signer = Signer.of(suri);
        try (HttpNodeRpc rpc = node.connect()) {
            ChainClient chain = new ChainClient(rpc, Pace.system());
            ChainClient.BlockPoint block = chain.send(signer, call.at(chain, chain.best().hash()));
            spec.commandLine().getOut().println(ChainClient.address(signer.account()) + " " + done + " in block "
                    + block.number() + ".");
        }
    }
}
