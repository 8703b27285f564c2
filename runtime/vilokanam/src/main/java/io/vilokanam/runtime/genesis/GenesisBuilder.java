package io.vilokanam.runtime.genesis;

import static io.vilokanam.frame.runtimeapi.ApiMethod.method;
import static io.vilokanam.frame.runtimeapi.ApiMethod.parameter;
import static io.vilokanam.frame.runtimeapi.RuntimeApi.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.genesis.JsonException;
import io.vilokanam.frame.genesis.JsonInput;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.pallets.aura.Aura;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.collective.Collective;
import io.vilokanam.pallets.elections.Elections;
import io.vilokanam.pallets.grandpa.Grandpa;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.runtime.api.Apis;
import io.vilokanam.runtime.composition.Composition;
import io.vilokanam.runtime.composition.Pallets;
import io.vilokanam.runtime.composition.TownHall;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;

/** Builds a genesis state from a configuration ({@code sp_genesis_builder::GenesisBuilder}). */
public final class GenesisBuilder {

    /** {@code sp_genesis_builder::PresetId} is a text. */
    private static final Codec<Optional<String>> PRESET_ID = Codecs.option(Codecs.STRING);

    private final Pallets pallets;
    private final Shapes shapes;
    private final Presets presets;

    public GenesisBuilder(Pallets pallets, AccountId platform) {
        this.pallets = pallets;
        Ss58 ss58 = new Ss58(pallets.runtime().hashing()::blake2b512);
        this.shapes = new Shapes(ss58);
        this.presets = new Presets(ss58, pallets.townHall().isPresent(),
                pallets.tickStream()
                        .map(tickStream -> new Presets.TickStreamPreset(platform, Composition.PLATFORM_FEE.parts(),
                                new PublicKey(DevAccounts.ALICE.bytes()), List.of(tickStream.pot(), platform),
                                pallets.balances().currency().minimumBalance())));
    }

    public RuntimeApi declaration() {
        return api(Apis.GENESIS_BUILDER,
                method("build_state", parameter("json", Codecs.BYTES), Result.codec(Codecs.UNIT, Codecs.STRING),
                        this::build),
                method("get_preset", parameter("id", PRESET_ID), Codecs.option(Codecs.BYTES),
                        (_, id) -> presets.find(id).map(GenesisBuilder::utf8)),
                method("preset_names", Codecs.vec(Codecs.STRING), _ -> Presets.NAMES));
    }

    private static Bytes utf8(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private Result<Unit, String> build(Externalities ext, Bytes json) {
        try {
            GenesisConfig config = JsonInput.read(json.view(), input -> GenesisConfig.read(input, shapes,
                    pallets.townHall().isPresent(), pallets.tickStream().isPresent()));
            build(ext, config);
            return Result.ok(Unit.UNIT);
        } catch (JsonException bad) {
            return Result.err("Invalid JSON blob: " + bad.getMessage());
        }
    }

    private void build(Externalities ext, GenesisConfig config) {
        for (PalletSlot slot : pallets.runtime().slots()) {
            slot.scope().putStorageVersion(ext);
        }
        pallets.system().build(ext);
        pallets.aura().build(ext, new Aura.Genesis(config.aura()));
        pallets.grandpa().build(ext, new Grandpa.Genesis(config.grandpa()));
        pallets.balances().build(ext, new Balances.Genesis(config.balances().balances().stream()
                .map(pair -> new Balances.Endowment(pair.getKey(), pair.getValue())).toList(),
                config.balances().devAccounts()));
        pallets.payment().build(ext);
        pallets.sudo().build(ext, new Sudo.Genesis(config.sudo()));
        config.townHall().ifPresent(townHall -> build(ext, pallets.townHall().orElseThrow(), townHall));
        config.tickStream().ifPresent(tickStream -> pallets.tickStream().orElseThrow().build(ext, tickStream));
    }

    private static void build(Externalities ext, TownHall townHall, TownHallConfig config) {
        townHall.sessions().validatorMembership().build(ext, config.validators());
        townHall.sessions().session().build(ext, config.session());
        townHall.councils().council().build(ext, new Collective.Genesis(config.council()));
        townHall.councils().technicalCommittee().build(ext, new Collective.Genesis(config.technicalCommittee()));
        townHall.sessions().technicalMembership().build(ext, config.technicalMembership());
        townHall.councils().elections().build(ext, new Elections.Genesis(config.elections()));
        townHall.governance().treasury().build(ext);
        townHall.people().vesting().build(ext, config.vesting());
    }
}
