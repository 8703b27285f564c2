package io.vilokanam.pallets.tickstream;

import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.scale.Codecs;

/** What creators offer. */
final class Streams {

    static final int PAYEES_MAX = 8;
    private static final int TITLE_MAX = 128;

    private final AccountId pot;
    private final StorageValue<Long> next;
    private final StorageMap<Long, Stream> streams;
    private final EventSink<TickStreamEvent> events;

    /** @param pot may be no payee: what it paid to itself would belong to nobody */
    Streams(PalletScope scope, AccountId pot, EventSink<TickStreamEvent> events) {
        this.pot = pot;
        this.events = events;
        next = scope.value("NextStream", Codecs.U64, 0L, "The id of the next stream.");
        streams = scope.optionalMap("Streams", Hasher.TWOX_64_CONCAT, Codecs.U64, Stream.CODEC,
                "What is offered. Ids are counted, so a plain hash spreads them well enough.");
    }

    void create(Externalities ext, AccountId creator, TickStreamCall.CreateStream create) throws DispatchException {
        ensure(!create.rate().isZero(), TickStreamError.RATE_IS_ZERO);
        ensure(create.title().size() <= TITLE_MAX, TickStreamError.TITLE_TOO_LONG);
        List<Payee> payees = payees(creator, create.payees());
        long id = next.get(ext);
        next.put(ext, id + 1);
        streams.put(ext, id, new Stream(creator, create.rate(), payees, create.freeTicks(), create.title(), true));
        events.deposit(ext, new TickStreamEvent.StreamCreated(id, creator, create.rate()));
    }

    void update(Externalities ext, AccountId signer, TickStreamCall.UpdateStream update) throws DispatchException {
        Stream stream = ofCreator(ext, signer, update.stream());
        ensure(!update.rate().isZero(), TickStreamError.RATE_IS_ZERO);
        List<Payee> payees = payees(signer, update.payees());
        streams.put(ext, update.stream(),
                new Stream(signer, update.rate(), payees, update.freeTicks(), stream.title(), update.active()));
        events.deposit(ext, new TickStreamEvent.StreamUpdated(update.stream(), update.rate(), update.active()));
    }

    /** The payees asked for, or the creator alone where none are. */
    private List<Payee> payees(AccountId creator, List<Payee> asked) throws DispatchException {
        if (asked.isEmpty()) {
            return List.of(new Payee(creator, new Permill(Permill.ONE)));
        }
        boolean distinct = asked.stream().map(Payee::account).distinct().count() == asked.size();
        boolean positive = asked.stream().allMatch(payee -> payee.share().parts() > 0);
        boolean outside = asked.stream().noneMatch(payee -> payee.account().equals(pot));
        long sum = asked.stream().mapToLong(payee -> payee.share().parts()).sum();
        ensure(asked.size() <= PAYEES_MAX && distinct && positive && outside && sum == Permill.ONE,
                TickStreamError.BAD_PAYEES);
        return asked;
    }

    Optional<Stream> find(Externalities ext, long id) {
        return streams.find(ext, id);
    }

    Stream get(Externalities ext, long id) throws DispatchException {
        return find(ext, id).orElseThrow(() -> new DispatchException(TickStreamError.UNKNOWN_STREAM));
    }

    /** A stream, if it is the signer's. */
    Stream ofCreator(Externalities ext, AccountId signer, long id) throws DispatchException {
        Stream stream = get(ext, id);
        ensure(stream.creator().equals(signer), TickStreamError.NOT_THE_CREATOR);
        return stream;
    }
}
