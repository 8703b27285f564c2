package io.vilokanam.node.network.grandpa;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.consensus.grandpa.CatchUp;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.GossipMessage;
import io.vilokanam.consensus.grandpa.VoterSet;
import io.vilokanam.consensus.grandpa.gossip.GossipInput;
import io.vilokanam.consensus.grandpa.gossip.GossipOutput;
import io.vilokanam.consensus.grandpa.gossip.GossipTimes;
import io.vilokanam.consensus.grandpa.gossip.GrandpaGossip;
import io.vilokanam.node.finality.FinalityListener;
import io.vilokanam.node.finality.GrandpaDriver;
import io.vilokanam.node.measure.Channel;
import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.scale.Bytes;

/**
 * The protocol {@code grandpa/1}: the thread around {@link GrandpaGossip}, between the peers and the node's own voter. Own votes
 * are on disk before they come here.
 */
public final class GrandpaNetwork implements NotificationListener, FinalityListener {

    private static final int MESSAGE_BYTES_MAX = 1 << 20;
    private static final int HANDSHAKE_BYTES_MAX = 1024;

    /** So many messages of peers may wait; then peers do. What the voter says is not held up, so nobody waits in a circle. */
    private static final int RECEIVED_MAX = 1024;

    static final ReputationChange BAD_HANDSHAKE = new ReputationChange(-(1 << 12), "Bad grandpa handshake");

    private final Roles ownRoles;
    private final GrandpaDriver driver;
    private final LongSupplier nowMillis;
    private final GrandpaGossip<PeerId> gossip;
    private final BlockingQueue<LongFunction<GossipInput<PeerId>>> inputs = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(RECEIVED_MAX);
    private final Channel channel = new Channel("mpsc_grandpa_gossip_validator");
    private final GossipCounts counts = new GossipCounts();
    private Optional<Long> timer = Optional.empty();
    private Network network;
    private NotificationSender sender;

    public GrandpaNetwork(Roles ownRoles, GrandpaDriver driver, SignatureCheck ed25519, LongSupplier nowMillis) {
        this.ownRoles = ownRoles;
        this.driver = driver;
        this.nowMillis = nowMillis;
        this.gossip = new GrandpaGossip<>(GossipTimes.STOCK, ed25519, driver::catchUp);
    }

    /** Before the network starts, and before the voter does. */
    public void register(Network to, ProtocolNames names) {
        network = to;
        sender = to.register(NotificationProtocol.following(names, HANDSHAKE_BYTES_MAX, MESSAGE_BYTES_MAX), this);
        driver.listen(this);
    }

    @Override
    public Bytes handshake(PeerId peer) {
        return ownRoles.handshake();
    }

    @Override
    public Verdict judge(PeerId peer, Bytes handshake, Direction direction) {
        return Roles.ofHandshake(handshake).<Verdict>map(_ -> new Verdict.Accept(Slots.FULL))
                .orElse(new Verdict.Refuse(BAD_HANDSHAKE));
    }

    @Override
    public void opened(PeerId peer, Bytes handshake, Direction direction) {
        Roles roles = Roles.ofHandshake(handshake).orElseThrow();
        add(now -> new GossipInput.PeerConnected<>(now, peer, roles.gossipRole()));
    }

    @Override
    public void received(PeerId peer, Bytes message) {
        room.acquireUninterruptibly();
        add(now -> {
            room.release();
            return new GossipInput.Received<>(now, peer, message);
        });
    }

    @Override
    public void closed(PeerId peer) {
        add(now -> new GossipInput.PeerDisconnected<>(now, peer));
    }

    @Override
    public void setStarted(long setId, VoterSet voters) {
        add(now -> new GossipInput.SetStarted<>(now, setId, voters));
    }

    @Override
    public void roundStarted(long setId, long round) {
        add(now -> new GossipInput.RoundStarted<>(now, round));
    }

    @Override
    public void gossip(GossipMessage message) {
        add(now -> new GossipInput.Say<>(now, message));
    }

    @Override
    public void commitJudged(long round, Commit commit, boolean isGood) {
        add(now -> new GossipInput.CommitJudged<>(now, round, commit, isGood));
    }

    @Override
    public void catchUpJudged(CatchUp catchUp, boolean isGood) {
        add(now -> new GossipInput.CatchUpJudged<>(now, catchUp, isGood));
    }

    /** Gossips until the thread is interrupted. */
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            LongFunction<GossipInput<PeerId>> next = timer.isEmpty() ? inputs.take()
                    : inputs.poll(Math.max(0, timer.get() - nowMillis.getAsLong()), TimeUnit.MILLISECONDS);
            long now = nowMillis.getAsLong();
            if (next == null) {
                timer = Optional.empty();
                perform(gossip.step(new GossipInput.TimerFired<>(now)));
            } else {
                channel.receive();
                GossipInput<PeerId> input = next.apply(now);
                List<GossipOutput<PeerId>> outputs = gossip.step(input);
                counts.count(input, outputs);
                perform(outputs);
            }
        }
    }

    private void add(LongFunction<GossipInput<PeerId>> input) {
        channel.send();
        inputs.add(input);
    }

    /** What waits for this protocol. */
    public Channel channel() {
        return channel;
    }

    /** What came of messages. */
    public GossipCounts counts() {
        return counts;
    }

    private void perform(List<GossipOutput<PeerId>> outputs) throws InterruptedException {
        for (GossipOutput<PeerId> output : outputs) {
            switch (output) {
                case GossipOutput.Send<PeerId>(var peer, var notification) -> sender.send(peer, notification);
                case GossipOutput.Deliver<PeerId>(var message) -> driver.deliver(message);
                case GossipOutput.Report<PeerId>(var peer, var reputation) ->
                    network.report(peer, new ReputationChange(reputation.change(), reputation.reason()));
                case GossipOutput.SetTimer<PeerId>(var at) -> timer = Optional.of(at);
            }
        }
    }
}
