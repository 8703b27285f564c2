package io.vilokanam.node.cli.tick;

import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.tickstream.Tier;

/** Buys a subscription. */
@Command(name = "subscribe", mixinStandardHelpOptions = true, description = "Buy a subscription: sessions opened before it expires have a lower rate.")
final class SubscribeCommand extends SignedCommand {

    @Option(names = "--stream", required = true, paramLabel = "N", description = "The stream's number.")
    private long stream;

    @Option(names = "--tier", required = true, paramLabel = "N", description = "Which of the tiers that tick show --stream N lists, counted from 1.")
    private int tier;

    @Override
    void send() throws TickFailure {
        send(this::subscribe, "subscribed to stream " + stream);
    }

    private byte[] subscribe(ChainClient chain, Hash at) throws TickFailure {
        List<Tier> offered = chain.tiers(at, stream);
        if (tier < 1 || tier > offered.size()) {
            throw new TickFailure("--tier " + tier + ": stream " + stream + " offers " + offered.size() + " tiers");
        }
        return TickCalls.subscribe(stream, offered.get(tier - 1));
    }
}
