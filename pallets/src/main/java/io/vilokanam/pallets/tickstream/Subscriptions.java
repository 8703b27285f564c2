package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageDoubleMap;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.time.BlockTime;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Day;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Subscription;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/**
 * Tiers that creators offer, and who bought them. A subscriber's session has the lower rate for all of its ticks, but no more
 * ticks than the subscription lasts: nobody watches longer for less than was paid for, however long a session is kept open.
 */
final class Subscriptions {

    static final int TIERS_MAX = 8;
    static final long DAYS_MAX = 366;
    /** How far a subscription may reach from now on. */
    private static final long AHEAD_MAX_MILLIS = 2 * DAYS_MAX * Day.MILLIS;
    /** A subscription about to expire no longer lowers the rate: its session would be over at once. */
    private static final long TICKS_MIN = 60;

    private static final Codec<List<Tier>> TIER_LIST = Codecs.vec(Tier.CODEC);

    private final BlockTime time;
    private final StorageMap<Long, List<Tier>> tiers;
    private final StorageDoubleMap<AccountId, Long, Subscription> subscriptions;
    private final EventSink<TickStreamEvent> events;

    Subscriptions(PalletScope scope, BlockTime time, EventSink<TickStreamEvent> events) {
        this.time = time;
        this.events = events;
        tiers = scope.map("Tiers", Hasher.TWOX_64_CONCAT, Codecs.U64, TIER_LIST, List.of(),
                "What subscriptions to a stream can be bought.");
        subscriptions = scope.optionalDoubleMap("Subscriptions", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC,
                Hasher.TWOX_64_CONCAT, Codecs.U64, Subscription.CODEC,
                "The subscription that a viewer bought to a stream last.");
    }

    void setTiers(Externalities ext, long stream, List<Tier> offered) throws DispatchException {
        boolean distinct = offered.stream().distinct().count() == offered.size();
        ensure(offered.size() <= TIERS_MAX && distinct && offered.stream().allMatch(Subscriptions::isSound),
                TickStreamError.BAD_TIERS);
        if (offered.isEmpty()) {
            tiers.remove(ext, stream);
        } else {
            tiers.put(ext, stream, offered);
        }
        events.deposit(ext, new TickStreamEvent.TiersSet(stream, offered));
    }

    private static boolean isSound(Tier tier) {
        long discount = tier.discount().parts();
        return !tier.price().isZero() && tier.days() > 0 && tier.days() <= DAYS_MAX && discount > 0
                && discount < Permill.ONE;
    }

    /** Notes that a viewer buys a tier, which must be offered exactly so; the same one again is added at the end. */
    void subscribe(Externalities ext, AccountId viewer, long stream, Tier tier) throws DispatchException {
        ensure(tiers.get(ext, stream).contains(tier), TickStreamError.UNKNOWN_TIER);
        long now = time.now(ext);
        Optional<Subscription> live = subscriptions.find(ext, viewer, stream).filter(last -> last.expiresAt() > now);
        boolean isRenewal = live.isPresent() && live.get().tier().equals(tier);
        ensure(live.isEmpty() || isRenewal || tier.discount().parts() > live.get().tier().discount().parts(),
                TickStreamError.ALREADY_SUBSCRIBED);
        long expiresAt = (isRenewal ? live.get().expiresAt() : now) + tier.millis();
        ensure(expiresAt - now <= AHEAD_MAX_MILLIS, TickStreamError.ALREADY_SUBSCRIBED);
        subscriptions.put(ext, viewer, stream, new Subscription(tier, expiresAt));
        events.deposit(ext, new TickStreamEvent.Subscribed(stream, viewer, tier, expiresAt));
    }

    /** The subscription that lowers the rate of a session that begins now. */
    Optional<Subscription> lowering(Externalities ext, AccountId viewer, long stream, long tickMillis) {
        long now = time.now(ext);
        return subscriptions.find(ext, viewer, stream).filter(last -> last.ticksLeft(now, tickMillis) >= TICKS_MIN);
    }

    List<Tier> tiers(Externalities ext, long stream) {
        return tiers.get(ext, stream);
    }

    Optional<Subscription> find(Externalities ext, AccountId viewer, long stream) {
        return subscriptions.find(ext, viewer, stream);
    }
}
