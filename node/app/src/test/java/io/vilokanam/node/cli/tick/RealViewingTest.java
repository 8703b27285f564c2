package io.vilokanam.node.cli.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import io.vilokanam.node.cli.tick.ChainClient.BlockPoint;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.rpc.backend.KeystoreBackend;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Viewing sessions on the real runtime: commands, RPC, collector, settler, pool, blocks; only time is the test's own. */
final class RealViewingTest {

    private static final U128 RATE = U128.of(1_000_000_000);

    private final StringWriter shown = new StringWriter();
    private SteppedNode node;
    private ChainClient chain;
    private Signer bob;
    private Signer charlie;

    static final KeystoreBackend NO_KEYS = new KeystoreBackend() {
        @Override
        public void insert(KeyTypeId type, String suri, Bytes publicKey) {
            throw new AssertionError("nobody inserts keys");
        }

        @Override
        public boolean has(KeyTypeId type, Bytes publicKey) {
            return false;
        }

        @Override
        public Bytes generateSessionKeys(Hash block) {
            throw new AssertionError("nobody makes keys");
        }
    };

    @BeforeEach
    void start() throws Exception {
        node = new SteppedNode(NO_KEYS);
        chain = new ChainClient(node, node);
        bob = Signer.of("//Bob");
        charlie = Signer.of("//Charlie");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Receipt watch(Signer viewer, long stream, int seconds, Optional<U128> deposit, boolean waits)
            throws TickFailure {
        return new Viewing(chain, new Screen(new PrintWriter(shown), false), viewer,
                new Viewing.Order(stream, seconds, deposit, waits), new SecureRandom()).run();
    }

    private U128 balance(AccountId account) throws TickFailure {
        return chain.freeBalance(chain.best().hash(), account);
    }

    @Test
    void bobIsPaidForTwentySecondsToThePlanck() throws Exception {
        BlockPoint created = chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.ascii("Sitar at dawn")));
        assertEquals(1, chain.streamCount(created.hash()));
        AccountId platform = chain.settings(created.hash()).platform();
        U128 bobBefore = balance(bob.account());
        U128 platformBefore = balance(platform);

        U128 networkFee = U128.parse(node.call("tickStream_v1_quote", 0, ChainClient.address(charlie.account()),
                "30000000000").path("networkFee").asText());
        Receipt receipt = watch(charlie, 0, 20, Optional.empty(), true);

        assertEquals(20, receipt.session().settledTicks());
        assertEquals(U128.of(18_000_000_000L), balance(bob.account()).minus(bobBefore));
        assertEquals(U128.of(2_000_000_000L), balance(platform).minus(platformBefore));
        assertEquals(U128.of(20_000_000_000L), receipt.gross());
        assertEquals(U128.of(18_000_000_000L), receipt.creatorGot());
        assertEquals(U128.of(2_000_000_000L), receipt.fee());
        assertEquals(U128.of(10_000_000_000L), receipt.refund());
        BlockPoint end = chain.at(receipt.closedAt().orElseThrow());
        BlockPoint beforeEnd = chain.at(end.number() - 1);
        assertEquals(U128.of(10_000_000_000L), chain.freeBalance(end.hash(), charlie.account())
                .minus(chain.freeBalance(beforeEnd.hash(), charlie.account())));
        assertTrue(chain.session(end.hash(), receipt.id()).isEmpty());
        assertTrue(shown.toString().contains("  20 s watched | paid 0.02 | settled "), shown.toString());
        Receipt.Change viewer = receipt.balances().getLast();
        assertEquals(receipt.gross().plus(networkFee), viewer.before().minus(viewer.after()), "as it was quoted");
        assertEquals(receipt.balances().getFirst().after(),
                receipt.balances().getFirst().before().plus(receipt.creatorGot()));
    }

    @Test
    void theCreatorSeesEarningsArrive() throws Exception {
        chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.EMPTY));
        try (Subscription news = new Subscription(node.url(), "tickStream_v1_followStream", 0)) {
            assertEquals("  0 paying | 0 s | paid 0, yours 0 | settled 0 VLK",
                    FollowCommand.line(news.next(), 100_000));
            watch(charlie, 0, 3, Optional.empty(), false);
            JsonNode last = news.next();
            while (last.path("settledTicks").intValue() < 3) {
                last = news.next();
            }
            assertEquals("  0 paying | 3 s | paid 0.003, yours 0.0027 | settled 0.003 VLK",
                    FollowCommand.line(last, 100_000));
        }
        StringWriter out = new StringWriter();
        new CommandLine(new TickCommand()).setOut(new PrintWriter(out)).execute("follow", "--stream", "0", "--news",
                "1",
                "--url", node.url().toString());
        assertTrue(out.toString().contains("  0 paying | 3 s | paid 0.003, yours 0.0027 | settled 0.003 VLK"),
                out.toString());
    }

    @Test
    void theCreatorSeesTipsAndSubscriptionsAmongTheEventsOfABlock() throws Exception {
        Tier tier = new Tier(U128.of(2_000_000_000_000L), 30, new Permill(500_000));
        chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.EMPTY));
        chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.EMPTY));
        chain.send(bob, TickCalls.setTiers(1, List.of(tier)));
        String address = ChainClient.address(charlie.account());
        BlockPoint tipped = chain.send(charlie, TickCalls.tip(1, U128.of(500_000_000_000L)));
        assertEquals(List.of("  tip of 0.5 VLK from " + address + ", yours 0.475"), told(tipped, 1));
        assertEquals(List.of(), told(tipped, 0));
        BlockPoint bought = chain.send(charlie, TickCalls.subscribe(1, tier));
        assertEquals(List.of("  subscription of 30 days for 2 VLK from " + address + ", yours 1.8"), told(bought, 1));
        assertEquals(List.of(), told(bought, 0));
    }

    private List<String> told(BlockPoint block, long stream) throws Exception {
        StreamEvents events = StreamEvents.of(Bytes.fromHex(node.call("state_getMetadata").asText()).view());
        String stored = node.call("state_getStorage", StreamEvents.KEY.hex(), block.hash().hex()).asText();
        return events.read(Bytes.fromHex(stored).view(), stream, chain.settings(block.hash()).fee());
    }

    @Test
    void severalPayeesShareAndFreeTicksCostNothing() throws Exception {
        AccountId dave = Signer.of("//Dave").account();
        AccountId eve = Signer.of("//Eve").account();
        chain.send(bob, TickCalls.createStream(U128.of(1_000_000_003), List.of(new Payee(dave, new Permill(333_333)),
                new Payee(eve, new Permill(666_667))), 5, Bytes.EMPTY));
        U128 daveBefore = balance(dave);
        U128 eveBefore = balance(eve);
        Receipt receipt = watch(charlie, 0, 12, Optional.empty(), false);
        assertEquals(U128.of(7 * 1_000_000_003L), receipt.gross());
        assertEquals(U128.of(7 * 1_000_000_003L / 10), receipt.fee());
        U128 paid = balance(dave).minus(daveBefore).plus(balance(eve).minus(eveBefore));
        assertEquals(receipt.creatorGot(), paid);
        assertTrue(receipt.closedAt().isEmpty());
    }

    @Test
    void aDepositThatIsUsedUpEndsTheViewing() throws Exception {
        chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.EMPTY));
        Receipt receipt = watch(charlie, 0, 12, Optional.of(U128.of(7_500_000_000L)), false);
        assertEquals(7, receipt.session().settledTicks());
        assertEquals(U128.of(500_000_000), receipt.refund());
        assertTrue(shown.toString().contains("The collector says exhausted to word 8"), shown.toString());
    }

    @Test
    void theChainSaysWhatIsWrongBeforeMoneyMoves() throws Exception {
        chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.EMPTY));
        assertEquals("the call would fail: The deposit is below the minimum.", assertThrows(TickFailure.class,
                () -> watch(charlie, 0, 5, Optional.of(U128.ONE), true)).getMessage());
        assertEquals("the call would fail: A tick must cost at least one planck.", assertThrows(TickFailure.class,
                () -> chain.send(bob, TickCalls.createStream(U128.ZERO, List.of(), 0, Bytes.EMPTY))).getMessage());
        Signer stranger = Signer.of("//Stranger");
        String message = assertThrows(TickFailure.class, () -> watch(stranger, 0, 5, Optional.empty(), true))
                .getMessage();
        assertTrue(message.startsWith("the chain would refuse the transaction: Invalid"), message);
    }

    @Test
    void aSponsorPaysTheFirstTicksAndASubscriptionLowersTheRate() throws Exception {
        Signer dave = Signer.of("//Dave");
        Tier tier = new Tier(RATE, 30, new Permill(500_000));
        chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.EMPTY));
        chain.send(bob, TickCalls.setTiers(0, List.of(tier)));
        chain.send(dave, TickCalls.sponsor(0, U128.of(50).saturatingTimes(RATE),
                new Sponsorship.Terms(4, RATE, U128.ZERO, 10)));
        BlockPoint best = chain.best();
        assertEquals(List.of(tier), chain.tiers(best.hash(), 0));
        assertEquals(0L, chain.sponsorships(best.hash(), 0).getFirst().getKey());
        chain.send(charlie, TickCalls.subscribe(0, tier));
        Receipt receipt = new Viewing(chain, new Screen(new PrintWriter(shown), false), charlie,
                new Viewing.Order(0, 10, Optional.empty(), true, Optional.of(0L), Optional.empty()),
                new SecureRandom()).run();
        assertEquals(10, receipt.session().settledTicks());
        assertEquals(U128.of(5_000_000_000L), receipt.gross());
        assertEquals(U128.of(3_000_000_000L), receipt.session().ownOf(10));
        assertEquals(U128.of(48_000_000_000L),
                chain.sponsorship(chain.best().hash(), 0).orElseThrow().left());
        assertEquals(tier, chain.subscription(chain.best().hash(), charlie.account(), 0).orElseThrow().tier());
    }

    @Test
    void aSessionCanBeGivenToAViewerWithoutAnAccount() throws Exception {
        Signer stranger = Signer.of("//Stranger");
        Signer dave = Signer.of("//Dave");
        chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.EMPTY));
        Receipt receipt = new Viewing(chain, new Screen(new PrintWriter(shown), false), stranger,
                new Viewing.Order(0, 5, Optional.empty(), true, Optional.empty(), Optional.of(dave)),
                new SecureRandom()).run();
        assertEquals(5, receipt.session().settledTicks());
        assertEquals(dave.account(), receipt.session().payer());
        assertEquals(U128.ZERO, balance(stranger.account()));
        BlockPoint end = chain.at(receipt.closedAt().orElseThrow());
        assertEquals(receipt.refund(), chain.freeBalance(end.hash(), dave.account())
                .minus(chain.freeBalance(chain.at(end.number() - 1).hash(), dave.account())));
    }

    @Test
    void nobodySpendsBeyondAnOwnLimit() throws Exception {
        chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.EMPTY));
        chain.send(charlie, TickCalls.setSpendingLimit(Optional.of(U128.of(2_000_000_000L))));
        chain.send(charlie, TickCalls.tip(0, U128.of(1_500_000_000L)));
        assertEquals("the call would fail: The signer would spend more than its own limit for the day.",
                assertThrows(TickFailure.class,
                        () -> chain.send(charlie, TickCalls.tip(0, U128.of(1_000_000_000L)))).getMessage());
        assertEquals(U128.of(500_000_000L),
                chain.spendingLimit(chain.best().hash(), charlie.account()).orElseThrow().left());
    }

    @Test
    void twoViewersOfOneStreamAreBothSettled() throws Exception {
        chain.send(bob, TickCalls.createStream(RATE, List.of(), 0, Bytes.EMPTY));
        U128 before = balance(bob.account());
        watch(charlie, 0, 3, Optional.empty(), false);
        watch(Signer.of("//Dave"), 0, 4, Optional.empty(), false);
        assertEquals(U128.of(7_000_000_000L * 9 / 10), balance(bob.account()).minus(before));
        assertEquals(Optional.of(4L), node.wordsKnown(1));
    }
}
