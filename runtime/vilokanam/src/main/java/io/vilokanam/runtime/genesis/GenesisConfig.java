package io.vilokanam.runtime.genesis;

import static io.vilokanam.runtime.genesis.Shapes.GENESIS_CONFIG;
import static io.vilokanam.runtime.genesis.Shapes.listOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.frame.genesis.JsonException;
import io.vilokanam.frame.genesis.JsonInput;
import io.vilokanam.frame.genesis.Member;
import io.vilokanam.pallets.balances.DevAccounts;
import io.vilokanam.pallets.grandpa.Authority;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.scale.U128;

/**
 * What genesis holds, as chain specs say it ({@code RuntimeGenesisConfig}).
 *
 * @param multiplier the first fee multiplier, a fixed-point number of 18 digits
 * @param townHall present in runtimes that have its pallets
 * @param tickStream present in runtimes that have the pallet
 */
record GenesisConfig(List<PublicKey> aura, List<Authority> grandpa, Balances balances, U128 multiplier,
        Optional<AccountId> sudo, Optional<TownHallConfig> townHall, Optional<TickStream.Genesis> tickStream) {

    record Balances(List<Map.Entry<AccountId, U128>> balances, Optional<DevAccounts> devAccounts) {}

    /** Reads a whole configuration; nothing may be missing. */
    static GenesisConfig read(JsonInput input, Shapes shapes, boolean hasTownHall, boolean hasTickStream)
            throws JsonException {
        Member<Boolean> system = Member.named("system", Shapes::nothing);
        Member<List<PublicKey>> aura = Member.named("aura",
                in -> Shapes.only(in, "authorities", listOf(shapes::key)));
        Member<List<Authority>> grandpa = Member.named("grandpa",
                in -> Shapes.only(in, "authorities", listOf(part -> authority(part, shapes))));
        Member<Balances> balances = Member.named("balances", in -> balances(in, shapes));
        Member<U128> multiplier = Member.named("transactionPayment",
                in -> Shapes.only(in, "multiplier", Shapes::fixedPoint));
        Member<Optional<AccountId>> sudo = Member.named("sudo", in -> sudo(in, shapes));
        TownHallMembers townHall = new TownHallMembers(shapes);
        Member<TickStream.Genesis> tickStream = Member.named("tickStream", in -> tickStream(in, shapes));
        List<Member<?>> members = new ArrayList<>(List.of(system, aura, grandpa, balances, multiplier, sudo));
        members.addAll(hasTownHall ? townHall.inOrder() : List.of());
        members.addAll(hasTickStream ? List.of(tickStream) : List.of());
        input.struct("RuntimeGenesisConfig", members.toArray(new Member<?>[0]));
        return new GenesisConfig(aura.value(), grandpa.value(), balances.value(), multiplier.value(), sudo.value(),
                hasTownHall ? Optional.of(townHall.value()) : Optional.empty(),
                hasTickStream ? Optional.of(tickStream.value()) : Optional.empty());
    }

    private static Authority authority(JsonInput input, Shapes shapes) throws JsonException {
        Member<PublicKey> key = Member.element(shapes::key);
        Member<Long> weight = Member.element(JsonInput::u64);
        input.tuple(key, weight);
        return new Authority(key.value(), weight.value());
    }

    private static Balances balances(JsonInput input, Shapes shapes) throws JsonException {
        Member<List<Map.Entry<AccountId, U128>>> balances = Member.named("balances", listOf(shapes::amount));
        Member<Optional<DevAccounts>> devAccounts = Member.optional("devAccounts", GenesisConfig::devAccounts);
        input.struct(GENESIS_CONFIG, balances, devAccounts);
        return new Balances(balances.value(), devAccounts.value());
    }

    private static DevAccounts devAccounts(JsonInput input) throws JsonException {
        Member<Long> count = Member.element(JsonInput::u32);
        Member<U128> free = Member.element(JsonInput::u128);
        Member<Optional<String>> derivation = Member.optional("", JsonInput::string);
        input.tuple(count, free, derivation);
        return new DevAccounts(count.value(), free.value(), derivation.value().orElse(DevAccounts.DERIVATION));
    }

    private static Optional<AccountId> sudo(JsonInput input, Shapes shapes) throws JsonException {
        Member<Optional<AccountId>> key = Member.optional("key", shapes::account);
        input.struct(GENESIS_CONFIG, key);
        return key.value();
    }

    private static TickStream.Genesis tickStream(JsonInput input, Shapes shapes) throws JsonException {
        Member<AccountId> platform = Member.named("platform", shapes::account);
        Member<Permill> fee = Member.named("fee", GenesisConfig::share);
        Member<List<PublicKey>> keys = Member.named("settlementKeys", listOf(shapes::key));
        input.struct(GENESIS_CONFIG, platform, fee, keys);
        return new TickStream.Genesis(platform.value(), fee.value(), keys.value());
    }

    private static Permill share(JsonInput input) throws JsonException {
        long parts = input.u32();
        if (parts > Permill.ONE) {
            throw new JsonException(
                    "invalid value: integer `" + parts + "`, expected at most 1000000 parts of a million");
        }
        return new Permill(parts);
    }
}
