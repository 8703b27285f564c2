package io.vilokanam.runtime.composition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.proxy.ProxyKinds;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** Which calls which kinds of proxies may make: {@code ProxyType} of the runtime. */
final class ProxyPermissions implements ProxyKinds {

    private static final int ANY = 0;
    private static final int NON_TRANSFER = 1;
    private static final int GOVERNANCE = 2;
    private static final int IDENTITY = 3;

    private static final List<String> NAMES = List.of("Any", "NonTransfer", "Governance", "Identity");

    private static final Set<String> MOVING_MONEY = Set.of("Balances", "Vesting");
    private static final Set<String> GOVERNING = Set.of("Council", "TechnicalCommittee", "Elections", "Referenda",
            "ConvictionVoting", "Treasury", "Utility");

    private final Codec<Integer> codec;

    ProxyPermissions(String cratePath) {
        List<TypeDefinition.Variant> variants = new ArrayList<>();
        for (int kind = 0; kind < NAMES.size(); kind++) {
            variants.add(new TypeDefinition.Variant(NAMES.get(kind), kind, List.of(), ""));
        }
        TypeInfo type = TypeInfo.named(cratePath + "::ProxyType", () -> new TypeDefinition.Enumeration(variants));
        codec = Codecs.mapped(Codecs.U8, type, ProxyPermissions::known, kind -> kind);
    }

    private static int known(int kind) throws ScaleException {
        if (kind >= NAMES.size()) {
            throw new ScaleException("a proxy type is at most " + (NAMES.size() - 1) + ", got " + kind);
        }
        return kind;
    }

    @Override
    public Codec<Integer> codec() {
        return codec;
    }

    @Override
    public boolean allows(int kind, RuntimeCall call) {
        String pallet = call.pallet().name();
        return switch (kind) {
            case ANY -> true;
            case NON_TRANSFER -> !MOVING_MONEY.contains(pallet);
            case GOVERNANCE -> GOVERNING.contains(pallet);
            case IDENTITY -> pallet.equals("Identity");
            default -> throw new IllegalStateException("there is no proxy type " + kind);
        };
    }

    /** Identity is within what moves no money, as governance is. */
    @Override
    public boolean isSupersetOf(int kind, int other) {
        return kind == other || kind == ANY || kind == NON_TRANSFER && other != ANY;
    }
}
