package io.vilokanam.pallets.tickstream;

import static io.vilokanam.pallets.tickstream.TickChain.CREATOR;
import static io.vilokanam.pallets.tickstream.TickChain.FEE;
import static io.vilokanam.pallets.tickstream.TickChain.KEY;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER;
import static io.vilokanam.pallets.tickstream.TickChain.OTHER_KEY;
import static io.vilokanam.pallets.tickstream.TickChain.PLATFORM;
import static io.vilokanam.pallets.tickstream.TickChain.POT;
import static io.vilokanam.pallets.tickstream.TickChain.RATE;
import static io.vilokanam.pallets.tickstream.TickChain.VIEWER;
import static io.vilokanam.pallets.tickstream.TickChain.account;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Streams, and what root decides. */
class StreamCallsTest {

    private static final DispatchError BAD_ORIGIN = new DispatchError.BadOrigin();

    private final TickChain chain = new TickChain();

    private static TickStreamCall create(long rate, Bytes title, Payee... payees) {
        return new TickStreamCall.CreateStream(U128.of(rate), List.of(payees), 0, title);
    }

    private static TickStreamCall update(long stream, long rate, boolean active, Payee... payees) {
        return new TickStreamCall.UpdateStream(stream, U128.of(rate), List.of(payees), 7, active);
    }

    private static Payee payee(String name, long parts) {
        return new Payee(account(name), new Permill(parts));
    }

    @Test
    void aStreamWithoutPayeesPaysItsCreator() {
        chain.ok(CREATOR, new TickStreamCall.CreateStream(U128.of(RATE), List.of(), 5, Bytes.ascii("cooking")));
        assertEquals(new Stream(CREATOR, U128.of(RATE), List.of(new Payee(CREATOR, new Permill(1_000_000))), 5,
                Bytes.ascii("cooking"), true), chain.streamNow(0));
        assertEquals(List.of(new TickStreamEvent.StreamCreated(0, CREATOR, U128.of(RATE))), chain.ext.events());
    }

    @Test
    void streamsAreCounted() {
        assertEquals(0, chain.createStream());
        assertEquals(1, chain.createStream());
        chain.ok(OTHER, create(1, Bytes.EMPTY, payee("a", 1), payee("b", 999_999)));
        assertEquals(List.of(payee("a", 1), payee("b", 999_999)), chain.streamNow(2).payees());
    }

    @Test
    void aTickCostsSomething() {
        chain.noop(CREATOR, create(0, Bytes.EMPTY), TickStreamError.RATE_IS_ZERO);
        long stream = chain.createStream();
        chain.noop(CREATOR, update(stream, 0, true), TickStreamError.RATE_IS_ZERO);
    }

    @Test
    void aTitleHasAtMost128Bytes() {
        chain.ok(CREATOR, create(1, Bytes.wrap(new byte[128])));
        chain.noop(CREATOR, create(1, Bytes.wrap(new byte[129])), TickStreamError.TITLE_TOO_LONG);
    }

    @Test
    void sharesSumToOne() {
        refusesPayees(payee("a", 999_999));
        refusesPayees(payee("a", 500_000), payee("b", 500_001));
        refusesPayees(payee("a", 0xffff_ffffL), payee("b", 1_000_001));
    }

    @Test
    void noPayeeComesTwiceOrForNothing() {
        refusesPayees(payee("a", 500_000), payee("a", 500_000));
        refusesPayees(payee("a", 1_000_000), payee("b", 0));
    }

    @Test
    void aStreamHasAtMostEightPayees() {
        List<Payee> payees = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            payees.add(payee("payee " + i, 125_000));
        }
        chain.ok(CREATOR, create(1, Bytes.EMPTY, payees.toArray(Payee[]::new)));
        payees.set(0, payee("payee 0", 124_999));
        payees.add(payee("payee 8", 1));
        refusesPayees(payees.toArray(Payee[]::new));
    }

    @Test
    void thePotIsNoPayee() {
        refusesPayees(new Payee(POT, new Permill(1_000_000)));
    }

    private void refusesPayees(Payee... payees) {
        chain.noop(CREATOR, create(1, Bytes.EMPTY, payees), TickStreamError.BAD_PAYEES);
        long stream = chain.createStream();
        chain.noop(CREATOR, update(stream, 1, true, payees), TickStreamError.BAD_PAYEES);
    }

    @Test
    void theCreatorChangesWhatNewSessionsFind() {
        long stream = chain.createStream();
        chain.ok(CREATOR, update(stream, 9, false, payee("a", 1_000_000)));
        assertEquals(new Stream(CREATOR, U128.of(9), List.of(payee("a", 1_000_000)), 7, Bytes.ascii("a stream"), false),
                chain.streamNow(stream));
        assertEquals(List.of(new TickStreamEvent.StreamUpdated(stream, U128.of(9), false)),
                chain.events(TickStreamEvent.StreamUpdated.class));
    }

    @Test
    void nobodyElseChangesAStream() {
        long stream = chain.createStream();
        chain.noop(OTHER, update(stream, 9, true), TickStreamError.NOT_THE_CREATOR);
        chain.noop(CREATOR, update(stream + 1, 9, true), TickStreamError.UNKNOWN_STREAM);
    }

    @Test
    void theOriginMustFit() {
        Entry entry = new Words(1, 1).entry(0, 1);
        for (TickStreamCall call : List.of(create(1, Bytes.EMPTY), update(0, 1, true),
                TickChain.opening(0, 5_000, new Words(1, 1)),
                new TickStreamCall.TopUp(0, U128.ONE), new TickStreamCall.Claim(entry),
                new TickStreamCall.RequestClose(0),
                new TickStreamCall.CloseWithWord(entry), new TickStreamCall.PayAccrued(OTHER))) {
            chain.noop(Origin.NONE, call, BAD_ORIGIN);
            chain.noop(Origin.ROOT, call, BAD_ORIGIN);
        }
        for (TickStreamCall call : List.of(new TickStreamCall.SetSettlementKey(OTHER_KEY, true),
                new TickStreamCall.SetPlatform(OTHER, FEE))) {
            chain.noop(Origin.NONE, call, BAD_ORIGIN);
            chain.noop(Origin.signed(OTHER), call, BAD_ORIGIN);
        }
        TickStreamCall batch = chain.signed(TickChain.batch(KEY, 0, chain.number(), entry));
        chain.noop(Origin.ROOT, batch, BAD_ORIGIN);
        chain.noop(Origin.signed(OTHER), batch, BAD_ORIGIN);
    }

    @Test
    void rootRegistersAndRevokesSettlementKeys() {
        assertEquals(Optional.empty(), chain.ticks.nextNonce(chain.ext, OTHER_KEY));
        chain.noop(Origin.ROOT, new TickStreamCall.SetSettlementKey(OTHER_KEY, false), TickStreamError.UNKNOWN_KEY);
        chain.ok(Origin.ROOT, new TickStreamCall.SetSettlementKey(OTHER_KEY, true));
        assertEquals(Optional.of(0L), chain.ticks.nextNonce(chain.ext, OTHER_KEY));
        chain.ok(Origin.ROOT, new TickStreamCall.SetSettlementKey(OTHER_KEY, false));
        assertEquals(Optional.empty(), chain.ticks.nextNonce(chain.ext, OTHER_KEY));
        assertEquals(List.of(new TickStreamEvent.SettlementKeySet(OTHER_KEY, true),
                new TickStreamEvent.SettlementKeySet(OTHER_KEY, false)), chain.ext.events());
    }

    @Test
    void registeringAKeyAgainKeepsItsNonce() {
        long stream = chain.createStream();
        Words words = new Words(1, 10);
        chain.settle(words.entry(chain.open(VIEWER, stream, 5_000, words), 1));
        assertEquals(1, chain.nonce());
        chain.ok(Origin.ROOT, new TickStreamCall.SetSettlementKey(KEY, true));
        assertEquals(1, chain.nonce());
    }

    @Test
    void rootSetsThePlatform() {
        chain.ok(Origin.ROOT, new TickStreamCall.SetPlatform(OTHER, new Permill(1_000_000)));
        assertEquals(OTHER, chain.ticks.settings(chain.ext).platform());
        assertEquals(new Permill(1_000_000), chain.ticks.settings(chain.ext).fee());
        assertEquals(List.of(new TickStreamEvent.PlatformSet(OTHER, new Permill(1_000_000))), chain.ext.events());
        chain.noop(Origin.ROOT, new TickStreamCall.SetPlatform(OTHER, new Permill(1_000_001)), TickStreamError.BAD_FEE);
        chain.noop(Origin.ROOT, new TickStreamCall.SetPlatform(TickChain.POT, FEE), TickStreamError.BAD_PAYEES);
    }

    @Test
    void aKeyOfGenesisMaySettleAndThePlatformIsKnown() {
        assertEquals(0, chain.nonce());
        assertEquals(PLATFORM, chain.ticks.settings(chain.ext).platform());
        assertEquals(FEE, chain.ticks.settings(chain.ext).fee());
    }

    @Test
    void everyErrorHasItsOwnIndexAndThoseOfEntriesComeFirst() {
        for (TickStreamError error : TickStreamError.values()) {
            assertEquals(error.ordinal(), TickStreamError.ERRORS.indexOf(error));
        }
        for (SkipReason reason : SkipReason.values()) {
            assertEquals(reason.name(), TickStreamError.of(reason).name());
        }
        assertTrue(TickStreamError.ERRORS.describe().stream().noneMatch(variant -> variant.docs().isEmpty()));
    }
}
