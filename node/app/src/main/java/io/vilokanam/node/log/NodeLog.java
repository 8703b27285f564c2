package io.vilokanam.node.log;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Equivocation;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.node.authoring.Proposal;
import io.vilokanam.node.authoring.SlotListener;
import io.vilokanam.node.blocktree.TreeRoute;
import io.vilokanam.node.finality.FinalityListener;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.network.initial.InitialSync;
import io.vilokanam.primitives.Hash;

/** The lines that an operator reads, in the words of stock nodes. Each target is a logger of its own. */
public final class NodeLog implements SlotListener, FinalityListener, InitialSync.Progress {

    private static final double KIBI = 1024;

    private final Logger substrate = LoggerFactory.getLogger("substrate");
    private final Logger authoring = LoggerFactory.getLogger("basic-authorship");
    private final Logger slots = LoggerFactory.getLogger("slots");
    private final Logger aura = LoggerFactory.getLogger("aura");
    private final Logger grandpa = LoggerFactory.getLogger("grandpa");
    private final Logger runtime = LoggerFactory.getLogger("runtime");
    private final Logger service = LoggerFactory.getLogger("service");

    /** {@code 0x1234…abcd}, or all of it at debug level. */
    private String shown(Hash hash) {
        return substrate.isDebugEnabled() ? hash.hex() : hash.shortened();
    }

    /** What a node says of itself when it starts. */
    public record Greeting(String name, String version, String chain, String nodeName, String role, String database) {}

    public void starting(Greeting greeting) {
        service.info("{}", greeting.name());
        service.info("✌️  version {}", greeting.version());
        service.info("📋 Chain specification: {}", greeting.chain());
        service.info("🏷  Node name: {}", greeting.nodeName());
        service.info("👤 Role: {}", greeting.role());
        service.info("💾 Database: {}", greeting.database());
    }

    public void initialisingGenesis(Hash state, Hash header) {
        service.info("🔨 Initializing Genesis block/state (state: {}, header-hash: {})", shown(state), shown(header));
    }

    public void identity(String peerId) {
        service.info("🏷  Local node identity is: {}", peerId);
    }

    public void highestKnown(BlockRef best) {
        service.info("📦 Highest known block at #{}", best.number());
    }

    public void rpcListens(List<InetSocketAddress> addresses) {
        service.info("Running JSON-RPC server: addr={}",
                addresses.stream().map(NodeLog::address).collect(Collectors.joining(",")));
    }

    /** Where viewers' words are taken beside RPC. */
    public void ticksListen(InetSocketAddress address) {
        service.info("Running tick listener: addr={}", address(address));
    }

    private static String address(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + shortened(host) + "]" : host) + ":" + address.getPort();
    }

    private static String shortened(String host) {
        return switch (host) {
            case "0:0:0:0:0:0:0:1" -> "::1";
            case "0:0:0:0:0:0:0:0" -> "::";
            default -> host;
        };
    }

    public void metricsListen(InetSocketAddress address) {
        service.info("〽️ Prometheus exporter started at {}", address(address));
    }

    public void metricsDoNotListen(InetSocketAddress address, String why) {
        service.warn("Prometheus exporter cannot listen address={} reason={}", address(address), why);
    }

    /** The every-five-seconds line. Bytes are those of the network in each direction a second. */
    public void idle(int peers, BlockRef best, BlockRef finalised, long bytesIn, long bytesOut) {
        substrate.info("💤 Idle ({} peers), best: #{} ({}), finalized #{} ({}), ⬇ {} ⬆ {}", peers, best.number(),
                shown(best.hash()), finalised.number(), shown(finalised.hash()), rate(bytesIn), rate(bytesOut));
    }

    /** The lines of stock nodes. */
    @Override
    public void proven(BlockRef target, int sets) {
        substrate.info("⏩ Warp sync is complete, continuing with state sync. target=#{} ({}) sets={}", target.number(),
                shown(target.hash()), sets);
    }

    @Override
    public void downloading(int percent, long bytes) {
        substrate.debug("state sync percent={} bytes={}", percent, bytes);
    }

    @Override
    public void begun(BlockRef block) {
        substrate.info("State sync is complete, continuing with block sync. best=#{} ({})", block.number(),
                shown(block.hash()));
    }

    @Override
    public void givenUp(String why) {
        substrate.warn("Can't begin with a final block: {}. Every block is downloaded and executed.", why);
    }

    public void historyIsComplete() {
        substrate.info("Block history download is complete.");
    }

    /** The same line while the chain is behind its peers. */
    public void syncing(double blocksPerSecond, long target, int peers, BlockRef best, BlockRef finalised, long bytesIn,
            long bytesOut) {
        substrate.info("⚙️  Syncing {} bps, target=#{} ({} peers), best: #{} ({}), finalized #{} ({}), ⬇ {} ⬆ {}",
                String.format(Locale.ROOT, "%4.1f", blocksPerSecond), target, peers, best.number(), shown(best.hash()),
                finalised.number(), shown(finalised.hash()), rate(bytesIn), rate(bytesOut));
    }

    private static String rate(long bytes) {
        if (bytes == 0) {
            return "0";
        }
        if (bytes < 100) {
            return bytes + " B/s";
        }
        return bytes < KIBI * KIBI ? String.format(Locale.ROOT, "%.1fkiB/s", bytes / KIBI)
                : String.format(Locale.ROOT, "%.1fMiB/s", bytes / KIBI / KIBI);
    }

    /** A block became part of the chain. Of those that are downloaded the informant tells how many they are. */
    public void imported(ChainEvent.Imported event) {
        event.route().filter(TreeRoute::isReorganisation).ifPresent(route -> {
            BlockRef from = route.retracted().getFirst();
            substrate.info("♻️  Reorg on #{},{} to #{},{}, common ancestor #{},{}", from.number(), shown(from.hash()),
                    event.block().number(), shown(event.block().hash()), route.common().number(),
                    shown(route.common().hash()));
        });
        if (event.isPast()) {
            return;
        }
        substrate.info("{} Imported #{} ({} → {})", event.route().isPresent() ? "🏆" : "🆕", event.block().number(),
                shown(event.header().parentHash()), shown(event.block().hash()));
    }

    @Override
    public void started(BlockRef parent) {
        authoring.info("🙌 Starting consensus session on top of parent {} (#{})", parent.hash(), parent.number());
    }

    @Override
    public void proposed(Proposal proposal, Hash unsealed) {
        authoring.info(
                "🎁 Prepared block for proposing at {} ({} ms) hash: {}; parent_hash: {}; end: {}; extrinsics_count: {}",
                proposal.header().number(), proposal.took().toMillis(), unsealed, shown(proposal.header().parentHash()),
                proposal.end().label(), proposal.body().size());
    }

    @Override
    public void sealed(BlockRef block, Hash unsealed) {
        slots.info("🔖 Pre-sealed block for proposal at {}. Hash now {}, previously {}.", block.number(), block.hash(),
                unsealed);
    }

    @Override
    public void failed(long slot, String why) {
        slots.warn("Proposing failed slot={} reason={}", slot, why);
    }

    @Override
    public void setStarted(long setId, VoterSet voters) {
        grandpa.debug("voter started set={} voters={}", setId, voters.voters().size());
    }

    @Override
    public void roundStarted(long setId, long round) {
        grandpa.debug("round started set={} round={}", setId, round);
    }

    @Override
    public void equivocated(Equivocation.Proof proof) {
        grandpa.warn("voter contradicted itself set={} round={} voter={}", proof.setId(), proof.equivocation().round(),
                proof.equivocation().id());
    }

    /** An author made two blocks in one slot. */
    public void authorEquivocated(long slot, Hash first, Hash second) {
        aura.info("Slot author is equivocating at slot {} with headers {} and {}", slot, first, second);
    }

    /** Blocks from a file or a peer that were not taken. */
    public void refused(BlockRef block, String reason) {
        substrate.warn("💔 Block refused block={} reason={}", block, reason);
    }

    public void importing(long done, String of) {
        substrate.info("#{} blocks imported{}", done, of);
    }

    /** What a runtime logs. */
    public void runtime(String target, String message) {
        runtime.debug("{}: {}", target, message);
    }

    /** An essential thread ended: the node goes down. */
    public void essentialFailed(String thread, Throwable cause) {
        service.error("Essential task `{}` failed. Shutting down service.", thread, cause);
    }

    public void note(String message) {
        service.info("{}", message);
    }

    public void warn(String message) {
        service.warn("{}", message);
    }
}
