package io.vilokanam.pallets.proxy;

import static io.vilokanam.frame.dispatch.AccountLookup.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.dispatch.RuntimeCalls;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.Errors;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletError;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.runtimeapi.ApiMethod;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.SortedSearch;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/**
 * Accounts that act for others, in what their kind allows, at once or after an announcement; and accounts without keys for which
 * only proxies act ({@code pallet_proxy}).
 */
public final class Proxy implements Pallet<ProxyCall> {

    /** A base and, for each proxy or announcement, a factor, in plancks. */
    public record Deposit(U128 base, U128 factor) {

        U128 of(int count) {
            return count == 0 ? U128.ZERO : base.plus(factor.times(U128.of(count)));
        }
    }

    /** What a runtime decides. */
    public record Config(ProxyKinds kinds, Deposit proxies, int maxProxies, Deposit announcements, int maxPending) {}

    public enum Error implements PalletError {
        TOO_MANY, NOT_FOUND, NOT_PROXY, UNPROXYABLE, DUPLICATE, NO_PERMISSION, UNANNOUNCED, NO_SELF_PROXY
    }

    static final Errors<Error> ERRORS = Errors.of(Error.class)
            .with(0, "TooMany", Error.TOO_MANY, "There are too many proxies or announcements.")
            .with(1, "NotFound", Error.NOT_FOUND, "There is no such proxy or announcement.")
            .with(2, "NotProxy", Error.NOT_PROXY, "The account is no such proxy.")
            .with(3, "Unproxyable", Error.UNPROXYABLE, "Proxies of this kind may not make the call.")
            .with(4, "Duplicate", Error.DUPLICATE, "The account is such a proxy already.")
            .with(5, "NoPermission", Error.NO_PERMISSION, "Only the account itself may be given up.")
            .with(6, "Unannounced", Error.UNANNOUNCED, "The call was not announced, or not long enough ago.")
            .with(7, "NoSelfProxy", Error.NO_SELF_PROXY, "Nobody is a proxy of itself.").complete();

    /** The kind that may do everything. */
    private static final int ANY = 0;
    private static final Bytes PSEUDONYM = Bytes.ascii("modlpy/proxy____");

    private final Config config;
    private final RuntimeCalls runtime;
    private final CurrentBlock block;
    private final ReservableCurrency reserves;
    private final ProxyWeights weights;
    private final StorageMap<AccountId, Map.Entry<List<ProxyDefinition>, U128>> proxies;
    private final StorageMap<AccountId, Map.Entry<List<Announcement>, U128>> announcements;
    private final EventSink<ProxyEvent> events;

    public Proxy(PalletScope scope, Config config, RuntimeCalls runtime, CurrentBlock block,
            ReservableCurrency reserves) {
        this.config = config;
        this.runtime = runtime;
        this.block = block;
        this.reserves = reserves;
        this.weights = new ProxyWeights(config.maxPending, config.maxProxies);
        this.proxies = scope.map("Proxies", Hasher.TWOX_64_CONCAT, AccountId.CODEC,
                Codecs.tuple(BoundedVec.codec(ProxyDefinition.codec(config.kinds.codec()), config.maxProxies),
                        Codecs.U128),
                Map.entry(List.of(), U128.ZERO), "Who acts for an account, sorted, and what is reserved for it.");
        this.announcements = scope.map("Announcements", Hasher.TWOX_64_CONCAT, AccountId.CODEC,
                Codecs.tuple(BoundedVec.codec(Announcement.CODEC, config.maxPending), Codecs.U128),
                Map.entry(List.of(), U128.ZERO), "What a proxy has announced, and what is reserved for it.");
        scope.calls(ProxyCall.table(runtime.boxedCodec(), config.kinds.codec()), "pallet_proxy::pallet::Call", "T");
        this.events = scope.events(ProxyEvent.table(config.kinds.codec()), "pallet_proxy::pallet::Event", "T");
        scope.errors(ERRORS, "pallet_proxy::pallet::Error", "T");
        scope.constant("ProxyDepositBase", Codecs.U128, config.proxies.base, "What having proxies reserves.");
        scope.constant("ProxyDepositFactor", Codecs.U128, config.proxies.factor, "What it reserves more a proxy.");
        scope.constant("MaxProxies", Codecs.U32, (long) config.maxProxies, "The most proxies of an account.");
        scope.constant("MaxPending", Codecs.U32, (long) config.maxPending, "The most announcements of a proxy.");
        scope.constant("AnnouncementDepositBase", Codecs.U128, config.announcements.base,
                "What having announcements reserves.");
        scope.constant("AnnouncementDepositFactor", Codecs.U128, config.announcements.factor,
                "What it reserves more an announcement.");
        declareViews(scope);
    }

    private void declareViews(PalletScope scope) {
        ProxyKinds kinds = config.kinds;
        scope.associatedType("ProxyType", kinds.codec().type());
        scope.viewFunction("check_permissions(<TasConfig>::RuntimeCall,T::ProxyType) -> bool",
                ApiMethod.method("check_permissions", ApiMethod.parameter("call", runtime.codec()),
                        ApiMethod.parameter("proxy_type", kinds.codec()), Codecs.BOOL,
                        (_, call, kind) -> kinds.allows(kind, call)),
                "Whether proxies of this kind may make the call.");
        scope.viewFunction("is_superset(T::ProxyType,T::ProxyType) -> bool",
                ApiMethod.method("is_superset", ApiMethod.parameter("to_check", kinds.codec()),
                        ApiMethod.parameter("against", kinds.codec()), Codecs.BOOL,
                        (_, kind, other) -> kinds.isSupersetOf(kind, other)),
                "Whether a kind of proxies may do all that another may.");
    }

    @Override
    public Weight weigh(ProxyCall call) {
        return switch (call) {
            case ProxyCall.Act(_, _, var inner) ->
                weights.proxy().plus(DbWeight.ROCKS_DB.readsWrites(1, 1)).plus(runtime.weight(inner));
            case ProxyCall.AddProxy _ -> weights.addProxy();
            case ProxyCall.RemoveProxy _ -> weights.removeProxy();
            case ProxyCall.RemoveProxies _ -> weights.removeProxies();
            case ProxyCall.CreatePure _ -> weights.createPure();
            case ProxyCall.KillPure _ -> weights.killPure();
            case ProxyCall.Announce _ -> weights.announce();
            case ProxyCall.RemoveAnnouncement _ -> weights.removeAnnouncement();
            case ProxyCall.RejectAnnouncement _ -> weights.rejectAnnouncement();
            case ProxyCall.ProxyAnnounced(_, _, _, var inner) ->
                weights.proxyAnnounced().plus(DbWeight.ROCKS_DB.readsWrites(1, 1)).plus(runtime.weight(inner));
            case ProxyCall.PokeDeposit _ -> ProxyWeights.POKE_DEPOSIT;
        };
    }

    @Override
    public DispatchClass dispatchClass(ProxyCall call) {
        return switch (call) {
            case ProxyCall.Act(_, _, var inner) -> runtime.dispatchClass(inner);
            case ProxyCall.ProxyAnnounced(_, _, _, var inner) -> runtime.dispatchClass(inner);
            case ProxyCall.AddProxy _,ProxyCall.RemoveProxy _,ProxyCall.RemoveProxies _,ProxyCall.CreatePure _,ProxyCall.KillPure _,ProxyCall.Announce _,ProxyCall.RemoveAnnouncement _,ProxyCall.RejectAnnouncement _,ProxyCall.PokeDeposit _ ->
                DispatchClass.NORMAL;
        };
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, ProxyCall call) throws DispatchException {
        AccountId who = origin.ensureSigned();
        switch (call) {
            case ProxyCall.Act(var real, var kind, var inner) -> proxy(ext, who, lookup(real), kind, inner);
            case ProxyCall.AddProxy(var delegate, int kind, long delay) ->
                addProxy(ext, who, new ProxyDefinition(lookup(delegate), kind, delay));
            case ProxyCall.RemoveProxy(var delegate, int kind, long delay) ->
                removeProxy(ext, who, new ProxyDefinition(lookup(delegate), kind, delay));
            case ProxyCall.RemoveProxies() -> reserves.unreserve(ext, who, proxies.take(ext, who).getValue());
            case ProxyCall.CreatePure(int kind, long delay, int index) -> createPure(ext, who, kind, delay, index);
            case ProxyCall.KillPure kill -> killPure(ext, who, kill);
            case ProxyCall.Announce(var real, var hash) -> announce(ext, who, lookup(real), hash);
            case ProxyCall.RemoveAnnouncement(var real, var hash) -> {
                AccountId account = lookup(real);
                withdraw(ext, who, each -> each.real().equals(account) && each.callHash().equals(hash));
            }
            case ProxyCall.RejectAnnouncement(var delegate, var hash) -> withdraw(ext, lookup(delegate),
                    each -> each.real().equals(who) && each.callHash().equals(hash));
            case ProxyCall.ProxyAnnounced(var delegate, var real, var kind, var inner) ->
                proxyAnnounced(ext, lookup(delegate), lookup(real), kind, inner);
            case ProxyCall.PokeDeposit() -> {
                boolean ofProxies = pokeProxies(ext, who);
                boolean changed = pokeAnnouncements(ext, who) || ofProxies;
                return new PostDispatchInfo(Optional.empty(), changed ? Pays.NO : Pays.YES);
            }
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private void proxy(Externalities ext, AccountId who, AccountId real, Optional<Integer> kind, RuntimeCall call)
            throws DispatchException {
        ProxyDefinition definition = find(ext, real, who, kind);
        DispatchException.ensure(definition.delay() == 0, Error.UNANNOUNCED);
        act(ext, definition, real, call);
    }

    private ProxyDefinition find(Externalities ext, AccountId real, AccountId delegate, Optional<Integer> kind)
            throws DispatchException {
        return proxies.get(ext, real).getKey().stream()
                .filter(each -> each.delegate().equals(delegate) && (kind.isEmpty() || kind.get() == each.kind()))
                .findFirst().orElseThrow(() -> new DispatchException(Error.NOT_PROXY));
    }

    /** The call is made by the account itself, but only if the proxy's kind allows it: the call, and calls within it. */
    private void act(Externalities ext, ProxyDefinition definition, AccountId real, RuntimeCall call) {
        Origin origin = Origin.signed(real).filteredBy(each -> allows(definition.kind(), each));
        events.deposit(ext, new ProxyEvent.ProxyExecuted(runtime.attempt(ext, origin, call).outcome()));
    }

    /** No proxy makes or removes one that may do more than itself. */
    private boolean allows(int kind, RuntimeCall call) {
        if (call.call() instanceof ProxyCall own) {
            boolean within = switch (own) {
                case ProxyCall.AddProxy(_, int other, _) -> config.kinds.isSupersetOf(kind, other);
                case ProxyCall.RemoveProxy(_, int other, _) -> config.kinds.isSupersetOf(kind, other);
                case ProxyCall.RemoveProxies _,ProxyCall.KillPure _ -> kind == ANY;
                case ProxyCall.Act _,ProxyCall.CreatePure _,ProxyCall.Announce _,ProxyCall.RemoveAnnouncement _,ProxyCall.RejectAnnouncement _,ProxyCall.ProxyAnnounced _,ProxyCall.PokeDeposit _ ->
                    true;
            };
            if (!within) {
                return false;
            }
        }
        return config.kinds.allows(kind, call);
    }

    private void addProxy(Externalities ext, AccountId who, ProxyDefinition definition) throws DispatchException {
        DispatchException.ensure(!who.equals(definition.delegate()), Error.NO_SELF_PROXY);
        Map.Entry<List<ProxyDefinition>, U128> present = proxies.get(ext, who);
        List<ProxyDefinition> all = new ArrayList<>(present.getKey());
        SortedSearch.Place place = SortedSearch.find(all, definition, each -> each);
        DispatchException.ensure(!place.isFound(), Error.DUPLICATE);
        DispatchException.ensure(all.size() < config.maxProxies, Error.TOO_MANY);
        all.add(place.index(), definition);
        U128 deposit = config.proxies.of(all.size());
        settle(ext, who, present.getValue(), deposit);
        proxies.put(ext, who, Map.entry(all, deposit));
        events.deposit(ext, new ProxyEvent.ProxyAdded(who, definition.delegate(), definition.kind(),
                definition.delay()));
    }

    private void settle(Externalities ext, AccountId who, U128 before, U128 after) throws DispatchException {
        if (after.isMoreThan(before)) {
            reserves.reserve(ext, who, after.minus(before));
        } else if (after.isLessThan(before)) {
            reserves.unreserve(ext, who, before.minus(after));
        }
    }

    /** Stores what an account has now, with its deposit; nothing where it has none. */
    private <T> void keep(Externalities ext, StorageMap<AccountId, Map.Entry<List<T>, U128>> map, AccountId who,
            U128 before, List<T> all, U128 deposit) throws DispatchException {
        settle(ext, who, before, deposit);
        if (all.isEmpty()) {
            map.remove(ext, who);
        } else {
            map.put(ext, who, Map.entry(all, deposit));
        }
    }

    private void removeProxy(Externalities ext, AccountId who, ProxyDefinition definition) throws DispatchException {
        Map.Entry<List<ProxyDefinition>, U128> present = proxies.find(ext, who)
                .orElseThrow(() -> new DispatchException(Error.NOT_FOUND));
        List<ProxyDefinition> all = new ArrayList<>(present.getKey());
        SortedSearch.Place place = SortedSearch.find(all, definition, each -> each);
        DispatchException.ensure(place.isFound(), Error.NOT_FOUND);
        all.remove(place.index());
        keep(ext, proxies, who, present.getValue(), all, config.proxies.of(all.size()));
        events.deposit(ext, new ProxyEvent.ProxyRemoved(who, definition.delegate(), definition.kind(),
                definition.delay()));
    }

    private void createPure(Externalities ext, AccountId who, int kind, long delay, int index)
            throws DispatchException {
        AccountId pure = pureAccount(ext, who, kind, index, block.blockNumber(ext),
                block.extrinsicIndex(ext).orElse(0L));
        DispatchException.ensure(!proxies.contains(ext, pure), Error.DUPLICATE);
        U128 deposit = config.proxies.of(1);
        reserves.reserve(ext, who, deposit);
        proxies.put(ext, pure, Map.entry(List.of(new ProxyDefinition(who, kind, delay)), deposit));
        events.deposit(ext, new ProxyEvent.PureCreated(pure, who, kind, index));
    }

    /** The account that nobody has a key of, made by {@code who} in an extrinsic: blake2_256 of all that. */
    private AccountId pureAccount(Externalities ext, AccountId who, int kind, int index, long height, long extIndex) {
        ScaleOutput entropy = new ScaleOutput().raw(PSEUDONYM.view()).raw(who.bytes().view()).u32(height).u32(extIndex);
        config.kinds.codec().encode(kind, entropy);
        return AccountId.wrap(ext.blake2b256(entropy.u16(index).toByteArray()));
    }

    private void killPure(Externalities ext, AccountId who, ProxyCall.KillPure kill) throws DispatchException {
        AccountId spawner = lookup(kill.spawner());
        AccountId pure = pureAccount(ext, spawner, kill.kind(), kill.index(), kill.height(), kill.extIndex());
        DispatchException.ensure(pure.equals(who), Error.NO_PERMISSION);
        reserves.unreserve(ext, spawner, proxies.take(ext, who).getValue());
    }

    private void announce(Externalities ext, AccountId who, AccountId real, Hash hash) throws DispatchException {
        find(ext, real, who, Optional.empty());
        Map.Entry<List<Announcement>, U128> present = announcements.get(ext, who);
        DispatchException.ensure(present.getKey().size() < config.maxPending, Error.TOO_MANY);
        List<Announcement> all = new ArrayList<>(present.getKey());
        all.add(new Announcement(real, hash, block.blockNumber(ext)));
        U128 deposit = config.announcements.of(all.size());
        settle(ext, who, present.getValue(), deposit);
        announcements.put(ext, who, Map.entry(all, deposit));
        events.deposit(ext, new ProxyEvent.Announced(real, who, hash));
    }

    /** Takes back those announcements that {@code gone} says. */
    private void withdraw(Externalities ext, AccountId delegate, Predicate<Announcement> gone)
            throws DispatchException {
        Map.Entry<List<Announcement>, U128> present = announcements.find(ext, delegate)
                .orElseThrow(() -> new DispatchException(Error.NOT_FOUND));
        List<Announcement> left = present.getKey().stream().filter(gone.negate()).toList();
        DispatchException.ensure(left.size() < present.getKey().size(), Error.NOT_FOUND);
        keep(ext, announcements, delegate, present.getValue(), left, config.announcements.of(left.size()));
    }

    private void proxyAnnounced(Externalities ext, AccountId delegate, AccountId real, Optional<Integer> kind,
            RuntimeCall call) throws DispatchException {
        ProxyDefinition definition = find(ext, real, delegate, kind);
        Hash hash = Hash.wrap(ext.blake2b256(runtime.codec().encode(call)));
        long now = block.blockNumber(ext);
        try {
            withdraw(ext, delegate, each -> each.real().equals(real) && each.callHash().equals(hash)
                    && Math.max(0, now - each.height()) >= definition.delay());
        } catch (DispatchException any) {
            throw new DispatchException(Error.UNANNOUNCED);
        }
        act(ext, definition, real, call);
    }

    private boolean pokeProxies(Externalities ext, AccountId who) throws DispatchException {
        Map.Entry<List<ProxyDefinition>, U128> present = proxies.get(ext, who);
        U128 deposit = config.proxies.of(present.getKey().size());
        keep(ext, proxies, who, present.getValue(), present.getKey(), deposit);
        return poked(ext, who, ProxyEvent.DepositKind.PROXIES, present.getValue(), deposit);
    }

    private boolean pokeAnnouncements(Externalities ext, AccountId who) throws DispatchException {
        Map.Entry<List<Announcement>, U128> present = announcements.get(ext, who);
        U128 deposit = config.announcements.of(present.getKey().size());
        keep(ext, announcements, who, present.getValue(), present.getKey(), deposit);
        return poked(ext, who, ProxyEvent.DepositKind.ANNOUNCEMENTS, present.getValue(), deposit);
    }

    private boolean poked(Externalities ext, AccountId who, ProxyEvent.DepositKind kind, U128 before, U128 after) {
        if (before.equals(after)) {
            return false;
        }
        events.deposit(ext, new ProxyEvent.DepositPoked(who, kind, before, after));
        return true;
    }
}
