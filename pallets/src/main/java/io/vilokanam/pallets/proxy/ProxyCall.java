package io.vilokanam.pallets.proxy;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Optional;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Variants;

/** The calls of Proxy. */
public sealed interface ProxyCall {

    record Act(MultiAddress real, Optional<Integer> forceKind, RuntimeCall call) implements ProxyCall {}

    record AddProxy(MultiAddress delegate, int kind, long delay) implements ProxyCall {}

    record RemoveProxy(MultiAddress delegate, int kind, long delay) implements ProxyCall {}

    record RemoveProxies() implements ProxyCall {}

    record CreatePure(int kind, long delay, int index) implements ProxyCall {}

    record KillPure(MultiAddress spawner, int kind, int index, long height, long extIndex) implements ProxyCall {}

    record Announce(MultiAddress real, Hash callHash) implements ProxyCall {}

    record RemoveAnnouncement(MultiAddress real, Hash callHash) implements ProxyCall {}

    record RejectAnnouncement(MultiAddress delegate, Hash callHash) implements ProxyCall {}

    record ProxyAnnounced(MultiAddress delegate, MultiAddress real, Optional<Integer> forceKind, RuntimeCall call)
            implements
            ProxyCall {}

    record PokeDeposit() implements ProxyCall {}

    /** @param call how calls within calls stand on the wire */
    static Variants<ProxyCall> table(Codec<RuntimeCall> call, Codec<Integer> kinds) {
        String lookup = "AccountIdLookupOf<T>";
        String kind = "T::ProxyType";
        String forced = "Option<T::ProxyType>";
        String inner = "Box<<T as Config>::RuntimeCall>";
        String hash = "CallHashOf<T>";
        String number = "BlockNumberFor<T>";
        Codec<MultiAddress> address = MultiAddress.CODEC;
        return Variants.of(ProxyCall.class)
                .with(0, "proxy", Act.class,
                        struct(Act::new, field("real", lookup, address, Act::real),
                                field("force_proxy_type", forced, Codecs.option(kinds), Act::forceKind),
                                field("call", inner, call, Act::call)),
                        "Make a call for an account that the signer is a proxy of.")
                .with(1, "add_proxy", AddProxy.class,
                        struct(AddProxy::new, field("delegate", lookup, address, AddProxy::delegate),
                                field("proxy_type", kind, kinds, AddProxy::kind),
                                field("delay", number, Codecs.U32, AddProxy::delay)),
                        "Let another account act for the signer.")
                .with(2, "remove_proxy", RemoveProxy.class,
                        struct(RemoveProxy::new, field("delegate", lookup, address, RemoveProxy::delegate),
                                field("proxy_type", kind, kinds, RemoveProxy::kind),
                                field("delay", number, Codecs.U32, RemoveProxy::delay)),
                        "Let an account act for the signer no longer.")
                .with(3, "remove_proxies", RemoveProxies.class, struct(RemoveProxies::new),
                        "Let nobody act for the signer.")
                .with(4, "create_pure", CreatePure.class,
                        struct(CreatePure::new, field("proxy_type", kind, kinds, CreatePure::kind),
                                field("delay", number, Codecs.U32, CreatePure::delay),
                                field("index", "u16", Codecs.U16, CreatePure::index)),
                        "Make an account without a key, for which the signer acts.")
                .with(5, "kill_pure", KillPure.class,
                        struct(KillPure::new, field("spawner", lookup, address, KillPure::spawner),
                                field("proxy_type", kind, kinds, KillPure::kind),
                                field("index", "u16", Codecs.U16, KillPure::index),
                                field("height", number, Codecs.COMPACT_U32, KillPure::height),
                                field("ext_index", "u32", Codecs.COMPACT_U32, KillPure::extIndex)),
                        "Give up an account without a key, by itself; what it holds is lost.")
                .with(6, "announce", Announce.class,
                        struct(Announce::new, field("real", lookup, address, Announce::real),
                                field("call_hash", hash, Hash.CODEC, Announce::callHash)),
                        "Announce a call as a proxy that has to wait.")
                .with(7, "remove_announcement", RemoveAnnouncement.class,
                        struct(RemoveAnnouncement::new, field("real", lookup, address, RemoveAnnouncement::real),
                                field("call_hash", hash, Hash.CODEC, RemoveAnnouncement::callHash)),
                        "Take an announcement back.")
                .with(8, "reject_announcement", RejectAnnouncement.class,
                        struct(RejectAnnouncement::new,
                                field("delegate", lookup, address, RejectAnnouncement::delegate),
                                field("call_hash", hash, Hash.CODEC, RejectAnnouncement::callHash)),
                        "Refuse what a proxy of the signer has announced.")
                .with(9, "proxy_announced", ProxyAnnounced.class,
                        struct(ProxyAnnounced::new, field("delegate", lookup, address, ProxyAnnounced::delegate),
                                field("real", lookup, address, ProxyAnnounced::real),
                                field("force_proxy_type", forced, Codecs.option(kinds), ProxyAnnounced::forceKind),
                                field("call", inner, call, ProxyAnnounced::call)),
                        "Make a call that a proxy has announced long enough ago.")
                .with(10, "poke_deposit", PokeDeposit.class, struct(PokeDeposit::new),
                        "Bring the signer's deposits to what they would be today.")
                .complete();
    }
}
