package io.vilokanam.pallets.offences;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.PalletWithoutCalls;
import io.vilokanam.frame.session.Offence;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageDoubleMap;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.Variants;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** Misbehaviour that was reported, each once ({@code pallet_offences}). On this chain nobody is punished for it. */
public final class Offences implements PalletWithoutCalls<Offences.Call> {

    /** There are none. */
    public enum Call {
    }

    public sealed interface Event {
        record Offence(Bytes kind, Bytes timeslot) implements Event {}
    }

    /** Who offended and who reported it ({@code sp_staking::offence::OffenceDetails}). */
    record Details(AccountId offender, List<AccountId> reporters) {

        /** An offender is identified by its id and by nothing else: {@code (AccountId, ())}. */
        private static final Codec<AccountId> OFFENDER = struct((AccountId id, Codecs.Unit _) -> id,
                field(AccountId.CODEC, (AccountId id) -> id), field(Codecs.UNIT, (AccountId _) -> Codecs.Unit.UNIT))
                .tuple();

        static final Codec<Details> CODEC = struct(Details::new,
                field("offender", "Offender", OFFENDER, Details::offender),
                field("reporters", "Vec<Reporter>", Codecs.vec(AccountId.CODEC), Details::reporters))
                .named("sp_staking::offence::OffenceDetails", TypeParameter.of("Reporter", AccountId.CODEC.type()),
                        TypeParameter.of("Offender", OFFENDER.type()));
    }

    private static final Codec<Bytes> KIND = Codecs.fixedBytes(Offence.KIND_SIZE);

    static final Variants<Event> EVENTS = Variants.of(Event.class)
            .with(0, "Offence", Event.Offence.class,
                    struct(Event.Offence::new, field("kind", "Kind", KIND, Event.Offence::kind),
                            field("timeslot", "OpaqueTimeSlot", Codecs.BYTES, Event.Offence::timeslot)),
                    "An offence of this kind, in this time slot of that kind, was reported for the first time.")
            .complete();

    private static final int STORAGE_VERSION = 1;

    private final StorageMap<Hash, Details> reports;
    private final StorageDoubleMap<Bytes, Bytes, List<Hash>> concurrentReports;
    private final EventSink<Event> events;

    public Offences(PalletScope scope) {
        scope.storageVersion(STORAGE_VERSION);
        this.reports = scope.optionalMap("Reports", Hasher.TWOX_64_CONCAT, Hash.CODEC, Details.CODEC,
                "What was reported, by its id.");
        this.concurrentReports = scope.doubleMap("ConcurrentReportsIndex", Hasher.TWOX_64_CONCAT, KIND,
                Hasher.TWOX_64_CONCAT, Codecs.BYTES, Codecs.vec(Hash.CODEC), List.of(),
                "The reports of one kind and time slot.");
        this.events = scope.events(EVENTS, "pallet_offences::pallet::Event");
    }

    public boolean isKnown(Externalities ext, Offence offence) {
        return reports.contains(ext, idOf(ext, offence));
    }

    /** Records an offence; false where it is known already, and nothing is done. */
    public boolean report(Externalities ext, List<AccountId> reporters, Offence offence) {
        Hash id = idOf(ext, offence);
        if (reports.contains(ext, id)) {
            return false;
        }
        List<Hash> concurrent = new ArrayList<>(concurrentReports.get(ext, offence.kind(), offence.timeSlot()));
        reports.put(ext, id, new Details(offence.offender(), reporters));
        concurrent.add(id);
        concurrentReports.put(ext, offence.kind(), offence.timeSlot(), concurrent);
        events.deposit(ext, new Event.Offence(offence.kind(), offence.timeSlot()));
        return true;
    }

    private static Hash idOf(Externalities ext, Offence offence) {
        return Hash.wrap(ext.blake2b256(new ScaleOutput().raw(offence.kind().view()).bytes(offence.timeSlot().view())
                .raw(offence.offender().bytes().view()).toByteArray()));
    }
}
