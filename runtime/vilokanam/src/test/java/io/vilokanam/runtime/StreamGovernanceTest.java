package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.api.StateVersion;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.pallets.collective.CollectiveOrigin;
import io.vilokanam.pallets.identity.FieldValue;
import io.vilokanam.pallets.identity.Identity;
import io.vilokanam.pallets.identity.IdentityCall;
import io.vilokanam.pallets.identity.IdentityFields;
import io.vilokanam.pallets.identity.Judgement;
import io.vilokanam.pallets.tickstream.StreamRules;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.U128;

/** Who changes the rules of streams in composition 111, and whose payouts wait, with the real council, registrars and identities. */
class StreamGovernanceTest {

    private static final VilokanamRuntime WHOLE = NativeRuntimes.ofVersion(111);
    private static final int COUNCIL = 17;
    private static final int TECHNICAL_COMMITTEE = 18;
    private static final AccountId ALICE = AccountId
            .fromHex("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
    private static final AccountId BOB = AccountId
            .fromHex("0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48");
    private static final U128 VLK = U128.of(1_000_000_000_000L);

    private final Pallets pallets = WHOLE.pallets();
    private final TickStream ticks = pallets.tickStream().orElseThrow();
    private final StreamRules rules = pallets.streamRules().orElseThrow();
    private final Identity identity = pallets.townHall().orElseThrow().people().identity();
    private final HostExternalities ext = new HostExternalities(new StorageOverlay(ChainState.empty(), StateVersion.V1),
            HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (target, message) -> {}));

    @BeforeEach
    void build() throws Exception {
        String whole = WholePreset.over(preset(Optional.empty()), preset(Optional.of("development")));
        byte[] answer = WHOLE.call("GenesisBuilder_build_state",
                Codecs.BYTES.encode(Bytes.wrap(whole.getBytes(StandardCharsets.UTF_8))), ext);
        assertEquals(Result.ok(Unit.UNIT), Result.codec(Codecs.UNIT, Codecs.STRING).decodeAll(answer));
    }

    private String preset(Optional<String> name) throws Exception {
        byte[] answer = WHOLE.call("GenesisBuilder_get_preset", Codecs.option(Codecs.STRING).encode(name), ext);
        return new String(Codecs.option(Codecs.BYTES).decodeAll(answer).orElseThrow().view(), StandardCharsets.UTF_8);
    }

    private void ok(Origin origin, RuntimeCall call) throws DispatchException {
        pallets.runtime().dispatch(ext, origin, call);
    }

    private void refused(Origin origin, RuntimeCall call) {
        assertEquals(new DispatchError.BadOrigin(),
                assertThrows(DispatchException.class, () -> ok(origin, call), () -> origin + " may " + call.call())
                        .error());
    }

    private RuntimeCall call(TickStreamCall call) {
        return pallets.runtime().call(ticks, call);
    }

    private RuntimeCall call(StreamRules.Call call) {
        return pallets.runtime().call(rules, call);
    }

    private void identity(Origin origin, IdentityCall call) throws DispatchException {
        ok(origin, pallets.runtime().call(identity, call));
    }

    @Test
    void rootAndMoreThanHalfOfTheCouncilChangeTheRulesAndNobodyElse() throws Exception {
        List<RuntimeCall> changes = List.of(call(new StreamRules.Call.SetLimits(10, 20, 1_000)),
                call(new StreamRules.Call.SetYearlyPayout(Optional.of(VLK))),
                call(new TickStreamCall.SetPlatform(ALICE, new Permill(50_000))),
                call(new TickStreamCall.SetSettlementKey(new PublicKey(BOB.bytes()), true)));
        for (RuntimeCall change : changes) {
            ok(Origin.ROOT, change);
            ok(new Origin.OfPallet(COUNCIL, new CollectiveOrigin.Members(2, 3)), change);
            refused(new Origin.OfPallet(COUNCIL, new CollectiveOrigin.Members(2, 4)), change);
            refused(new Origin.OfPallet(COUNCIL, new CollectiveOrigin.Member(ALICE)), change);
            refused(new Origin.OfPallet(TECHNICAL_COMMITTEE, new CollectiveOrigin.Members(3, 3)), change);
            refused(Origin.signed(ALICE), change);
            refused(Origin.NONE, change);
        }
        assertEquals(10, ticks.settings(ext).limits().leadMax());
        assertEquals(ALICE, ticks.settings(ext).platform());
        assertEquals(Optional.of(0L), ticks.nextNonce(ext, new PublicKey(BOB.bytes())));
    }

    @Test
    void aRegistrarsGoodWordLetsGoOfWhatWaits() throws Exception {
        ok(Origin.ROOT, call(new StreamRules.Call.SetYearlyPayout(Optional.of(VLK))));
        assertEquals(VLK, rules.admit(ext, BOB, VLK));
        assertEquals(U128.ZERO, rules.admit(ext, BOB, U128.ONE));
        pallets.balances().currency().mintInto(ext, ticks.pot(), U128.ONE);
        assertEquals(U128.ONE, rules.heldFor(ext, BOB));

        identity(Origin.ROOT, new IdentityCall.AddRegistrar(MultiAddress.of(ALICE)));
        FieldValue none = new FieldValue.None();
        identity(Origin.signed(BOB), new IdentityCall.SetIdentity(new IdentityFields(List.of(),
                new FieldValue.Raw(Bytes.ascii("Bob")), none, none, none, none, Optional.empty(), none, none)));
        identity(Origin.signed(BOB), new IdentityCall.RequestJudgement(0, VLK));
        judge(new Judgement.LowQuality());
        assertThrows(DispatchException.class, () -> ok(Origin.signed(ALICE), call(new StreamRules.Call.PayHeld(BOB))));

        judge(new Judgement.KnownGood());
        U128 before = pallets.balances().currency().balance(ext, BOB);
        ok(Origin.signed(ALICE), call(new StreamRules.Call.PayHeld(BOB)));
        assertEquals(before.plus(U128.ONE), pallets.balances().currency().balance(ext, BOB));
        assertEquals(VLK.plus(VLK), rules.admit(ext, BOB, VLK.plus(VLK)), "nothing of theirs waits any more");
    }

    private void judge(Judgement judgement) throws DispatchException {
        byte[] fields = identity.encodedFields(ext, BOB).orElseThrow().toArray();
        identity(Origin.signed(ALICE), new IdentityCall.ProvideJudgement(0, MultiAddress.of(BOB), judgement,
                Hash.wrap(ext.blake2b256(fields))));
    }
}
