package io.vilokanam.consensus.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Equivocation;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.consensus.grandpa.gossip.Reputation;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;

/**
 * A network of {@link SimNode}s in one thread. All that happens follows from the seed. Invariants are checked whenever
 * something could break them; a broken one throws an {@link AssertionError} that begins with {@code safety}, one that
 * takes too long with {@code liveness}.
 */
final class Simulation {

    private static final BlockRef GENESIS = new BlockRef(Hash.wrap(new byte[Hash.SIZE]), 0);
    private static final long START_MILLIS = 1_700_000_000_000L;

    private record Event(long at, long order, Runnable action) {}

    private final Random random;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final List<SimNode> nodes = new ArrayList<>();
    private final Map<Integer, Long> skews = new HashMap<>();
    private final Map<Long, Hash> finalByNumber = new HashMap<>();
    private final Map<List<Object>, BlockRef> honestVotes = new HashMap<>();
    private final Set<PublicKey> reported = new TreeSet<>();
    private final Map<Integer, Long> voterTimers = new HashMap<>();
    private final Map<Integer, Long> gossipTimers = new HashMap<>();
    private final Map<List<Integer>, Long> arrivals = new HashMap<>();
    private final Map<String, Integer> blame = new HashMap<>();
    private Set<Integer> island = Set.of();
    private double loss;
    private long delayMillisMax = 80;
    private long now = START_MILLIS;
    private long order;
    private final Set<Integer> byzantine = new TreeSet<>();
    private final Set<List<Long>> rounds = new HashSet<>();
    private boolean isOfManyKinds;

    private Simulation(long seed) {
        this.random = new Random(seed);
    }

    static Simulation seeded(long seed) {
        return new Simulation(seed);
    }

    private int validators;
    private List<SimNode.PlannedChange> plan = List.of();
    private long skewMillisMax;

    Simulation validators(int count) {
        validators = count;
        return this;
    }

    /** The last {@code count} validators lie. */
    Simulation byzantine(int count) {
        for (int i = validators - count; i < validators; i++) {
            byzantine.add(i);
        }
        return this;
    }

    /** The same, and each lies in its own way: with two faces, by forging, or by keeping silent. */
    Simulation byzantineOfManyKinds(int count) {
        isOfManyKinds = true;
        return byzantine(count);
    }

    private SimNode liar(int index) {
        return switch (isOfManyKinds ? random.nextInt(3) : 0) {
            case 0 -> new TwoFacedNode(index, validators, this, GENESIS, plan);
            case 1 -> new ForgingNode(index, validators, this, GENESIS, plan);
            default -> new SilentNode(index, validators, this, GENESIS, plan);
        };
    }

    Simulation clockSkew(long millisMax) {
        skewMillisMax = millisMax;
        return this;
    }

    Simulation loss(double share) {
        loss = share;
        return this;
    }

    Simulation delay(long millisMax) {
        delayMillisMax = millisMax;
        return this;
    }

    Simulation changes(List<SimNode.PlannedChange> changes) {
        plan = changes;
        return this;
    }

    Simulation start() {
        for (int i = 0; i < validators; i++) {
            nodes.add(byzantine.contains(i) ? liar(i) : new SimNode(i, validators, this, GENESIS, plan));
            skews.put(i, skewMillisMax == 0 ? 0 : random.nextLong(-skewMillisMax, skewMillisMax + 1));
        }
        nodes.forEach(SimNode::start);
        nodes.forEach(node -> link(node, true));
        return this;
    }

    private void link(SimNode node, boolean isOpen) {
        for (SimNode other : nodes) {
            if (other != node && other.isUp() && node.isUp() && (!isOpen || reaches(node.index, other.index))) {
                if (isOpen) {
                    node.disconnect(other.index);
                    node.connect(other.index);
                } else {
                    other.disconnect(node.index);
                }
            }
        }
    }

    int size() {
        return nodes.size();
    }

    SimNode node(int index) {
        return nodes.get(index);
    }

    Set<PublicKey> reported() {
        return reported;
    }

    /** The node's own clock. */
    long clock(SimNode node) {
        return now + skews.get(node.index);
    }

    private void at(long time, Runnable action) {
        events.add(new Event(Math.max(time, now), order++, action));
    }

    private void atOf(SimNode node, long localTime, Runnable action) {
        int life = node.life();
        at(localTime - skews.get(node.index), () -> {
            if (node.isUp() && node.life() == life) {
                action.run();
            }
        });
    }

    void slotTimer(SimNode node, long localTime) {
        atOf(node, localTime, node::slot);
    }

    void voterTimer(SimNode node, long localTime) {
        voterTimers.put(node.index, localTime);
        atOf(node, localTime, () -> {
            if (voterTimers.get(node.index) == localTime) {
                node.voterTimer();
            }
        });
    }

    void gossipTimer(SimNode node, long localTime) {
        gossipTimers.put(node.index, localTime);
        atOf(node, localTime, () -> {
            if (gossipTimers.get(node.index) == localTime) {
                node.gossipTimer();
            }
        });
    }

    void broadcast(SimNode from, Wire wire) {
        broadcastBut(from, -1, wire);
    }

    void broadcastBut(SimNode from, int except, Wire wire) {
        for (SimNode node : nodes) {
            if (node.index != except) {
                send(from, node.index, wire);
            }
        }
    }

    void send(SimNode from, int to, Wire wire) {
        if (to < 0 || to == from.index || !reaches(from.index, to) || random.nextDouble() < loss) {
            return;
        }
        SimNode receiver = nodes.get(to);
        int life = receiver.life();
        // As on a stream: what is sent later arrives later.
        long arrival = Math.max(now + 1 + random.nextLong(delayMillisMax),
                arrivals.getOrDefault(List.of(from.index, to), 0L));
        arrivals.put(List.of(from.index, to), arrival);
        at(arrival, () -> {
            if (receiver.isUp() && receiver.life() == life && reaches(from.index, to)) {
                receiver.receive(from.index, wire);
            }
        });
    }

    private boolean reaches(int a, int b) {
        return island.contains(a) == island.contains(b);
    }

    /** Cuts the network in two. */
    Simulation partition(Set<Integer> oneSide) {
        island = oneSide;
        return this;
    }

    /** Joins it again: links open anew. */
    Simulation heal() {
        island = Set.of();
        nodes.stream().filter(SimNode::isUp).forEach(node -> link(node, true));
        return this;
    }

    Simulation crash(int index) {
        SimNode node = nodes.get(index);
        link(node, false);
        node.crash();
        return this;
    }

    Simulation restart(int index) {
        SimNode node = nodes.get(index);
        node.start();
        link(node, true);
        nodes.stream().filter(other -> other != node && other.isUp() && reaches(other.index, index))
                .forEach(other -> other.connect(index));
        return this;
    }

    Simulation runFor(long millis) {
        long end = now + millis;
        while (!events.isEmpty() && events.peek().at <= end) {
            step();
        }
        now = end;
        return this;
    }

    /** Runs until something holds, and fails where that takes more than {@code millisMax}. */
    Simulation runUntil(BooleanSupplier condition, long millisMax) {
        long end = now + millisMax;
        while (!condition.getAsBoolean()) {
            if (events.isEmpty() || events.peek().at > end) {
                throw new AssertionError("liveness: not reached within " + millisMax + " ms: " + nodes + " " + blame);
            }
            step();
        }
        return this;
    }

    private void step() {
        Event event = events.poll();
        now = event.at;
        event.action.run();
    }

    /** Whether every honest node that is up has finalised the block of this height. */
    BooleanSupplier allFinalized(long number) {
        return () -> nodes.stream().filter(node -> node.isUp() && !byzantine.contains(node.index))
                .allMatch(node -> node.chain.finalized().number() >= number);
    }

    long highestFinalized() {
        return nodes.stream().mapToLong(node -> node.chain.finalized().number()).max().orElse(0);
    }

    /** No two nodes finalise different blocks of one height. */
    void noteFinal(SimNode node, List<BlockRef> blocks) {
        for (BlockRef block : blocks) {
            Hash other = finalByNumber.putIfAbsent(block.number(), block.hash());
            if (other != null && !other.equals(block.hash())) {
                throw new AssertionError("safety: " + node + " finalised " + block + ", others " + other);
            }
        }
    }

    /** No honest node votes twice in a stage of a round, not even with a crash between. */
    void noteVote(SimNode node, long setId, long round, Vote vote) {
        rounds.add(List.of(setId, round));
        BlockRef before = honestVotes.putIfAbsent(List.of(node.index, setId, round, vote.stage()), vote.target());
        if (before != null && !before.equals(vote.target())) {
            throw new AssertionError(
                    "safety: " + node + " votes for " + vote + " in round " + round + " after " + before);
        }
    }

    /** In how many rounds somebody has voted. */
    int rounds() {
        return rounds.size();
    }

    /** Milliseconds of the network's own time. */
    long elapsed() {
        return now - START_MILLIS;
    }

    /** Only liars are caught. */
    void noteEquivocation(SimNode node, Equivocation.Proof proof) {
        PublicKey id = proof.equivocation().id();
        if (!proof.isValid(FakeKeys.CHECK) || byzantine.stream().map(FakeKeys::key).noneMatch(id::equals)) {
            throw new AssertionError("safety: " + node + " reports an honest voter: " + proof);
        }
        reported.add(id);
    }

    void noteReputation(SimNode node, int peer, Reputation reputation) {
        if (reputation.change() < 0) {
            blame.merge(reputation.reason(), 1, Integer::sum);
        }
    }

    /** How often peers were blamed, by reason. */
    Map<String, Integer> blame() {
        return blame;
    }
}
