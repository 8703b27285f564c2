package io.vilokanam.benchmarks.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Those who tip, subscribe, sponsor, give and limit themselves. */
final class Patrons {

    static final List<AccountId> ACCOUNTS = List.of(SimulatedChain.account("patron 0"),
            SimulatedChain.account("patron 1"), SimulatedChain.account("patron 2"));
    private static final Tier TIER = new Tier(U128.of(TickWorld.VLK / 500), 30, new Permill(250_000));
    private static final Sponsorship.Terms TERMS = new Sponsorship.Terms(15, U128.of(TickWorld.VLK), U128.ZERO, 1_000);
    private static final int SPONSORED_STREAMS = 10;

    private final TickWorld world;
    private final Map<SimulatedViewer, AccountId> givers = new HashMap<>();
    private int sponsorships;

    Patrons(TickWorld world) {
        this.world = world;
    }

    private AccountId anyPatron() {
        return ACCOUNTS.get(world.random.nextInt(ACCOUNTS.size()));
    }

    private void submit(AccountId signer, TickStreamCall call) {
        world.chain.submit(Origin.signed(signer), call);
    }

    void begin() {
        for (long stream = 0; stream < SPONSORED_STREAMS; stream++) {
            sponsor(stream);
            submit(TickWorld.creator(stream), new TickStreamCall.SetTiers(stream, List.of(TIER)));
        }
    }

    private void sponsor(long stream) {
        submit(anyPatron(), new TickStreamCall.Sponsor(stream,
                U128.of(TickWorld.VLK / 100 + world.random.nextLong(TickWorld.VLK / 10)), TERMS));
        sponsorships++;
    }

    /** Every sponsor takes back what is left. */
    void end() {
        for (long id = 0; id < sponsorships; id++) {
            long ended = id;
            world.chain.ticks().sponsorship(world.chain.state(), id).ifPresent(
                    found -> submit(found.sponsor(), new TickStreamCall.EndSponsorship(ended)));
        }
    }

    AccountId payerOf(SimulatedViewer viewer) {
        return givers.getOrDefault(viewer, viewer.account);
    }

    /** Whether somebody else pays for the viewer's session, in part or all of it. */
    boolean opens(SimulatedViewer viewer, U128 deposit) {
        Opening opening = viewer.opening(deposit, U128.of(TickWorld.VLK));
        double fate = world.random.nextDouble();
        if (fate < 0.1) {
            gift(viewer, opening);
            return true;
        }
        if (fate < 0.2) {
            submit(viewer.account, new TickStreamCall.SetSpendingLimit(
                    Optional.of(U128.of(TickWorld.VLK / 400 + world.random.nextLong(TickWorld.VLK / 50)))));
        } else if (fate < 0.3) {
            submit(viewer.account, new TickStreamCall.Subscribe(viewer.stream, TIER));
        } else if (fate < 0.5 && viewer.stream < SPONSORED_STREAMS) {
            submit(viewer.account, new TickStreamCall.OpenSponsored(viewer.stream, opening));
            return true;
        }
        return false;
    }

    private void gift(SimulatedViewer viewer, Opening opening) {
        SimulatedChain chain = world.chain;
        AccountId giver = anyPatron();
        long until = chain.best().header().number() + 100;
        Bytes payload = chain.ticks().payload(chain.state(), new Gift(giver, viewer.account, until, opening));
        Bytes consent = PlainHost.sign(viewer.account.bytes(), payload.view());
        submit(giver, new TickStreamCall.OpenGift(viewer.account, until, opening, new MultiSignature.Sr25519(consent)));
        givers.put(viewer, giver);
    }

    void doSomething() {
        SimulatedViewer viewer = world.anyViewer();
        switch (world.random.nextInt(5)) {
            case 0 -> submit(viewer.account, new TickStreamCall.Tip(viewer.stream,
                    U128.of(TickWorld.VLK / 1_000 + world.random.nextInt(1_000_000))));
            case 1 -> submit(viewer.account, new TickStreamCall.Subscribe(viewer.stream, TIER));
            case 2 -> sponsor(world.random.nextInt(SPONSORED_STREAMS));
            case 3 -> {
                long id = world.random.nextInt(Math.max(1, sponsorships));
                world.chain.ticks().sponsorship(world.chain.state(), id).filter(_ -> world.happens(0.1)).ifPresent(
                        found -> submit(found.sponsor(), new TickStreamCall.EndSponsorship(id)));
            }
            default -> submit(viewer.account, new TickStreamCall.SetSpendingLimit(world.happens(0.5) ? Optional.empty()
                    : Optional.of(U128.of(TickWorld.VLK / 400 + world.random.nextLong(TickWorld.VLK / 50)))));
        }
    }
}
