package io.vilokanam.pallets.proxy;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.U128;
import io.vilokanam.scale.Variants;

/** The events of Proxy. */
public sealed interface ProxyEvent {

    record ProxyExecuted(Result<Unit, DispatchError> result) implements ProxyEvent {}

    record PureCreated(AccountId pure, AccountId who, int kind, int disambiguationIndex) implements ProxyEvent {}

    record Announced(AccountId real, AccountId proxy, Hash callHash) implements ProxyEvent {}

    record ProxyAdded(AccountId delegator, AccountId delegatee, int kind, long delay) implements ProxyEvent {}

    record ProxyRemoved(AccountId delegator, AccountId delegatee, int kind, long delay) implements ProxyEvent {}

    record DepositPoked(AccountId who, DepositKind kind, U128 oldDeposit, U128 newDeposit) implements ProxyEvent {}

    /** What a deposit is for. */
    enum DepositKind {
        PROXIES, ANNOUNCEMENTS;

        static final Codec<DepositKind> CODEC = Variants.ofEnum("pallet_proxy::DepositKind", values(), "Proxies",
                "Announcements");
    }

    static Variants<ProxyEvent> table(Codec<Integer> kinds) {
        String account = "T::AccountId";
        return Variants.of(ProxyEvent.class)
                .with(0, "ProxyExecuted", ProxyExecuted.class,
                        struct(ProxyExecuted::new,
                                field("result", "DispatchResult", ApplyResult.OUTCOME, ProxyExecuted::result)),
                        "A call was made by a proxy.")
                .with(1, "PureCreated", PureCreated.class,
                        struct(PureCreated::new, field("pure", account, AccountId.CODEC, PureCreated::pure),
                                field("who", account, AccountId.CODEC, PureCreated::who),
                                field("proxy_type", "T::ProxyType", kinds, PureCreated::kind),
                                field("disambiguation_index", "u16", Codecs.U16, PureCreated::disambiguationIndex)),
                        "An account without a key was made.")
                .with(2, "Announced", Announced.class,
                        struct(Announced::new, field("real", account, AccountId.CODEC, Announced::real),
                                field("proxy", account, AccountId.CODEC, Announced::proxy),
                                field("call_hash", "CallHashOf<T>", Hash.CODEC, Announced::callHash)),
                        "A proxy announced a call.")
                .with(3, "ProxyAdded", ProxyAdded.class,
                        struct(ProxyAdded::new, field("delegator", account, AccountId.CODEC, ProxyAdded::delegator),
                                field("delegatee", account, AccountId.CODEC, ProxyAdded::delegatee),
                                field("proxy_type", "T::ProxyType", kinds, ProxyAdded::kind),
                                field("delay", "BlockNumberFor<T>", Codecs.U32, ProxyAdded::delay)),
                        "An account may act for another.")
                .with(4, "ProxyRemoved", ProxyRemoved.class,
                        struct(ProxyRemoved::new,
                                field("delegator", account, AccountId.CODEC, ProxyRemoved::delegator),
                                field("delegatee", account, AccountId.CODEC, ProxyRemoved::delegatee),
                                field("proxy_type", "T::ProxyType", kinds, ProxyRemoved::kind),
                                field("delay", "BlockNumberFor<T>", Codecs.U32, ProxyRemoved::delay)),
                        "An account may no longer act for another.")
                .with(5, "DepositPoked", DepositPoked.class,
                        struct(DepositPoked::new, field("who", account, AccountId.CODEC, DepositPoked::who),
                                field("kind", "DepositKind", DepositKind.CODEC, DepositPoked::kind),
                                field("old_deposit", "BalanceOf<T>", Codecs.U128, DepositPoked::oldDeposit),
                                field("new_deposit", "BalanceOf<T>", Codecs.U128, DepositPoked::newDeposit)),
                        "A deposit changed.")
                .complete();
    }
}
