package io.vilokanam.node.cli.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

final class ViewingTest {

    private final Signer charlie = charlie();
    private final FakeNode node = new FakeNode(charlie.account());
    private final StringWriter shown = new StringWriter();

    private static Signer charlie() {
        try {
            return Signer.of("//Charlie");
        } catch (TickFailure e) {
            throw new AssertionError(e);
        }
    }

    private Receipt watch(long stream, int seconds, boolean waits) throws TickFailure {
        return new Viewing(new ChainClient(node, node), new Screen(new PrintWriter(shown), false), charlie,
                new Viewing.Order(stream, seconds, Optional.empty(), waits), new SecureRandom()).run();
    }

    @Test
    void paysEachSecondAndShowsAReceiptToThePlanck() throws Exception {
        Receipt receipt = watch(0, 20, true);
        assertEquals(List.of("OpenSession"), node.calls);
        assertEquals(U128.of(20_000_000_000L), receipt.gross());
        assertEquals(U128.of(18_000_000_000L), receipt.creatorGot());
        assertEquals(U128.of(2_000_000_000L), receipt.fee());
        assertEquals(U128.of(10_000_000_000L), receipt.refund());
        assertEquals(List.of("Receipt of session 7 of stream 0", "  ticks          20 at 0.001 VLK",
                "  deposit        0.03 VLK (30000000000 plancks)", "  paid           0.02 VLK (20000000000 plancks)",
                "  creator got    0.018 VLK (18000000000 plancks)",
                "  platform got   0.002 VLK (2000000000 plancks), 10 %",
                "  refunded       0.01 VLK (10000000000 plancks), in block " + receipt.closedAt().orElseThrow(),
                "Free balances before and after, in plancks:",
                "  platform " + ChainClient.address(AccountId.ZERO) + ": 0 -> 0 (+0)",
                "  viewer   " + ChainClient.address(charlie.account()) + ": 0 -> 0 (+0)"), receipt.lines());
        assertTrue(shown.toString().contains("  12 s watched | paid 0.012 | settled "), shown.toString());
        assertTrue(shown.toString().contains("  settled 0.02 VLK, all of it | challenge window: 30 blocks, about 60 s"),
                shown.toString());
    }

    @Test
    void losesNothingWhileTheNodeIsDown() throws Exception {
        node.downFrom = node.millis() + 10_000;
        node.downUntil = node.millis() + 20_000;
        Receipt receipt = watch(0, 30, true);
        assertEquals(U128.of(30_000_000_000L), receipt.gross());
        assertTrue(shown.toString().contains("no answer: the next word pays"), shown.toString());
    }

    @Test
    void waitsForTheNodeToComeBackBeforeItCloses() throws Exception {
        node.downFrom = node.millis() + 10_000;
        node.downUntil = node.millis() + 50_000;
        assertEquals(U128.of(20_000_000_000L), watch(0, 20, true).gross());
    }

    @Test
    void leavesEarlyWhenAskedTo() throws Exception {
        Receipt receipt = watch(0, 5, false);
        assertTrue(receipt.closedAt().isEmpty());
        assertEquals(5, receipt.session().settledTicks());
        assertEquals("  to be refunded 0.01 VLK (10000000000 plancks), at block " + receipt.refundDueAt(),
                receipt.lines().get(6));
    }

    @Test
    void closesByASignedCallWhereNobodySettles() throws Exception {
        node.settles = false;
        Receipt receipt = watch(0, 5, true);
        assertEquals(List.of("OpenSession", "RequestClose"), node.calls);
        assertEquals(U128.of(5_000_000_000L), receipt.gross());
    }

    @Test
    void saysWhatIsInTheWayBeforeAnythingIsPaid() throws Exception {
        assertEquals("there is no stream 9; see: vilokanam tick show",
                assertThrows(TickFailure.class, () -> watch(9, 5, true)).getMessage());
        node.dryRun = "0x00010314" + "10000000";
        assertEquals("the call would fail: The stream costs more than the viewer agreed to.",
                assertThrows(TickFailure.class, () -> watch(0, 5, true)).getMessage());
        node.dryRun = "0x0000";
        watch(0, 3, false);
        String message = assertThrows(TickFailure.class, () -> watch(0, 5, true)).getMessage();
        assertTrue(message.startsWith("session 7 of this viewer and stream is closing and ends in "), message);
    }

    @Test
    void writesOverTheProgressLineOfATerminal() {
        Screen screen = new Screen(new PrintWriter(shown), true);
        screen.progress("12345");
        screen.progress("123");
        screen.line("done");
        assertEquals("\r12345\r123  \r   \rdone" + System.lineSeparator(), shown.toString());
    }

    @Test
    void neverWritesAProgressLineThatWraps() {
        new Screen(new PrintWriter(shown), true).progress("x".repeat(100));
        assertEquals("\r" + "x".repeat(79), shown.toString());
    }
}
