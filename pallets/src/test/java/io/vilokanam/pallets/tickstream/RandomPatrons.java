package io.vilokanam.pallets.tickstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** Random people of a {@link RandomWorld} who tip, subscribe, sponsor, give and limit themselves. */
final class RandomPatrons {

    private static final List<Tier> TIERS = List.of(new Tier(U128.of(700), 1, new Permill(333_333)),
            new Tier(U128.of(2_000), 30, new Permill(500_000)), new Tier(U128.of(5), 366, new Permill(1)));

    private final Random random;
    private final TickChain chain;
    private final Ledger ledger;

    RandomPatrons(Random random, TickChain chain, Ledger ledger) {
        this.random = random;
        this.chain = chain;
        this.ledger = ledger;
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private long anyStream() {
        return random.nextInt(ledger.streams + 1);
    }

    private boolean attempt(AccountId signer, TickStreamCall call) {
        return chain.attempt(Origin.signed(signer), call);
    }

    void tip() {
        attempt(oneOf(RandomWorld.VIEWERS), new TickStreamCall.Tip(anyStream(), U128.of(random.nextInt(8_000))));
    }

    void setTiers() {
        List<Tier> some = new ArrayList<>(TIERS);
        some.removeIf(_ -> random.nextInt(4) == 0);
        attempt(oneOf(RandomWorld.CREATORS), new TickStreamCall.SetTiers(anyStream(), some));
    }

    void subscribe() {
        attempt(oneOf(RandomWorld.VIEWERS), new TickStreamCall.Subscribe(anyStream(), oneOf(TIERS)));
    }

    void sponsor() {
        Sponsorship.Terms terms = new Sponsorship.Terms(random.nextInt(40), U128.of(random.nextInt(900)),
                U128.of(random.nextInt(4_000)), random.nextInt(9));
        attempt(oneOf(RandomWorld.VIEWERS),
                new TickStreamCall.Sponsor(anyStream(), U128.of(random.nextInt(60_000)), terms));
    }

    private long anySponsorship() {
        return random.nextInt(5);
    }

    void endSponsorship() {
        long id = anySponsorship();
        AccountId who = chain.ticks.sponsorship(chain.ext, id).map(Sponsorship::sponsor)
                .filter(_ -> random.nextBoolean()).orElse(oneOf(RandomWorld.VIEWERS));
        attempt(who, new TickStreamCall.EndSponsorship(id));
    }

    private Words words() {
        return new Words(random.nextLong(), 1 + random.nextInt(RandomWorld.CHAIN_MAX));
    }

    void openSponsored() {
        long id = anySponsorship();
        long stream = chain.ticks.sponsorship(chain.ext, id).map(Sponsorship::stream).orElse(anyStream());
        AccountId viewer = oneOf(RandomWorld.VIEWERS);
        Words words = words();
        Opening opening = PatronageTest.opening(stream, 2_000 + random.nextInt(5_000), words);
        if (attempt(viewer, new TickStreamCall.OpenSponsored(id, opening))) {
            ledger.opened(chain.ticks.findSessionOf(chain.ext, viewer, stream).orElseThrow(), words);
        }
    }

    void openGift() {
        AccountId viewer = oneOf(RandomWorld.VIEWERS);
        AccountId payer = oneOf(RandomWorld.VIEWERS);
        long stream = anyStream();
        Words words = words();
        Opening opening = PatronageTest.opening(stream, 2_000 + random.nextInt(5_000), words);
        Bytes payload = chain.ticks.payload(chain.ext, new Gift(payer, viewer, chain.number() + 3, opening));
        Bytes consent = WatchedExternalities.sign(oneOf(List.of(viewer, viewer, viewer, payer)).bytes().view(),
                payload.view());
        if (attempt(payer, new TickStreamCall.OpenGift(viewer, chain.number() + 3, opening,
                new MultiSignature.Sr25519(consent)))) {
            ledger.opened(chain.ticks.findSessionOf(chain.ext, viewer, stream).orElseThrow(), words);
        }
    }

    void limitSpending() {
        Optional<U128> limit = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(U128.of(random.nextInt(40_000)));
        attempt(oneOf(RandomWorld.VIEWERS), new TickStreamCall.SetSpendingLimit(limit));
    }

    /** Every sponsor takes back what is left. */
    void endAll() {
        for (long id = 0; id < 100; id++) {
            long ended = id;
            chain.ticks.sponsorship(chain.ext, id).ifPresent(
                    found -> chain.ok(found.sponsor(), new TickStreamCall.EndSponsorship(ended)));
        }
    }
}
