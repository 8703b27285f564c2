package io.vilokanam.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.vilokanam.frame.metadata.PalletDescription.AssociatedType;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.session.MembershipProof;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.pallets.grandpa.Equivocations;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.session.SessionKeys;
import io.vilokanam.runtime.api.ApiTypes;
import io.vilokanam.runtime.composition.Composition;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeDefinition;
import io.vilokanam.scale.type.TypeInfo;

/** The types with which a runtime configures its pallets, as metadata shows them from version 16 on. */
final class AssociatedTypes {

    private final Map<String, List<AssociatedType<TypeInfo>>> byPallet = new TreeMap<>();

    AssociatedTypes(Composition composition, RuntimeScope runtime, ApiTypes types) {
        TypeInfo call = runtime.codec().type();
        byPallet.putAll(Map.of("System",
                List.of(type("RuntimeCall", call), type("Nonce", Codecs.U32), type("Hash", Hash.CODEC),
                        type("Hashing", empty("sp_runtime::traits::BlakeTwo256")), type("AccountId", AccountId.CODEC),
                        type("Block", types.blockType()), type("AccountData", AccountData.CODEC)),
                "Timestamp",
                List.of(type("Moment", Codecs.U64)), "Aura", List.of(type("AuthorityId", PublicKey.AURA)), "Grandpa",
                List.of(type(
                        "KeyOwnerProof", composition.hasTownHall() ? MembershipProof.CODEC : Equivocations.NO_PROOF)),
                "Balances",
                List.of(type("RuntimeHoldReason", composition.holdReasons().codec()), type("Balance", Codecs.U128),
                        type("ReserveIdentifier", Codecs.fixedBytes(8)),
                        type("FreezeIdentifier", freezeReasons(runtime))),
                "Sudo", List.of(type("RuntimeCall", call)), "Utility", List.of(type("RuntimeCall", call),
                        type("PalletsOrigin", composition.origins()))));
        if (composition.hasTownHall()) {
            ofTownHall(runtime, call);
        }
    }

    private void ofTownHall(RuntimeScope runtime, TypeInfo call) {
        byPallet.put("Offences", List.of(type("IdentificationTuple",
                TypeInfo.tuple(List.of(AccountId.CODEC.type(), Codecs.UNIT.type())))));
        byPallet.put("Historical", List.of(type("FullIdentification", Codecs.UNIT)));
        byPallet.put("Session", List.of(type("ValidatorId", AccountId.CODEC),
                type("Keys", SessionKeys.codec(runtime.cratePath() + "::SessionKeys"))));
        for (String pallet : List.of("Multisig", "Proxy", "Scheduler")) {
            byPallet.put(pallet, List.of(type("RuntimeCall", call)));
        }
        byPallet.put("Council", List.of(type("Proposal", call)));
        byPallet.put("TechnicalCommittee", List.of(type("Proposal", call)));
        byPallet.put("Referenda", List.of(type("RuntimeCall", call), type("Votes", Codecs.U128)));
        byPallet.put("Treasury", List.of(type("AssetKind", Codecs.UNIT), type("Beneficiary", AccountId.CODEC)));
        byPallet.put("Identity", List.of(type("OffchainSignature", MultiSignature.CODEC)));
    }

    /** No pallet of these runtimes freezes. */
    private static TypeInfo freezeReasons(RuntimeScope runtime) {
        return TypeInfo.named(runtime.cratePath() + "::RuntimeFreezeReason",
                () -> new TypeDefinition.Enumeration(List.of()));
    }

    private static TypeInfo empty(String path) {
        return TypeInfo.named(path, () -> new TypeDefinition.Composite(List.of()));
    }

    private static AssociatedType<TypeInfo> type(String name, Codec<?> codec) {
        return type(name, codec.type());
    }

    private static AssociatedType<TypeInfo> type(String name, TypeInfo type) {
        return new AssociatedType<>(name, type, List.of());
    }

    List<AssociatedType<TypeInfo>> of(PalletScope pallet) {
        List<AssociatedType<TypeInfo>> types = new ArrayList<>(byPallet.getOrDefault(pallet.name(), List.of()));
        pallet.associatedTypes().forEach((name, type) -> types.add(type(name, type)));
        return types;
    }
}
