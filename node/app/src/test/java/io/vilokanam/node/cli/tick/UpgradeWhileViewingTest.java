package io.vilokanam.node.cli.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.node.cli.tick.ChainClient.BlockPoint;
import io.vilokanam.node.service.NativeCompositions;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** A chain of 101 becomes one of 111 while somebody watches: session, escrow, settlement and refund go on. */
final class UpgradeWhileViewingTest {

    private static final U128 RATE = U128.of(1_000_000_000);
    private static final U128 EXISTENTIAL_DEPOSIT = U128.of(1_000_000_000);
    private static final int SUDO = 6;
    private static final int TICK_STREAM = 20;
    private static final int TOP_UP = 3;
    /** Half of the viewing. */
    private static final long UPGRADE_AFTER_MILLIS = 20_000;

    private final StringWriter shown = new StringWriter();
    private SteppedNode node;
    private ChainClient chain;
    private Signer alice;
    private Signer bob;
    private Signer charlie;
    private Signer dave;

    @BeforeEach
    void start() throws Exception {
        node = new SteppedNode(RealViewingTest.NO_KEYS);
        chain = new ChainClient(node, node);
        alice = Signer.of("//Alice");
        bob = Signer.of("//Bob");
        charlie = Signer.of("//Charlie");
        dave = Signer.of("//Dave");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static AccountId palletAccount(String id) {
        byte[] bytes = new byte[AccountId.SIZE];
        System.arraycopy(Bytes.ascii("modl" + id).view(), 0, bytes, 0, 4 + id.length());
        return AccountId.wrap(bytes);
    }

    /** Time that brings the upgrade when it has come so far. */
    private final class UpgradingPace implements Pace {

        private final long due = node.millis() + UPGRADE_AFTER_MILLIS;
        private Optional<BlockPoint> upgraded = Optional.empty();

        @Override
        public long millis() {
            return node.millis();
        }

        @Override
        public void pause(Duration duration) throws TickFailure {
            node.pause(duration);
            if (upgraded.isEmpty() && node.millis() >= due) {
                upgraded = Optional.of(chain.send(alice, new ScaleOutput().u8(SUDO).u8(0).u8(0).u8(2)
                        .bytes(new NativeCompositions().wholeCode().view()).toByteArray()));
            }
        }
    }

    private long version() throws TickFailure {
        return node.call("state_getRuntimeVersion").path("specVersion").longValue();
    }

    private U128 balance(BlockPoint at, AccountId account) throws TickFailure {
        return chain.freeBalance(at.hash(), account);
    }

    private long openByDave() throws TickFailure {
        WordChain words = new WordChain(60, new SecureRandom());
        BlockPoint opened = chain.send(dave, TickCalls.openSession(new Opening(0, U128.of(30_000_000_000L), RATE,
                words.length(), words.word(0), words.salt(), PublicKey.wrap(new byte[PublicKey.SIZE]),
                words.closeHash())));
        return chain.sessionOf(opened.hash(), dave.account(), 0).orElseThrow().getKey();
    }

    @Test
    void aSessionGoesOnOverTheUpgradeToTheWholeRuntime() throws Exception {
        BlockPoint created = chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.ascii("a long raga")));
        AccountId former = chain.settings(created.hash()).platform();
        AccountId treasury = palletAccount("vlk/trsy");
        AccountId pot = palletAccount("vlk/tick");
        U128 bobBefore = balance(created, bob.account());
        U128 formerBefore = balance(created, former);
        long idle = openByDave();
        U128 escrow = chain.session(chain.best().hash(), idle).orElseThrow().escrow();
        assertEquals(101, version());

        UpgradingPace pace = new UpgradingPace();
        Receipt receipt = new Viewing(new ChainClient(node, pace), new Screen(new PrintWriter(shown), false), charlie,
                new Viewing.Order(0, 40, Optional.empty(), true), new SecureRandom()).run();

        assertEquals(111, version());
        BlockPoint upgraded = pace.upgraded.orElseThrow();
        Session before = chain.session(upgraded.hash(), receipt.id()).orElseThrow();
        assertTrue(before.settledTicks() > 0 && before.settledTicks() < 40, () -> "settled " + before.settledTicks());
        assertEquals(U128.of(40_000_000_000L), receipt.gross(), shown.toString());
        assertEquals(U128.of(10_000_000_000L), receipt.refund());
        BlockPoint end = chain.at(receipt.closedAt().orElseThrow());
        assertEquals(U128.of(36_000_000_000L), balance(end, bob.account()).minus(bobBefore));
        U128 feesBefore = U128.of(before.settledTicks() * 100_000_000L);
        assertEquals(feesBefore, balance(end, former).minus(formerBefore), "the former platform has what came before");
        assertEquals(treasury, chain.settings(end.hash()).platform());
        assertEquals(U128.of(4_000_000_000L).minus(feesBefore), balance(end, treasury));
        assertEquals(escrow.plus(EXISTENTIAL_DEPOSIT), balance(end, pot), "what is left belongs to the other session");

        closesWhatNobodyTouched(idle, escrow, pot);
    }

    /** Dave's session slept through it all: it takes a top-up, closes, and gives everything back. */
    private void closesWhatNobodyTouched(long session, U128 escrow, AccountId pot) throws Exception {
        U128 more = U128.of(5_000_000_000L);
        chain.send(dave, new ScaleOutput().u8(TICK_STREAM).u8(TOP_UP).compact(session).compact(more).toByteArray());
        BlockPoint closing = chain.send(dave, TickCalls.requestClose(session));
        U128 davesRest = balance(closing, dave.account());
        node.pause(Duration.ofSeconds(2 * chain.settings(closing.hash()).limits().challengeBlocks() + 4));
        BlockPoint end = chain.best();
        assertEquals(Map.of(), chain.session(end.hash(), session).map(open -> Map.of(session, open)).orElse(Map.of()));
        assertEquals(escrow.plus(more), balance(end, dave.account()).minus(davesRest));
        assertEquals(EXISTENTIAL_DEPOSIT, balance(end, pot));
    }
}
