package io.vilokanam.runtime.composition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.pallets.proxy.ProxyKinds;
import io.vilokanam.pallets.tickstream.StreamRules;
import io.vilokanam.pallets.tickstream.TickStreamCall;
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

    /** In chains with tick-stream: what a creator's team may do with its streams, and what brings payees their money. */
    private static final int STREAM_MANAGER = 4;
    private static final int PAYOUT = 5;

    private static final List<String> NAMES = List.of("Any", "NonTransfer", "Governance", "Identity", "StreamManager",
            "Payout");

    private static final Set<String> MOVING_MONEY = Set.of("Balances", "Vesting");
    private static final Set<String> GOVERNING = Set.of("Council", "TechnicalCommittee", "Elections", "Referenda",
            "ConvictionVoting", "Treasury", "Utility");

    private final int kinds;
    private final Codec<Integer> codec;

    ProxyPermissions(String cratePath, boolean hasTickStream) {
        kinds = hasTickStream ? NAMES.size() : STREAM_MANAGER;
        List<TypeDefinition.Variant> variants = new ArrayList<>();
        for (int kind = 0; kind < kinds; kind++) {
            variants.add(new TypeDefinition.Variant(NAMES.get(kind), kind, List.of(), ""));
        }
        TypeInfo type = TypeInfo.named(cratePath + "::ProxyType", () -> new TypeDefinition.Enumeration(variants));
        codec = Codecs.mapped(Codecs.U8, type, this::known, kind -> kind);
    }

    private int known(int kind) throws ScaleException {
        if (kind >= kinds) {
            throw new ScaleException("a proxy type is at most " + (kinds - 1) + ", got " + kind);
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
            case NON_TRANSFER -> !MOVING_MONEY.contains(pallet) && !isSpending(call);
            case GOVERNANCE -> GOVERNING.contains(pallet);
            case IDENTITY -> pallet.equals("Identity");
            case STREAM_MANAGER -> call.call() instanceof TickStreamCall.CreateStream
                    || call.call() instanceof TickStreamCall.UpdateStream
                    || call.call() instanceof TickStreamCall.SetTiers;
            case PAYOUT -> call.call() instanceof TickStreamCall.Claim
                    || call.call() instanceof TickStreamCall.CloseWithWord
                    || call.call() instanceof TickStreamCall.PayAccrued
                    || call.call() instanceof StreamRules.Call.PayHeld;
            default -> throw new IllegalStateException("there is no proxy type " + kind);
        };
    }

    /** Viewers put money into sessions, tips and the like; their limit for that is their own. */
    private static boolean isSpending(RuntimeCall call) {
        return call.call() instanceof TickStreamCall tick && switch (tick) {
            case TickStreamCall.OpenSession _,TickStreamCall.OpenSponsored _,TickStreamCall.OpenGift _,TickStreamCall.TopUp _,TickStreamCall.Tip _,TickStreamCall.Subscribe _,TickStreamCall.Sponsor _,TickStreamCall.SetSpendingLimit _ ->
                true;
            case TickStreamCall.CreateStream _,TickStreamCall.UpdateStream _,TickStreamCall.SetTiers _,TickStreamCall.SettleBatch _,TickStreamCall.Claim _,TickStreamCall.RequestClose _,TickStreamCall.CloseWithWord _,TickStreamCall.PayAccrued _,TickStreamCall.SetSettlementKey _,TickStreamCall.SetPlatform _,TickStreamCall.EndSponsorship _ ->
                false;
        };
    }

    /** Identity is within what moves no money, as governance is. */
    @Override
    public boolean isSupersetOf(int kind, int other) {
        return kind == other || kind == ANY || kind == NON_TRANSFER && other != ANY;
    }
}
