package io.vilokanam.pallets.proxy;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.Comparator;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** Who may act for an account, in what, and how many blocks after announcing it. */
record ProxyDefinition(AccountId delegate, int kind, long delay) implements Comparable<ProxyDefinition> {

    private static final Comparator<ProxyDefinition> ORDER = Comparator.comparing(ProxyDefinition::delegate)
            .thenComparingInt(ProxyDefinition::kind).thenComparingLong(ProxyDefinition::delay);

    static Codec<ProxyDefinition> codec(Codec<Integer> kinds) {
        return struct(ProxyDefinition::new, field("delegate", "AccountId", AccountId.CODEC, ProxyDefinition::delegate),
                field("proxy_type", "ProxyType", kinds, ProxyDefinition::kind),
                field("delay", "BlockNumber", Codecs.U32, ProxyDefinition::delay))
                .named("pallet_proxy::ProxyDefinition", TypeParameter.of("AccountId", AccountId.CODEC.type()),
                        TypeParameter.of("ProxyType", kinds.type()),
                        TypeParameter.of("BlockNumber", Codecs.U32.type()));
    }

    @Override
    public int compareTo(ProxyDefinition other) {
        return ORDER.compare(this, other);
    }
}
