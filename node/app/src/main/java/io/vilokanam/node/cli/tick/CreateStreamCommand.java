package io.vilokanam.node.cli.tick;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.node.cli.tick.ChainClient.BlockPoint;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.ss58.Ss58Exception;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Offers a stream. */
@Command(name = "create-stream", mixinStandardHelpOptions = true, description = "Offer a stream at a rate per tick (a second).")
final class CreateStreamCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions node;

    @Option(names = "--rate", required = true, paramLabel = "AMOUNT", description = "The price of a tick: VLK like 0.001, or plancks like 1000000000.")
    private String rate;

    @Option(names = "--title", defaultValue = "", paramLabel = "TEXT", description = "At most 128 bytes.")
    private String title;

    @Option(names = "--free-ticks", defaultValue = "0", paramLabel = "N", description = "How many ticks each viewer may look in for nothing, once.")
    private int freeTicks;

    @Option(names = "--payee", paramLabel = "ADDRESS=PERCENT", description = "Who gets which share of what the stream earns; repeat it. Without it the creator gets all.")
    private List<String> payees = new ArrayList<>();

    @Option(names = "--suri", required = true, paramLabel = "SURI", description = "The creator's secret URI, e.g. //Bob.")
    private String suri;

    @Override
    public Integer call() {
        return TickCommand.run(spec, this::create);
    }

    private void create() throws TickFailure {
        U128 plancks = Vlk.parse(rate);
        if (freeTicks < 0) {
            throw new TickFailure("--free-ticks " + freeTicks + ": expected 0 or more");
        }
        Bytes name = Bytes.wrap(title.getBytes(StandardCharsets.UTF_8));
        byte[] call = TickCalls.createStream(plancks, payees(payees), freeTicks, name);
        Signer creator = Signer.of(suri);
        try (HttpNodeRpc rpc = node.connect()) {
            ChainClient chain = new ChainClient(rpc, Pace.system());
            BlockPoint block = chain.send(creator, call);
            long id = newStream(chain, block, creator.account(), name);
            PrintWriter out = spec.commandLine().getOut();
            out.println("Stream " + id + " is offered in block " + block.number() + ": " + Vlk.format(plancks)
                    + " a tick, by " + ChainClient.address(creator.account()) + ".");
            out.println("Watch it: vilokanam tick watch --stream " + id + " --seconds 20 --suri //Charlie");
        }
    }

    /** Reads {@code ADDRESS=PERCENT} each; percents may have 4 decimals. */
    static List<Payee> payees(List<String> texts) throws TickFailure {
        List<Payee> payees = new ArrayList<>();
        for (String text : texts) {
            int split = text.lastIndexOf('=');
            String percent = text.substring(split + 1).replace("%", "");
            if (split < 0 || !percent.matches("[0-9]{1,3}(\\.[0-9]{1,4})?")) {
                throw new TickFailure("--payee \"" + text + "\": expected ADDRESS=PERCENT, with at most 4 decimals");
            }
            long parts = new BigDecimal(percent).movePointRight(4).longValueExact();
            payees.add(new Payee(account(text.substring(0, split)), new Permill(parts)));
        }
        long sum = payees.stream().mapToLong(payee -> payee.share().parts()).sum();
        if (!payees.isEmpty() && sum != Permill.ONE) {
            throw new TickFailure("--payee: the shares sum to " + BigDecimal.valueOf(sum, 4).stripTrailingZeros()
                    .toPlainString() + " %, expected 100 %");
        }
        return payees;
    }

    private static AccountId account(String address) throws TickFailure {
        try {
            return new Ss58(Blake2b::hash512).decode(address).account();
        } catch (Ss58Exception e) {
            throw new TickFailure("--payee \"" + address + "\": " + e.getMessage());
        }
    }

    /** Ids are counted: the stream is the newest of this creator and title that the block before did not have. */
    private static long newStream(ChainClient chain, BlockPoint block, AccountId creator, Bytes title)
            throws TickFailure {
        long before = chain.streamCount(chain.at(block.number() - 1).hash());
        for (long id = chain.streamCount(block.hash()) - 1; id >= before; id--) {
            Optional<Stream> stream = chain.stream(block.hash(), id);
            if (stream.isPresent() && stream.get().creator().equals(creator) && stream.get().title().equals(title)) {
                return id;
            }
        }
        throw new TickFailure("block " + block.number() + " holds the call, but it created no stream");
    }
}
