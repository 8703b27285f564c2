package io.vilokanam.node.cli.tick;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import io.vilokanam.primitives.Hash;

/** Who signs a call, and where it is sent. */
final class SigningOptions {

    @Mixin
    private NodeOptions node;

    @Option(names = "--suri", required = true, paramLabel = "SURI", description = "The signer's secret URI, e.g. //Charlie.")
    private String suri;

    /** The call to sign, made from what the chain says at its best block. */
    @FunctionalInterface
    interface Call {
        byte[] at(ChainClient chain, Hash best) throws TickFailure;
    }

    /** Sends a call, waits for the block that holds it, and says what was done. */
    void send(CommandSpec spec, Call call, String done) throws TickFailure {
        Signer signer = Signer.of(suri);
        try (HttpNodeRpc rpc = node.connect()) {
            ChainClient chain = new ChainClient(rpc, Pace.system());
            ChainClient.BlockPoint block = chain.send(signer, call.at(chain, chain.best().hash()));
            spec.commandLine().getOut().println(ChainClient.address(signer.account()) + " " + done + " in block "
                    + block.number() + ".");
        }
    }
}
