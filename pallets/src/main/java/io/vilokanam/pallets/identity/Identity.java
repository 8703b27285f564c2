package io.vilokanam.pallets.identity;

import static io.vilokanam.frame.dispatch.AccountLookup.lookup;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.fungible.OnUnbalanced;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.pallets.identity.IdentityStorage.Subs;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.U128;

/**
 * Who holds an account, what registrars think of that, sub-accounts and usernames ({@code pallet_identity}). All deposits are
 * reserves. The rules stand in {@link Judgements}, {@link SubAccounts} and {@link Usernames}.
 */
public final class Identity implements Pallet<IdentityCall> {

    /**
     * What a runtime decides. Deposits are plancks, periods blocks, lengths bytes.
     *
     * @param slashed what becomes of deposits that are lost
     * @param force who may remove identities and usernames
     * @param registrar who may add registrars
     * @param usernameAuthority who may say who gives usernames
     */
    public record Config(U128 basicDeposit, U128 byteDeposit, U128 usernameDeposit, U128 subAccountDeposit,
            int maxSubAccounts, int maxAdditionalFields, int maxRegistrars, long pendingUsernameExpiration,
            long usernameGracePeriod, int maxSuffixLength, int maxUsernameLength, OnUnbalanced slashed,
            EnsureOrigin force, EnsureOrigin registrar, EnsureOrigin usernameAuthority) {}

    private static final int STORAGE_VERSION = 2;

    private final Config config;
    private final IdentityStorage storage;
    private final Codec<IdentityFields> fields;
    private final ReservableCurrency currency;
    private final EventSink<IdentityEvent> events;
    private final Judgements judgements;
    private final SubAccounts subAccounts;
    private final Usernames usernames;

    public Identity(PalletScope scope, Config config, CurrentBlock block, ReservableCurrency currency) {
        this.config = config;
        this.currency = currency;
        this.fields = IdentityFields.codec(config.maxAdditionalFields);
        Codec<Bytes> username = BoundedVec.bytes(config.maxUsernameLength);
        scope.storageVersion(STORAGE_VERSION);
        this.storage = IdentityStorage.declare(scope, config, fields, username);
        scope.calls(IdentityCall.calls(fields, username), "pallet_identity::pallet::Call", "T");
        this.events = scope.events(IdentityEvent.events(username), "pallet_identity::pallet::Event", "T");
        scope.errors(IdentityError.ERRORS, "pallet_identity::pallet::Error", "T");
        declareConstants(scope);
        this.judgements = new Judgements(config, storage, fields, currency, events);
        this.subAccounts = new SubAccounts(config, storage, currency, events);
        this.usernames = new Usernames(config, storage, block, currency, events);
    }

    private void declareConstants(PalletScope scope) {
        scope.constant("BasicDeposit", Codecs.U128, config.basicDeposit, "The deposit for an identity, in plancks.");
        scope.constant("ByteDeposit", Codecs.U128, config.byteDeposit,
                "The deposit for each byte of an identity, in plancks.");
        scope.constant("UsernameDeposit", Codecs.U128, config.usernameDeposit,
                "The deposit of an authority for a username, in plancks.");
        scope.constant("SubAccountDeposit", Codecs.U128, config.subAccountDeposit,
                "The deposit for a sub-account, in plancks.");
        scope.constant("MaxSubAccounts", Codecs.U32, (long) config.maxSubAccounts,
                "The most sub-accounts of an account.");
        scope.constant("MaxRegistrars", Codecs.U32, (long) config.maxRegistrars, "The most registrars.");
        scope.constant("PendingUsernameExpiration", Codecs.U32, config.pendingUsernameExpiration,
                "The blocks within which a username must be accepted.");
        scope.constant("UsernameGracePeriod", Codecs.U32, config.usernameGracePeriod,
                "The blocks until a username that is taken back may be removed.");
        scope.constant("MaxSuffixLength", Codecs.U32, (long) config.maxSuffixLength, "The most bytes of a suffix.");
        scope.constant("MaxUsernameLength", Codecs.U32, (long) config.maxUsernameLength,
                "The most bytes of a username with its suffix.");
    }

    /** Whether some registrar finds the identity of an account reasonable or knows it to be good. */
    public boolean isVouchedFor(Externalities ext, AccountId who) {
        Optional<Registration> identity = storage.identityOf().find(ext, who);
        return identity.isPresent()
                && identity.get().judgements().stream().map(Map.Entry::getValue).anyMatch(Judgement::isPositive);
    }

    /** What an account says about who holds it, in SCALE: a judgement names the blake2_256 of it. */
    public Optional<Bytes> encodedFields(Externalities ext, AccountId who) {
        return storage.identityOf().find(ext, who).map(identity -> Bytes.wrap(fields.encode(identity.info())));
    }

    @Override
    public Weight weigh(IdentityCall call) {
        int registrars = config.maxRegistrars;
        int subs = config.maxSubAccounts;
        return switch (call) {
            case IdentityCall.AddRegistrar _ -> IdentityWeights.addRegistrar(registrars);
            case IdentityCall.SetIdentity _ -> IdentityWeights.setIdentity(registrars);
            case IdentityCall.SetSubs(var named) ->
                IdentityWeights.setSubsOld(subs).plus(IdentityWeights.setSubsNew(named.size()));
            case IdentityCall.ClearIdentity _ -> IdentityWeights.clearIdentity(registrars, subs);
            case IdentityCall.RequestJudgement _ -> IdentityWeights.requestJudgement(registrars);
            case IdentityCall.CancelRequest _ -> IdentityWeights.cancelRequest(registrars);
            case IdentityCall.SetFee _ -> IdentityWeights.setFee(registrars);
            case IdentityCall.SetAccountId _ -> IdentityWeights.setAccountId(registrars);
            case IdentityCall.SetFields _ -> IdentityWeights.setFields(registrars);
            case IdentityCall.ProvideJudgement _ -> IdentityWeights.provideJudgement(registrars);
            case IdentityCall.KillIdentity _ -> IdentityWeights.killIdentity(registrars, subs);
            case IdentityCall.AddSub _ -> IdentityWeights.addSub(subs);
            case IdentityCall.RenameSub _ -> IdentityWeights.renameSub(subs);
            case IdentityCall.RemoveSub _ -> IdentityWeights.removeSub(subs);
            case IdentityCall.QuitSub _ -> IdentityWeights.quitSub(subs);
            case IdentityCall.AddUsernameAuthority _ -> IdentityWeights.ADD_USERNAME_AUTHORITY;
            case IdentityCall.RemoveUsernameAuthority _ -> IdentityWeights.REMOVE_USERNAME_AUTHORITY;
            case IdentityCall.SetUsernameFor _ -> IdentityWeights.SET_USERNAME_FOR;
            case IdentityCall.AcceptUsername _ -> IdentityWeights.ACCEPT_USERNAME;
            case IdentityCall.RemoveExpiredApproval _ -> IdentityWeights.REMOVE_EXPIRED_APPROVAL;
            case IdentityCall.SetPrimaryUsername _ -> IdentityWeights.SET_PRIMARY_USERNAME;
            case IdentityCall.UnbindUsername _ -> IdentityWeights.UNBIND_USERNAME;
            case IdentityCall.RemoveUsername _ -> IdentityWeights.REMOVE_USERNAME;
            case IdentityCall.KillUsername _ -> IdentityWeights.KILL_USERNAME;
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, IdentityCall call) throws DispatchException {
        return switch (call) {
            case IdentityCall.AddRegistrar(var account) -> {
                config.registrar.ensure(ext, origin);
                yield judgements.addRegistrar(ext, lookup(account));
            }
            case IdentityCall.SetIdentity(var info) -> setIdentity(ext, origin.ensureSigned(), info);
            case IdentityCall.SetSubs(var subs) -> subAccounts.set(ext, origin.ensureSigned(), subs);
            case IdentityCall.ClearIdentity() -> clearIdentity(ext, origin.ensureSigned());
            case IdentityCall.RequestJudgement(var index, var maxFee) ->
                judgements.request(ext, origin.ensureSigned(), index, maxFee);
            case IdentityCall.CancelRequest(var index) -> judgements.cancel(ext, origin.ensureSigned(), index);
            case IdentityCall.SetFee(var index, var fee) ->
                PostDispatchInfo.weighing(IdentityWeights.setFee(judgements.change(ext, origin.ensureSigned(), index,
                        registrar -> new Registrar(registrar.account(), fee, registrar.fields()))));
            case IdentityCall.SetAccountId(var index, var address) -> {
                AccountId who = origin.ensureSigned();
                AccountId account = lookup(address);
                yield PostDispatchInfo.weighing(IdentityWeights.setAccountId(judgements.change(ext, who, index,
                        registrar -> new Registrar(account, registrar.fee(), registrar.fields()))));
            }
            case IdentityCall.SetFields(var index, var bits) ->
                PostDispatchInfo.weighing(IdentityWeights.setFields(judgements.change(ext, origin.ensureSigned(), index,
                        registrar -> new Registrar(registrar.account(), registrar.fee(), bits))));
            case IdentityCall.ProvideJudgement judgement -> judgements.provide(ext, origin.ensureSigned(), judgement);
            case IdentityCall.KillIdentity(var target) -> {
                config.force.ensure(ext, origin);
                yield killIdentity(ext, lookup(target));
            }
            case IdentityCall.RemoveExpiredApproval(var username) -> {
                origin.ensureSigned();
                yield usernames.removeExpired(ext, username);
            }
            case IdentityCall.AcceptUsername(var username) -> usernames.accept(ext, origin.ensureSigned(), username);
            case IdentityCall.RemoveUsername(var username) -> {
                origin.ensureSigned();
                yield usernames.remove(ext, username);
            }
            case IdentityCall.KillUsername(var username) -> {
                config.force.ensure(ext, origin);
                yield usernames.kill(ext, username);
            }
            case IdentityCall.AddSub(var sub, var name) -> subAccounts.add(ext, origin.ensureSigned(), sub, name);
            case IdentityCall.RenameSub(var sub, var name) -> subAccounts.rename(ext, origin.ensureSigned(), sub, name);
            case IdentityCall.RemoveSub(var sub) -> subAccounts.remove(ext, origin.ensureSigned(), sub);
            case IdentityCall.QuitSub() -> subAccounts.quit(ext, origin.ensureSigned());
            case IdentityCall.AddUsernameAuthority(var authority, var suffix, var allocation) -> {
                config.usernameAuthority.ensure(ext, origin);
                yield usernames.addAuthority(ext, authority, suffix, allocation);
            }
            case IdentityCall.RemoveUsernameAuthority(var suffix, var authority) -> {
                config.usernameAuthority.ensure(ext, origin);
                yield usernames.removeAuthority(ext, suffix, authority);
            }
            case IdentityCall.SetUsernameFor username -> usernames.give(ext, origin.ensureSigned(), username);
            case IdentityCall.SetPrimaryUsername(var username) ->
                usernames.setPrimary(ext, origin.ensureSigned(), username);
            case IdentityCall.UnbindUsername(var username) -> usernames.unbind(ext, origin.ensureSigned(), username);
        };
    }

    private PostDispatchInfo setIdentity(Externalities ext, AccountId who, IdentityFields info)
            throws DispatchException {
        Registration old = storage.identityOf().find(ext, who)
                .orElse(new Registration(List.of(), U128.ZERO, info));
        List<Map.Entry<Long, Judgement>> kept = old.judgements().stream()
                .filter(judgement -> judgement.getValue().isSticky()).toList();
        U128 deposit = config.basicDeposit.saturatingPlus(
                config.byteDeposit.saturatingTimes(U128.of(fields.encode(info).length)));
        changeDeposit(ext, currency, who, old.deposit(), deposit);
        storage.identityOf().put(ext, who, new Registration(kept, deposit, info));
        events.deposit(ext, new IdentityEvent.IdentitySet(who));
        return PostDispatchInfo.weighing(IdentityWeights.setIdentity(kept.size()));
    }

    /** Reserves what a deposit grows by, or gives back what it shrinks by. */
    static void changeDeposit(Externalities ext, ReservableCurrency currency, AccountId who, U128 from, U128 to)
            throws DispatchException {
        if (to.isMoreThan(from)) {
            currency.reserve(ext, who, to.minus(from));
        } else if (to.isLessThan(from)) {
            currency.unreserve(ext, who, from.minus(to));
        }
    }

    private PostDispatchInfo clearIdentity(Externalities ext, AccountId who) throws DispatchException {
        Gone gone = takeIdentity(ext, who);
        currency.unreserve(ext, who, gone.deposit);
        events.deposit(ext, new IdentityEvent.IdentityCleared(who, gone.deposit));
        return PostDispatchInfo.weighing(IdentityWeights.clearIdentity(gone.judgements, gone.subs));
    }

    private PostDispatchInfo killIdentity(Externalities ext, AccountId who) throws DispatchException {
        Gone gone = takeIdentity(ext, who);
        config.slashed.onUnbalanced(ext, currency.slashReserved(ext, who, gone.deposit).credit());
        events.deposit(ext, new IdentityEvent.IdentityKilled(who, gone.deposit));
        return PostDispatchInfo.weighing(IdentityWeights.killIdentity(gone.judgements, gone.subs));
    }

    /** What was removed of an account: all its deposits, and how much there was of what. */
    private record Gone(U128 deposit, int judgements, int subs) {}

    private Gone takeIdentity(Externalities ext, AccountId who) throws DispatchException {
        Subs subs = subAccounts.takeAll(ext, who);
        Registration identity = storage.identityOf().takeIfPresent(ext, who)
                .orElseThrow(() -> new DispatchException(IdentityError.NO_IDENTITY));
        subAccounts.forget(ext, subs.accounts());
        return new Gone(identity.totalDeposit().saturatingPlus(subs.deposit()), identity.judgements().size(),
                subs.accounts().size());
    }
}
