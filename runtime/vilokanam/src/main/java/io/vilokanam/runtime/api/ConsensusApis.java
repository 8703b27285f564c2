package io.vilokanam.runtime.api;

import static io.vilokanam.frame.runtimeapi.ApiMethod.method;
import static io.vilokanam.frame.runtimeapi.ApiMethod.parameter;
import static io.vilokanam.frame.runtimeapi.RuntimeApi.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.Externalities.KeyScheme;
import io.vilokanam.api.Offchain;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.extrinsic.ExtrinsicFormat;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.frame.session.MembershipProof;
import io.vilokanam.pallets.aura.Aura;
import io.vilokanam.pallets.grandpa.Authority;
import io.vilokanam.pallets.grandpa.Equivocations;
import io.vilokanam.pallets.grandpa.Grandpa;
import io.vilokanam.pallets.historical.Historical;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.session.SessionKeys;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/** The APIs that consensus engines and key holders ask. */
public final class ConsensusApis {

    private final Codec<SessionKeys> sessionKeys;

    /** @param cratePath the crate that declares the session keys */
    public ConsensusApis(String cratePath) {
        sessionKeys = SessionKeys.codec(cratePath + "::SessionKeys");
    }

    public RuntimeApi aura(Aura aura) {
        return api(Apis.AURA,
                method("slot_duration", ApiTypes.SLOT_DURATION, _ -> aura.slotDuration()),
                method("authorities", Codecs.vec(PublicKey.AURA), aura::authorities));
    }

    public RuntimeApi sessionKeys() {
        return api(Apis.SESSION_KEYS,
                method("generate_session_keys", parameter("seed", Codecs.option(Codecs.BYTES)), Codecs.BYTES,
                        this::generate),
                method("decode_session_keys", parameter("encoded", Codecs.BYTES), SessionKeys.DECODED,
                        (_, encoded) -> decode(encoded)));
    }

    private Bytes generate(Externalities ext, Optional<Bytes> seed) {
        PublicKey aura = generate(ext, KeyTypeId.AURA, KeyScheme.SR25519, seed);
        PublicKey grandpa = generate(ext, KeyTypeId.GRANDPA, KeyScheme.ED25519, seed);
        return Bytes.wrap(sessionKeys.encode(new SessionKeys(aura, grandpa)));
    }

    private static PublicKey generate(Externalities ext, KeyTypeId type, KeyScheme scheme, Optional<Bytes> seed) {
        return ext.generateKey(type, scheme, seed.map(Bytes::toArray)).map(PublicKey::wrap)
                .orElseThrow(() -> new RuntimePanic("session keys were asked for where there is no keystore"));
    }

    /** Bytes behind the keys are not looked at. */
    private Optional<List<Map.Entry<Bytes, KeyTypeId>>> decode(Bytes encoded) {
        try {
            return Optional.of(sessionKeys.decode(new ScaleInput(encoded.view())).raw());
        } catch (ScaleException tooShort) {
            return Optional.empty();
        }
    }

    /**
     * @param historical what proves whose a key is, in runtimes that have sessions
     * @param format how extrinsics stand on the wire, for reports that this node makes
     */
    public RuntimeApi grandpa(RuntimeScope runtime, Grandpa grandpa, Optional<Historical> historical,
            ExtrinsicFormat format) {
        return api(Apis.GRANDPA, method("grandpa_authorities", Authority.LIST, grandpa::authorities),
                method("submit_report_equivocation_unsigned_extrinsic",
                        parameter("equivocation_proof", Equivocations.PROOF),
                        parameter("key_owner_proof", ApiTypes.OPAQUE_VALUE), Codecs.option(Codecs.UNIT),
                        (ext, proof, ownership) -> historical.flatMap(_ -> decoded(ownership))
                                .flatMap(decoded -> report(ext, format, runtime.call(grandpa,
                                        new Grandpa.Call.ReportEquivocationUnsigned(proof, decoded))))),
                method("generate_key_ownership_proof", parameter("set_id", Codecs.U64),
                        parameter("authority_id", PublicKey.GRANDPA), Codecs.option(ApiTypes.OPAQUE_VALUE),
                        (ext, _, key) -> historical.map(proving -> encoded(
                                proving.prove(ext, KeyTypeId.GRANDPA, key)))),
                method("current_set_id", Codecs.U64, grandpa::currentSetId));
    }

    private static Bytes encoded(MembershipProof proof) {
        return Bytes.wrap(MembershipProof.CODEC.encode(proof));
    }

    private static Optional<MembershipProof> decoded(Bytes ownership) {
        try {
            return Optional.of(MembershipProof.CODEC.decode(new ScaleInput(ownership.view())));
        } catch (ScaleException noProof) {
            return Optional.empty();
        }
    }

    /** Hands the pool an unsigned report; empty where the pool refuses it. */
    private static Optional<Codecs.Unit> report(Externalities ext, ExtrinsicFormat format, RuntimeCall report) {
        Offchain offchain = ext.offchain().orElseThrow(
                () -> new RuntimePanic("submit_transaction can be called only in the offchain worker context"));
        return offchain.submitTransaction(format.encodeBare(report)) ? Optional.of(Codecs.Unit.UNIT)
                : Optional.empty();
    }
}
