package io.vilokanam.node.cli.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.crypto.sr25519.Sr25519;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.pallets.tickstream.TickStreamError;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.ModuleError;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** What the commands write beside the tables of the pallet that reads it. */
final class TickCallsTest {

    private static final Bytes A = Bytes.fromHex("0x" + "0a".repeat(32));
    private static final Bytes B = Bytes.fromHex("0x" + "0b".repeat(32));
    private static final Bytes C = Bytes.fromHex("0x" + "0c".repeat(32));
    private static final Bytes SALT = Bytes.fromHex("0x" + "05".repeat(16));

    private static void assertCall(TickStreamCall expected, byte[] call) {
        ScaleOutput out = new ScaleOutput().u8(20);
        TickStreamCall.CALLS.encode(expected, out);
        assertEquals(out.toBytes(), Bytes.wrap(call));
    }

    @Test
    void callsAreWhatThePalletReads() {
        List<Payee> payees = List.of(new Payee(new AccountId(A), new Permill(400_000)),
                new Payee(new AccountId(B), new Permill(600_000)));
        assertCall(new TickStreamCall.CreateStream(U128.of(1_000_000_000), payees, 70, Bytes.ascii("title")),
                TickCalls.createStream(U128.of(1_000_000_000), payees, 70, Bytes.ascii("title")));
        assertCall(new TickStreamCall.CreateStream(U128.MAX, List.of(), 0, Bytes.EMPTY),
                TickCalls.createStream(U128.MAX, List.of(), 0, Bytes.EMPTY));
        assertCall(new TickStreamCall.OpenSession(300, U128.of(7, 8), U128.of(5), 86_400, A, SALT, new PublicKey(B), C),
                TickCalls.openSession(
                        new Opening(300, U128.of(7, 8), U128.of(5), 86_400, A, SALT, new PublicKey(B), C)));
        assertCall(new TickStreamCall.RequestClose(1_000_000), TickCalls.requestClose(1_000_000));
    }

    @Test
    void whatPatronsSendIsWhatThePalletReads() throws Exception {
        Opening opening = new Opening(300, U128.of(7, 8), U128.of(5), 86_400, A, SALT, new PublicKey(B), C);
        Tier tier = TiersCommand.tier("2.5:30:33.3333");
        assertEquals(new Tier(U128.of(2_500_000_000_000L), 30, new Permill(333_333)), tier);
        for (String wrong : List.of("1:30", "1:x:5", "1:30:100.5", "1:30:5:6", "")) {
            assertThrows(TickFailure.class, () -> TiersCommand.tier(wrong), wrong);
        }
        Sponsorship.Terms terms = new Sponsorship.Terms(60, U128.of(9), U128.ZERO, 1_000);
        MultiSignature consent = new MultiSignature.Sr25519(Bytes.wrap(new byte[64]));
        assertCall(new TickStreamCall.Tip(300, U128.MAX), TickCalls.tip(300, U128.MAX));
        assertCall(new TickStreamCall.SetTiers(300, List.of(tier, tier)),
                TickCalls.setTiers(300, List.of(tier, tier)));
        assertCall(new TickStreamCall.Subscribe(300, tier), TickCalls.subscribe(300, tier));
        assertCall(new TickStreamCall.Sponsor(300, U128.of(7, 8), terms),
                TickCalls.sponsor(300, U128.of(7, 8), terms));
        assertCall(new TickStreamCall.EndSponsorship(70_000), TickCalls.endSponsorship(70_000));
        assertCall(new TickStreamCall.OpenSponsored(70_000, opening), TickCalls.openSponsored(70_000, opening));
        assertCall(new TickStreamCall.OpenGift(new AccountId(C), 70_000, opening, consent),
                TickCalls.openGift(new Gift(new AccountId(A), new AccountId(C), 70_000, opening), consent));
        assertCall(new TickStreamCall.SetSpendingLimit(Optional.of(U128.ONE)),
                TickCalls.setSpendingLimit(Optional.of(U128.ONE)));
        assertCall(new TickStreamCall.SetSpendingLimit(Optional.empty()),
                TickCalls.setSpendingLimit(Optional.empty()));
    }

    @Test
    void errorsHaveTheirWords() {
        Map<TickStreamError, String> words = Map.of(TickStreamError.UNKNOWN_SESSION, "no such session",
                TickStreamError.UNKNOWN_STREAM, "no such stream", TickStreamError.STREAM_NOT_ACTIVE,
                "takes no new sessions",
                TickStreamError.RATE_IS_ZERO, "at least one planck", TickStreamError.RATE_TOO_HIGH,
                "more than the viewer agreed",
                TickStreamError.BAD_PAYEES, "8 payees", TickStreamError.TITLE_TOO_LONG, "title",
                TickStreamError.DEPOSIT_TOO_LOW, "below the minimum", TickStreamError.SESSION_ALREADY_OPEN,
                "that is not over",
                TickStreamError.SESSION_CLOSING, "closing already");
        for (TickStreamError error : List.of(TickStreamError.TIP_TOO_SMALL, TickStreamError.BAD_TIERS,
                TickStreamError.UNKNOWN_TIER, TickStreamError.ALREADY_SUBSCRIBED, TickStreamError.BAD_SPONSORSHIP,
                TickStreamError.UNKNOWN_SPONSORSHIP, TickStreamError.NOT_THE_SPONSOR, TickStreamError.NOT_SPONSORED,
                TickStreamError.ALREADY_SPONSORED, TickStreamError.SPONSORSHIP_EXHAUSTED, TickStreamError.BAD_CONSENT,
                TickStreamError.SPENDING_LIMIT)) {
            assertTrue(Failures.describe(new DispatchError.Module(ModuleError.of(20, error.ordinal()))).endsWith("."),
                    error.name());
        }
        words.forEach((error, text) -> assertTrue(
                Failures.describe(new DispatchError.Module(ModuleError.of(20, error.ordinal()))).contains(text), text));
        assertEquals("error 30 of pallet 20", Failures.describe(new DispatchError.Module(ModuleError.of(20, 30))));
        assertEquals("error 2 of pallet 4", Failures.describe(new DispatchError.Module(ModuleError.of(4, 2))));
    }

    @Test
    void aSignedExtrinsicCarriesItsExtensionsAndASignatureOfAllOfIt() throws Exception {
        Signer bob = Signer.of("//Bob");
        Signer.Binding binding = new Signer.Binding(101, 1, new Hash(A), 70, new Hash(B), 3);
        byte[] call = TickCalls.requestClose(5);
        ScaleInput in = new ScaleInput(bob.sign(call, binding));
        in.compactU32();
        assertEquals("0x8400", Bytes.hex(in.raw(2)));
        byte[] key = in.raw(32);
        assertEquals(bob.account(), AccountId.wrap(key));
        assertEquals(1, in.u8());
        byte[] signature = in.raw(64);
        byte[] rest = in.raw(in.remaining());
        assertEquals("0x65000c00001406" + "14", Bytes.hex(rest));
        byte[] payload = new ScaleOutput().raw(call).raw(Bytes.fromHex("0x65000c0000").view()).u32(101).u32(1)
                .raw(A.view())
                .raw(B.view()).u8(0).toByteArray();
        assertTrue(Sr25519.verify(key, payload, signature));
        byte[] longCall = TickCalls.createStream(U128.ONE, List.of(), 0, Bytes.wrap(new byte[300]));
        in = new ScaleInput(bob.sign(longCall, binding));
        in.compactU32();
        in.skip(2 + 32 + 1);
        byte[] longPayload = new ScaleOutput().raw(longCall).raw(Bytes.fromHex("0x65000c0000").view()).u32(101).u32(1)
                .raw(A.view()).raw(B.view()).u8(0).toByteArray();
        assertTrue(Sr25519.verify(key, Blake2b.hash256(longPayload), in.raw(64)));
        assertThrows(TickFailure.class, () -> Signer.of("not a phrase"));
    }

    @Test
    void wordsHashBackToTheAnchor() {
        WordChain words = new WordChain(50, new SecureRandom());
        for (int ticks = 0; ticks <= 50; ticks++) {
            assertEquals(words.word(0),
                    Bytes.wrap(Sha2.chain(words.salt().view(), words.word(ticks).view(), ticks)));
        }
        assertEquals(words.closeHash(), Bytes.wrap(Sha2.hash256(words.closeSecret().view())));
    }

    @Test
    void payeesAreAddressesWithShares() throws Exception {
        String bob = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
        String alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
        List<Payee> payees = CreateStreamCommand.payees(List.of(bob + "=33.3333", alice + "=66.6667%"));
        assertEquals(List.of(333_333L, 666_667L), payees.stream().map(payee -> payee.share().parts()).toList());
        assertEquals(Signer.of("//Bob").account(), payees.getFirst().account());
        assertEquals(List.of(), CreateStreamCommand.payees(List.of()));
        for (String wrong : List.of(bob, bob + "=", bob + "=99", "5Bob=100", bob + "=33.33333")) {
            assertThrows(TickFailure.class, () -> CreateStreamCommand.payees(List.of(wrong)), wrong);
        }
    }
}
