package io.vilokanam.pallets.identity;

import static io.vilokanam.frame.dispatch.AccountLookup.lookup;
import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.BalanceStatus;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.StorageLayer;
import io.vilokanam.frame.storage.SortedSearch;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.U128;

/** Registrars and what they think of identities. Source: pallet-identity, {@code lib.rs}. */
final class Judgements {

    private final Identity.Config config;
    private final IdentityStorage storage;
    private final Codec<IdentityFields> fields;
    private final ReservableCurrency currency;
    private final EventSink<IdentityEvent> events;

    Judgements(Identity.Config config, IdentityStorage storage, Codec<IdentityFields> fields,
            ReservableCurrency currency, EventSink<IdentityEvent> events) {
        this.config = config;
        this.storage = storage;
        this.fields = fields;
        this.currency = currency;
        this.events = events;
    }

    PostDispatchInfo addRegistrar(Externalities ext, AccountId account) throws DispatchException {
        List<Optional<Registrar>> registrars = new ArrayList<>(storage.registrars().get(ext));
        ensure(registrars.size() < config.maxRegistrars(), IdentityError.TOO_MANY_REGISTRARS);
        registrars.add(Optional.of(new Registrar(account, U128.ZERO, 0)));
        storage.registrars().put(ext, registrars);
        events.deposit(ext, new IdentityEvent.RegistrarAdded(registrars.size() - 1L));
        return PostDispatchInfo.weighing(IdentityWeights.addRegistrar(registrars.size()));
    }

    PostDispatchInfo request(Externalities ext, AccountId who, long index, U128 maxFee) throws DispatchException {
        Registrar registrar = registrar(storage.registrars().get(ext), index)
                .orElseThrow(() -> new DispatchException(IdentityError.EMPTY_INDEX));
        ensure(maxFee.isAtLeast(registrar.fee()), IdentityError.FEE_CHANGED);
        Registration identity = identityOf(ext, who);
        List<Map.Entry<Long, Judgement>> judgements = new ArrayList<>(identity.judgements());
        SortedSearch.Place place = placeOf(index, judgements);
        ensure(!place.isFound() || !judgements.get(place.index()).getValue().isSticky(),
                IdentityError.STICKY_JUDGEMENT);
        enter(judgements, place, index, new Judgement.FeePaid(registrar.fee()));
        currency.reserve(ext, who, registrar.fee());
        storage.identityOf().put(ext, who, identity.withJudgements(judgements));
        events.deposit(ext, new IdentityEvent.JudgementRequested(who, index));
        return PostDispatchInfo.weighing(IdentityWeights.requestJudgement(judgements.size()));
    }

    PostDispatchInfo cancel(Externalities ext, AccountId who, long index) throws DispatchException {
        Registration identity = identityOf(ext, who);
        List<Map.Entry<Long, Judgement>> judgements = new ArrayList<>(identity.judgements());
        SortedSearch.Place place = placeOf(index, judgements);
        ensure(place.isFound(), IdentityError.NOT_FOUND);
        if (!(judgements.remove(place.index()).getValue() instanceof Judgement.FeePaid(var fee))) {
            throw new DispatchException(IdentityError.JUDGEMENT_GIVEN);
        }
        currency.unreserve(ext, who, fee);
        storage.identityOf().put(ext, who, identity.withJudgements(judgements));
        events.deposit(ext, new IdentityEvent.JudgementUnrequested(who, index));
        return PostDispatchInfo.weighing(IdentityWeights.cancelRequest(judgements.size()));
    }

    /**
     * Changes the registrar of an index, who must be the signer.
     *
     * @return how many registrars there are
     */
    int change(Externalities ext, AccountId who, long index, UnaryOperator<Registrar> change)
            throws DispatchException {
        List<Optional<Registrar>> registrars = new ArrayList<>(storage.registrars().get(ext));
        Registrar registrar = registrar(registrars, index).filter(own -> own.account().equals(who))
                .orElseThrow(() -> new DispatchException(IdentityError.INVALID_INDEX));
        registrars.set((int) index, Optional.of(change.apply(registrar)));
        storage.registrars().put(ext, registrars);
        return registrars.size();
    }

    PostDispatchInfo provide(Externalities ext, AccountId who, IdentityCall.ProvideJudgement call)
            throws DispatchException {
        AccountId target = lookup(call.target());
        ensure(!call.judgement().hasDeposit(), IdentityError.INVALID_JUDGEMENT);
        ensure(registrar(storage.registrars().get(ext), call.regIndex()).filter(own -> own.account().equals(who))
                .isPresent(), IdentityError.INVALID_INDEX);
        Registration identity = storage.identityOf().find(ext, target)
                .orElseThrow(() -> new DispatchException(IdentityError.INVALID_TARGET));
        ensure(Hash.wrap(ext.blake2b256(fields.encode(identity.info()))).equals(call.identity()),
                IdentityError.JUDGEMENT_FOR_DIFFERENT_IDENTITY);
        List<Map.Entry<Long, Judgement>> judgements = new ArrayList<>(identity.judgements());
        SortedSearch.Place place = placeOf(call.regIndex(), judgements);
        if (place.isFound() && judgements.get(place.index()).getValue() instanceof Judgement.FeePaid(var fee)) {
            ensure(StorageLayer.attempt(ext,
                    () -> currency.repatriateReserved(ext, target, who, fee, BalanceStatus.FREE)),
                    IdentityError.JUDGEMENT_PAYMENT_FAILED);
        }
        enter(judgements, place, call.regIndex(), call.judgement());
        storage.identityOf().put(ext, target, identity.withJudgements(judgements));
        events.deposit(ext, new IdentityEvent.JudgementGiven(target, call.regIndex()));
        return PostDispatchInfo.weighing(IdentityWeights.provideJudgement(judgements.size()));
    }

    private static Optional<Registrar> registrar(List<Optional<Registrar>> registrars, long index) {
        return index < registrars.size() ? registrars.get((int) index) : Optional.empty();
    }

    private Registration identityOf(Externalities ext, AccountId who) throws DispatchException {
        return storage.identityOf().find(ext, who)
                .orElseThrow(() -> new DispatchException(IdentityError.NO_IDENTITY));
    }

    private static SortedSearch.Place placeOf(long index, List<Map.Entry<Long, Judgement>> judgements) {
        return SortedSearch.find(judgements, index, Map.Entry::getKey);
    }

    private void enter(List<Map.Entry<Long, Judgement>> judgements, SortedSearch.Place place, long index,
            Judgement judgement) throws DispatchException {
        if (place.isFound()) {
            judgements.set(place.index(), Map.entry(index, judgement));
            return;
        }
        ensure(judgements.size() < config.maxRegistrars(), IdentityError.TOO_MANY_REGISTRARS);
        judgements.add(place.index(), Map.entry(index, judgement));
    }
}
