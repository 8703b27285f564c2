package io.vilokanam.pallets.identity;

import static io.vilokanam.frame.dispatch.AccountLookup.lookup;
import static io.vilokanam.frame.dispatch.DispatchException.ensure;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.extrinsic.SignatureCheck;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.pallets.identity.IdentityStorage.Pending;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Bytes;

/** Names of accounts that authorities give, each with the suffix of its authority. Source: pallet-identity, {@code lib.rs}. */
final class Usernames {

    private static final byte DOT = '.';

    private static final PostDispatchInfo FREE = new PostDispatchInfo(Optional.empty(), Pays.NO);

    private final Identity.Config config;
    private final IdentityStorage storage;
    private final CurrentBlock block;
    private final ReservableCurrency currency;
    private final EventSink<IdentityEvent> events;

    Usernames(Identity.Config config, IdentityStorage storage, CurrentBlock block, ReservableCurrency currency,
            EventSink<IdentityEvent> events) {
        this.config = config;
        this.storage = storage;
        this.block = block;
        this.currency = currency;
        this.events = events;
    }

    PostDispatchInfo addAuthority(Externalities ext, MultiAddress address, Bytes suffix, long allocation)
            throws DispatchException {
        AccountId authority = lookup(address);
        ensure(suffix.size() <= config.maxSuffixLength() && suffix.size() > 0 && isPlain(suffix, 0, suffix.size()),
                IdentityError.INVALID_SUFFIX);
        storage.authorityOf().put(ext, suffix, new AuthorityProperties(authority, allocation));
        events.deposit(ext, new IdentityEvent.AuthorityAdded(authority));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    PostDispatchInfo removeAuthority(Externalities ext, Bytes suffix, MultiAddress address) throws DispatchException {
        ensure(suffix.size() <= config.maxSuffixLength(), IdentityError.INVALID_SUFFIX);
        AccountId authority = lookup(address);
        AuthorityProperties properties = authorityOf(ext, suffix);
        storage.authorityOf().remove(ext, suffix);
        ensure(properties.accountId().equals(authority), IdentityError.INVALID_SUFFIX);
        events.deposit(ext, new IdentityEvent.AuthorityRemoved(authority));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private AuthorityProperties authorityOf(Externalities ext, Bytes suffix) throws DispatchException {
        return storage.authorityOf().find(ext, suffix)
                .orElseThrow(() -> new DispatchException(IdentityError.NOT_USERNAME_AUTHORITY));
    }

    /** The owner has signed and has the name at once, or must accept it. */
    PostDispatchInfo give(Externalities ext, AccountId authority, IdentityCall.SetUsernameFor call)
            throws DispatchException {
        Bytes username = call.username();
        Provider provider = provide(ext, authority, suffixOfNew(username), call.useAllocation());
        ensure(!storage.usernameInfoOf().contains(ext, username), IdentityError.USERNAME_TAKEN);
        ensure(!storage.pendingUsernames().contains(ext, username), IdentityError.USERNAME_TAKEN);
        AccountId who = lookup(call.who());
        if (call.signature().isPresent()) {
            ensure(SignatureCheck.verifyBytes(ext, call.signature().get(), username.view(), who),
                    IdentityError.INVALID_SIGNATURE);
            insert(ext, who, username, provider);
        } else {
            long expiration = DispatchTime.saturating(block.blockNumber(ext) + config.pendingUsernameExpiration());
            storage.pendingUsernames().put(ext, username, new Pending(who, expiration, provider));
            events.deposit(ext, new IdentityEvent.UsernameQueued(who, username, expiration));
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private Provider provide(Externalities ext, AccountId authority, Bytes suffix, boolean useAllocation)
            throws DispatchException {
        AuthorityProperties properties = authorityOf(ext, suffix);
        ensure(properties.accountId().equals(authority), IdentityError.NOT_USERNAME_AUTHORITY);
        if (!useAllocation) {
            currency.reserve(ext, authority, config.usernameDeposit());
            return new Provider.AuthorityDeposit(config.usernameDeposit());
        }
        ensure(properties.allocation() > 0, IdentityError.NO_ALLOCATION);
        storage.authorityOf().put(ext, suffix, new AuthorityProperties(authority, properties.allocation() - 1));
        return new Provider.Allocation();
    }

    /** The first username of an account is the one that it is known by. */
    private void insert(Externalities ext, AccountId who, Bytes username, Provider provider) {
        boolean isPrimary = storage.usernameOf().find(ext, who).isEmpty();
        if (isPrimary) {
            storage.usernameOf().put(ext, who, username);
        }
        storage.usernameInfoOf().put(ext, username, new UsernameInformation(who, provider));
        events.deposit(ext, new IdentityEvent.UsernameSet(who, username));
        if (isPrimary) {
            events.deposit(ext, new IdentityEvent.PrimaryUsernameSet(who, username));
        }
    }

    /** As in the reference, the event that a username is set comes twice here. */
    PostDispatchInfo accept(Externalities ext, AccountId who, Bytes username) throws DispatchException {
        Pending pending = storage.pendingUsernames().takeIfPresent(ext, username)
                .orElseThrow(() -> new DispatchException(IdentityError.NO_USERNAME));
        ensure(pending.who().equals(who), IdentityError.INVALID_USERNAME);
        insert(ext, who, username, pending.provider());
        events.deposit(ext, new IdentityEvent.UsernameSet(who, username));
        return FREE;
    }

    PostDispatchInfo removeExpired(Externalities ext, Bytes username) throws DispatchException {
        Pending pending = storage.pendingUsernames().takeIfPresent(ext, username)
                .orElseThrow(() -> new DispatchException(IdentityError.NO_USERNAME));
        ensure(block.blockNumber(ext) > pending.expiration(), IdentityError.NOT_EXPIRED);
        switch (pending.provider()) {
            case Provider.AuthorityDeposit(var deposit) ->
                currency.unreserve(ext, authorityOf(ext, suffixOf(username)).accountId(), deposit);
            case Provider.Allocation() -> {
            }
            case Provider.System() -> throw new DispatchException(IdentityError.INVALID_TARGET);
        }
        events.deposit(ext, new IdentityEvent.PreapprovalExpired(pending.who()));
        return new PostDispatchInfo(Optional.of(IdentityWeights.REMOVE_EXPIRED_APPROVAL), Pays.NO);
    }

    PostDispatchInfo setPrimary(Externalities ext, AccountId who, Bytes username) throws DispatchException {
        ensure(informationOf(ext, username).owner().equals(who), IdentityError.INVALID_USERNAME);
        storage.usernameOf().put(ext, who, username);
        events.deposit(ext, new IdentityEvent.PrimaryUsernameSet(who, username));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private UsernameInformation informationOf(Externalities ext, Bytes username) throws DispatchException {
        return storage.usernameInfoOf().find(ext, username)
                .orElseThrow(() -> new DispatchException(IdentityError.NO_USERNAME));
    }

    PostDispatchInfo unbind(Externalities ext, AccountId who, Bytes username) throws DispatchException {
        UsernameInformation information = informationOf(ext, username);
        ensure(authorityOf(ext, suffixOf(username)).accountId().equals(who), IdentityError.NOT_USERNAME_AUTHORITY);
        ensure(!(information.provider() instanceof Provider.System), IdentityError.INSUFFICIENT_PRIVILEGES);
        ensure(storage.unbindingUsernames().find(ext, username).isEmpty(), IdentityError.ALREADY_UNBINDING);
        storage.unbindingUsernames().put(ext, username,
                DispatchTime.saturating(block.blockNumber(ext) + config.usernameGracePeriod()));
        events.deposit(ext, new IdentityEvent.UsernameUnbound(username));
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    PostDispatchInfo remove(Externalities ext, Bytes username) throws DispatchException {
        long end = storage.unbindingUsernames().takeIfPresent(ext, username)
                .orElseThrow(() -> new DispatchException(IdentityError.NOT_UNBINDING));
        ensure(block.blockNumber(ext) >= end, IdentityError.TOO_EARLY);
        switch (takeFromOwner(ext, username)) {
            case Provider.AuthorityDeposit(var deposit) -> {
                Optional<AuthorityProperties> authority = storage.authorityOf().find(ext, suffixOf(username));
                if (authority.isPresent()) {
                    currency.unreserve(ext, authority.get().accountId(), deposit);
                }
            }
            case Provider.Allocation() -> {
            }
            case Provider.System() -> throw new DispatchException(IdentityError.INSUFFICIENT_PRIVILEGES);
        }
        events.deposit(ext, new IdentityEvent.UsernameRemoved(username));
        return FREE;
    }

    PostDispatchInfo kill(Externalities ext, Bytes username) throws DispatchException {
        Provider provider = takeFromOwner(ext, username);
        storage.unbindingUsernames().takeIfPresent(ext, username);
        if (provider instanceof Provider.AuthorityDeposit(var deposit)) {
            Optional<AuthorityProperties> authority = storage.authorityOf().find(ext, suffixOf(username));
            if (authority.isPresent()) {
                config.slashed().onUnbalanced(ext,
                        currency.slashReserved(ext, authority.get().accountId(), deposit).credit());
            }
        }
        events.deposit(ext, new IdentityEvent.UsernameKilled(username));
        return new PostDispatchInfo(Optional.of(IdentityWeights.KILL_USERNAME), Pays.NO);
    }

    private Provider takeFromOwner(Externalities ext, Bytes username) throws DispatchException {
        UsernameInformation information = storage.usernameInfoOf().takeIfPresent(ext, username)
                .orElseThrow(() -> new DispatchException(IdentityError.NO_USERNAME));
        if (storage.usernameOf().find(ext, information.owner()).filter(username::equals).isPresent()) {
            storage.usernameOf().remove(ext, information.owner());
        }
        return information.provider();
    }

    /** Checks a username that is to be given: small letters and digits, a dot, a suffix. */
    private Bytes suffixOfNew(Bytes username) throws DispatchException {
        ensure(username.size() <= config.maxUsernameLength(), IdentityError.INVALID_USERNAME);
        int dot = lastDot(username);
        ensure(dot > 0 && dot + 1 < username.size() && isPlain(username, 0, dot), IdentityError.INVALID_USERNAME);
        return suffixBehind(username, dot);
    }

    private Bytes suffixOf(Bytes username) throws DispatchException {
        int dot = lastDot(username);
        ensure(dot >= 0 && dot + 1 < username.size(), IdentityError.INVALID_USERNAME);
        return suffixBehind(username, dot);
    }

    private Bytes suffixBehind(Bytes username, int dot) throws DispatchException {
        byte[] suffix = new byte[username.size() - dot - 1];
        ensure(suffix.length <= config.maxSuffixLength(), IdentityError.INVALID_USERNAME);
        for (int i = 0; i < suffix.length; i++) {
            suffix[i] = username.at(dot + 1 + i);
        }
        return Bytes.wrap(suffix);
    }

    /** Where the last dot is, or -1. */
    private static int lastDot(Bytes username) {
        int at = username.size() - 1;
        while (at >= 0 && username.at(at) != DOT) {
            at--;
        }
        return at;
    }

    private static boolean isPlain(Bytes text, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = text.at(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return true;
    }
}
