package io.vilokanam.pallets.timestamp;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.frame.time.BlockTime;
import io.vilokanam.frame.time.OnTimestampSet;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.inherent.InherentData;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** The time of a block, which its author sets by an inherent ({@code pallet_timestamp}). */
public final class Timestamp implements Pallet<Timestamp.Call>, BlockTime {

    /** {@code minimumPeriod}: the least time between two blocks, in milliseconds. */
    public record Config(long minimumPeriod) {}

    public sealed interface Call {
        record Set(long now) implements Call {}
    }

    static final Variants<Call> CALLS = Variants.of(Call.class)
            .with(0, "set", Call.Set.class,
                    struct(Call.Set::new, field("now", "T::Moment", Codecs.COMPACT_U64, Call.Set::now)),
                    "Set the time of this block, in milliseconds since 1970. Once a block, by its author.")
            .complete();

    /** How far ahead of a node's clock a block may be. */
    private static final long DRIFT_MILLIS_MAX = 30_000;

    private static final Weight SET = new Weight(3_816_000, 1_493).plus(DbWeight.ROCKS_DB.readsWrites(2, 1));
    private static final Weight ON_FINALISE = new Weight(3_246_000, 0);

    private static final Bytes TOO_EARLY = Bytes.wrap(new byte[]{0});
    private static final Bytes TOO_FAR_IN_FUTURE = Bytes.wrap(new byte[]{1});

    private final Config config;
    private final OnTimestampSet listener;
    private final StorageValue<Long> now;
    private final StorageValue<Boolean> didUpdate;

    public Timestamp(PalletScope scope, Config config, OnTimestampSet listener) {
        this.config = config;
        this.listener = listener;
        this.now = scope.value("Now", Codecs.U64, 0L, "The time of the current block.");
        this.didUpdate = scope.value("DidUpdate", Codecs.BOOL, false, "Whether the time was set in this block.");
        scope.calls(CALLS, "pallet_timestamp::pallet::Call", "T");
        scope.constant("MinimumPeriod", Codecs.U64, config.minimumPeriod,
                "The least time between blocks, in milliseconds; half a slot or less.");
    }

    @Override
    public Weight weigh(Call call) {
        return SET;
    }

    @Override
    public DispatchClass dispatchClass(Call call) {
        return DispatchClass.MANDATORY;
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, Call call) throws DispatchException {
        switch (call) {
            case Call.Set(long moment) -> set(ext, origin, moment);
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    @Override
    public Weight onInitialize(Externalities ext, long number) {
        return ON_FINALISE;
    }

    @Override
    public void onFinalize(Externalities ext, long number) {
        if (!didUpdate.take(ext)) {
            throw new RuntimePanic("Timestamp must be updated once in the block");
        }
    }

    @Override
    public Optional<Call> createInherent(Externalities ext, InherentData data) {
        long known = known(data);
        long earliest = now.get(ext) + config.minimumPeriod;
        return Optional.of(new Call.Set(Long.compareUnsigned(known, earliest) > 0 ? known : earliest));
    }

    @Override
    public boolean isInherent(Call call) {
        return true;
    }

    @Override
    public Optional<InherentError> checkInherent(Externalities ext, Call call, InherentData data) {
        Call.Set set = (Call.Set) call;
        if (Long.compareUnsigned(set.now(), known(data) + DRIFT_MILLIS_MAX) > 0) {
            return Optional.of(new InherentError(InherentData.TIMESTAMP, TOO_FAR_IN_FUTURE, true));
        }
        if (Long.compareUnsigned(set.now(), now.get(ext) + config.minimumPeriod) < 0) {
            return Optional.of(new InherentError(InherentData.TIMESTAMP, TOO_EARLY, true));
        }
        return Optional.empty();
    }

    private static long known(InherentData data) {
        return data.u64(InherentData.TIMESTAMP)
                .orElseThrow(() -> new RuntimePanic("Timestamp inherent data must be provided"));
    }

    @Override
    public long now(Externalities ext) {
        return now.get(ext);
    }

    private void set(Externalities ext, Origin origin, long moment) throws DispatchException {
        origin.ensureNone();
        if (didUpdate.exists(ext)) {
            throw new RuntimePanic("Timestamp must be updated only once in the block");
        }
        long previous = now.get(ext);
        if (previous != 0 && Long.compareUnsigned(moment, previous + config.minimumPeriod) < 0) {
            throw new RuntimePanic(
                    "Timestamp must increment by at least " + config.minimumPeriod + " ms, from " + previous
                            + " to " + moment);
        }
        now.put(ext, moment);
        didUpdate.put(ext, true);
        listener.onTimestampSet(ext, moment);
    }
}
