package io.vilokanam.benchmarks.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.crypto.hash.Sha2Chain;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.offchain.collector.Verdict;
import io.vilokanam.offchain.settler.SessionChanges;
import io.vilokanam.pallets.tickstream.StreamRules;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.pallets.tickstream.TickStreamEvent;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/**
 * Viewers, creators, nodes and thieves around one chain, all from a seed. Words are lost, late, repeated, forged and ahead of time;
 * nodes crash; the chain forks; people close, top up, tip, give, subscribe and sponsor. After every block the books are checked.
 */
final class TickWorld {

    static final long START = 1_700_000_000_000L;
    static final long VLK = 1_000_000_000_000L;
    private static final int STREAMS = 40;
    private static final int NODES = 3;
    /** In half of the worlds one of the nodes, by turns, hears from no block what it changed and asks about all sessions. */
    private static final int ASKING_WORLDS = 2 * NODES;
    private static final int WORDS_MAX = 128;
    private static final int BLOCK_SECONDS = 2;
    private static final int CHALLENGE = 30;
    private static final int EXPIRY = 60;
    /** In so many seconds all sessions are over, whatever happened. */
    private static final int SECONDS_MAX = 3_000;
    /** After so many seconds an opening that was not seen is sent again. */
    private static final int PATIENCE = 20;
    private static final int ASKED_MAX = 6;

    final SplittableRandom random;
    final SimulatedChain chain;
    final List<SimulatedViewer> viewers = new ArrayList<>();
    final List<SimulatedNode> nodes = new ArrayList<>();
    private final Map<AccountId, SimulatedViewer> byAccount = new HashMap<>();
    private final Map<Long, SimulatedViewer> bySession = new HashMap<>();
    private final Map<AccountId, Long> endowed = new LinkedHashMap<>();
    private final Map<Long, List<Payee>> payees = new TreeMap<>();
    private final Books books;
    private final Patrons patrons;
    private final Thief thief;
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private final int[] backAt = new int[NODES];
    private final int sessions;
    private int second;
    private int opened;
    private int forks;
    private int crashes;

    /** @param sessions at least so many come about */
    TickWorld(long seed, int sessions) {
        this.sessions = sessions;
        random = new SplittableRandom(seed);
        // Some have forbidden themselves to spend so much, and never open one.
        int count = sessions + sessions / 20 + 1;
        Sha2Chain drawing = new Sha2Chain();
        for (int i = 0; i < count; i++) {
            int length = random.nextInt(8) == 0 ? 20 + random.nextInt(40) : WORDS_MAX;
            SimulatedViewer viewer = new SimulatedViewer(seed, i, random.nextInt(STREAMS), length,
                    10 + random.nextInt(80), drawing);
            viewer.home = random.nextInt(NODES);
            viewers.add(viewer);
            byAccount.put(viewer.account, viewer);
            endowed.put(viewer.account, 10 * VLK);
        }
        for (int i = 0; i < STREAMS; i++) {
            endowed.put(creator(i), VLK);
        }
        for (AccountId patron : Patrons.ACCOUNTS) {
            endowed.put(patron, 1_000 * VLK);
        }
        List<PublicKey> keys = new ArrayList<>();
        for (int i = 0; i <= NODES; i++) {
            keys.add(PublicKey.wrap(Sha2.hash256(Bytes.ascii("key " + i).view())));
        }
        Map<AccountId, U128> balances = new LinkedHashMap<>();
        endowed.forEach((who, amount) -> balances.put(who, U128.of(amount)));
        chain = new SimulatedChain(balances, keys);
        endowed.put(SimulatedChain.PLATFORM, SimulatedChain.EXISTENTIAL_DEPOSIT.low());
        for (int i = 0; i < NODES; i++) {
            nodes.add(new SimulatedNode(chain, () -> Instant.ofEpochMilli(now()), keys.get(i),
                    i == seed % ASKING_WORLDS ? SessionChanges.UNKNOWN : chain.sessionChanges()));
        }
        patrons = new Patrons(this);
        thief = new Thief(this, keys.get(NODES));
        books = new Books(chain, byAccount);
    }

    static AccountId creator(long stream) {
        return SimulatedChain.account("creator " + stream);
    }

    private long now() {
        return START + second * 1_000L;
    }

    boolean happens(double chance) {
        return random.nextDouble() < chance;
    }

    SimulatedViewer anyViewer() {
        return viewers.get(random.nextInt(viewers.size()));
    }

    SimulatedNode anyNode() {
        return nodes.get(random.nextInt(NODES));
    }

    // Streams.

    private void createStreams() {
        chain.submit(Origin.ROOT, new StreamRules.Call.SetLimits(30, CHALLENGE, EXPIRY));
        for (long id = 0; id < STREAMS; id++) {
            List<Payee> shares = random.nextInt(3) > 0 ? List.of(new Payee(creator(id), new Permill(Permill.ONE)))
                    : List.of(new Payee(creator(id), new Permill(600_001)),
                            new Payee(SimulatedChain.account("editor " + id), new Permill(300_000)),
                            new Payee(SimulatedChain.account("guest " + id), new Permill(99_999)));
            payees.put(id, shares);
            shares.forEach(payee -> endowed.putIfAbsent(payee.account(), 0L));
            chain.submit(Origin.signed(creator(id)), new TickStreamCall.CreateStream(rate(), shares,
                    random.nextInt(4) == 0 ? 5 : 0, Bytes.ascii("a stream")));
        }
    }

    private U128 rate() {
        return U128.of(10_000_000L + random.nextInt(30_000_000));
    }

    private void changeARate() {
        long id = random.nextInt(STREAMS);
        chain.submit(Origin.signed(creator(id)),
                new TickStreamCall.UpdateStream(id, rate(), payees.get(id), random.nextInt(4) == 0 ? 5 : 0, true));
    }

    // The course of things.

    /** @return what happened, in words */
    String run() {
        createStreams();
        patrons.begin();
        block();
        while (second < SECONDS_MAX && !isOver()) {
            second++;
            openSome();
            viewers.forEach(this::play);
            doSomething();
            for (int i = 0; i < NODES; i++) {
                crashOrComeBack(i);
                nodes.get(i).flush();
            }
            if (second % BLOCK_SECONDS == 0) {
                fork();
                block();
                nodes.forEach(SimulatedNode::onBlock);
            }
        }
        patrons.end();
        second += BLOCK_SECONDS;
        block();
        int closed = books.reckon(endowed, payees);
        if (closed < sessions) {
            throw new InvariantBroken("only " + closed + " sessions of " + viewers.size() + " viewers came about");
        }
        return closed + " sessions, " + chain.best().header().number() + " blocks, " + forks + " forks, " + crashes
                + " crashes, words " + verdicts;
    }

    private boolean isOver() {
        return opened == viewers.size() && viewers.stream().allMatch(viewer -> viewer.isOver());
    }

    private void block() {
        SimulatedChain.Made made = chain.produce(now());
        books.check();
        made.events().forEach(event -> follow(event, true));
    }

    private void follow(TickStreamEvent event, boolean forward) {
        switch (event) {
            case TickStreamEvent.SessionOpened(long id, long _, AccountId account, U128 _, U128 _) -> {
                SimulatedViewer viewer = byAccount.get(account);
                viewer.hasSession(forward ? id : -1);
                bySession.put(id, viewer);
            }
            case TickStreamEvent.SessionClosed(long id, long _, U128 _, U128 _) -> bySession.get(id).over(forward);
            default -> {
            }
        }
    }

    private void fork() {
        if (happens(0.06)) {
            List<SimulatedChain.Made> taken = chain.takeBack(1 + random.nextInt(3), this::isLost);
            books.tookBack(taken.size());
            taken.forEach(block -> block.events().reversed().forEach(event -> follow(event, false)));
            forks++;
        }
    }

    /** What people sent once may be lost with a fork; streams and what sessions hold are sent again by their owners. */
    private boolean isLost(SimulatedChain.Extrinsic extrinsic) {
        boolean mayBe = extrinsic.call().call() instanceof TickStreamCall.OpenSession
                || extrinsic.call().call() instanceof TickStreamCall.SettleBatch
                || extrinsic.call().call() instanceof TickStreamCall.Tip;
        return mayBe && happens(0.2);
    }

    private void crashOrComeBack(int index) {
        SimulatedNode node = nodes.get(index);
        if (!node.isUp() && second >= backAt[index]) {
            node.start();
        } else if (node.isUp() && happens(0.01)) {
            node.crash();
            crashes++;
            backAt[index] = second + 1 + random.nextInt(12);
        }
    }

    // Viewers.

    private void openSome() {
        int limit = Math.min(viewers.size(), opened + Math.max(1, viewers.size() / 50));
        while (opened < limit) {
            open(viewers.get(opened++), true);
        }
        for (int i = 0; i < opened; i++) {
            SimulatedViewer viewer = viewers.get(i);
            if (!viewer.isOpen() && !viewer.isOver() && second - viewer.askedAt >= PATIENCE) {
                if (viewer.asked < ASKED_MAX) {
                    open(viewer, false);
                } else {
                    viewer.over(true);
                }
            }
        }
    }

    private void open(SimulatedViewer viewer, boolean isFirst) {
        viewer.askedAt = second;
        viewer.asked++;
        U128 deposit = U128.of(VLK / 1_000 + random.nextLong(2 * VLK / 1_000));
        if (isFirst && patrons.opens(viewer, deposit)) {
            return;
        }
        var opening = viewer.opening(deposit, U128.of(VLK));
        chain.submit(Origin.signed(viewer.account), new TickStreamCall.OpenSession(opening.stream(), opening.deposit(),
                opening.maxRate(), opening.maxTicks(), opening.anchor(), opening.salt(), opening.sessionKey(),
                opening.closeHash()));
    }

    /** A second of a viewer's player and its connection. */
    private void play(SimulatedViewer viewer) {
        if (!viewer.isOpen() || viewer.isOver() || viewer.hasLeft) {
            return;
        }
        boolean pauses = happens(0.05);
        if (!pauses && viewer.released < viewer.length) {
            viewer.released++;
        }
        if (happens(0.02)) {
            viewer.home = random.nextInt(NODES);
        }
        double fate = random.nextDouble();
        int ticks = viewer.released;
        if (fate < 0.07) {
            return;
        }
        if (fate < 0.12) {
            send(viewer, Math.max(0, ticks - 1 - random.nextInt(5)));
        } else if (fate < 0.14) {
            send(viewer, ticks);
            send(viewer, ticks);
        } else if (fate < 0.15) {
            attack(viewer, viewer.session(), ticks + 1 + random.nextInt(40));
        } else if (fate < 0.155) {
            attack(anyViewer(), viewer.session(), ticks);
        } else {
            send(viewer, ticks);
        }
        if (ticks >= viewer.wanted || ticks == viewer.length) {
            leave(viewer);
        }
    }

    private void send(SimulatedViewer viewer, int ticks) {
        Optional<Verdict> verdict = nodes.get(viewer.home).submit(viewer, viewer.session(), ticks, viewer.word(ticks));
        if (verdict.isEmpty()) {
            viewer.home = (viewer.home + 1) % NODES;
            return;
        }
        verdicts.merge(verdict.get(), 1L, Long::sum);
        if (verdict.get() == Verdict.EXHAUSTED || verdict.get() == Verdict.CLOSING) {
            if (verdict.get() == Verdict.EXHAUSTED && ticks < viewer.length && happens(0.7)) {
                chain.submit(Origin.signed(patrons.payerOf(viewer)),
                        new TickStreamCall.TopUp(viewer.session(), U128.of(VLK / 2_000)));
            } else {
                viewer.hasLeft = true;
            }
        }
    }

    /** A word that is not what it claims to be. */
    private void attack(SimulatedViewer of, long session, int ticks) {
        anyNode().submit(of, session, ticks, Bytes.wrap(Sha2.hash256(of.word(Math.min(ticks, of.length)).view())))
                .ifPresent(verdict -> verdicts.merge(verdict, 1L, Long::sum));
    }

    private void leave(SimulatedViewer viewer) {
        viewer.hasLeft = true;
        switch (random.nextInt(3)) {
            case 0 -> chain.submit(Origin.signed(viewer.account), new TickStreamCall.RequestClose(viewer.session()));
            case 1 -> nodes.get(viewer.home).release(viewer.session(), viewer.closeSecret());
            default -> {
                // Just goes: the session expires.
            }
        }
    }

    // What happens beside.

    private void doSomething() {
        for (int i = 0; i < 6; i++) {
            SimulatedViewer viewer = anyViewer();
            switch (random.nextInt(8)) {
                case 0 -> changeARate();
                case 1 -> closeEarly(viewer);
                case 2 -> payeeCloses(viewer);
                case 3 -> claim(viewer);
                case 4 -> chain.submit(Origin.ROOT, new TickStreamCall.SetPlatform(SimulatedChain.PLATFORM,
                        new Permill(random.nextInt(200_000))));
                case 5, 6 -> patrons.doSomething();
                default -> thief.strike();
            }
        }
    }

    /** A viewer closes on chain while newer words are still on their way. */
    private void closeEarly(SimulatedViewer viewer) {
        if (viewer.isOpen() && !viewer.hasLeft && happens(0.3)) {
            chain.submit(Origin.signed(viewer.account), new TickStreamCall.RequestClose(viewer.session()));
        }
    }

    private void payeeCloses(SimulatedViewer viewer) {
        if (viewer.isOpen() && happens(0.3)) {
            anyNode().newest(viewer.session()).ifPresent(newest -> chain.submit(
                    Origin.signed(creator(viewer.stream)), new TickStreamCall.CloseWithWord(
                            Thief.entry(viewer.session(), newest.getKey(), newest.getValue()))));
        }
    }

    private void claim(SimulatedViewer viewer) {
        if (viewer.isOpen()) {
            anyNode().newest(viewer.session()).ifPresent(newest -> chain.submit(Origin.signed(anyViewer().account),
                    new TickStreamCall.Claim(Thief.entry(viewer.session(), newest.getKey(), newest.getValue()))));
        }
    }
}
