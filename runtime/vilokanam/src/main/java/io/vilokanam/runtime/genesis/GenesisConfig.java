package io.vilokanam.runtime.genesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.frame.genesis.Json;
import io.vilokanam.frame.genesis.Json.JsonException;
import io.vilokanam.pallets.balances.DevAccounts;
import io.vilokanam.pallets.grandpa.Authority;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.scale.U128;

/**
 * What genesis holds, as chain specs say it ({@code RuntimeGenesisConfig}).
 *
 * @param multiplier the first fee multiplier, a fixed-point number of 18 digits
 * @param townHall present in runtimes that have its pallets
 * @param tickStream present in runtimes that have the pallet
 */
record GenesisConfig(List<PublicKey> aura, List<Authority> grandpa, List<Map.Entry<AccountId, U128>> balances,
        Optional<DevAccounts> devAccounts, U128 multiplier, Optional<AccountId> sudo, Optional<TownHallConfig> townHall,
        Optional<TickStream.Genesis> tickStream) {

    /** What every composition has, in order. */
    private static final List<String> NAMES = List.of("system", "aura", "grandpa", "balances", "transactionPayment",
            "sudo");

    /** Reads a whole configuration; nothing may be missing. */
    static GenesisConfig read(Json json, Ss58 ss58, boolean hasTownHall, boolean hasTickStream) throws JsonException {
        List<String> names = new ArrayList<>(NAMES);
        names.addAll(hasTownHall ? TownHallConfig.NAMES : List.of());
        names.addAll(hasTickStream ? List.of("tickStream") : List.of());
        JsonFields root = JsonFields.of("", json, ss58, names.toArray(new String[0]));
        root.object("system");
        JsonFields balances = root.object("balances", "balances", "devAccounts");
        return new GenesisConfig(root.object("aura", "authorities").keys("authorities"),
                authorities(root.object("grandpa", "authorities")), balances.amounts("balances"), devAccounts(balances),
                root.object("transactionPayment", "multiplier").numberInText("multiplier"),
                root.object("sudo", "key").optionalAccount("key"),
                hasTownHall ? Optional.of(TownHallConfig.read(root)) : Optional.empty(),
                hasTickStream ? Optional.of(tickStream(root)) : Optional.empty());
    }

    private static Optional<DevAccounts> devAccounts(JsonFields balances) throws JsonException {
        if (balances.isNull("devAccounts")) {
            return Optional.empty();
        }
        JsonFields row = balances.row("devAccounts", "count", "free", "derivation");
        return Optional.of(new DevAccounts(row.u32("count"), row.number("free"),
                row.optionalText("derivation").orElse(DevAccounts.DERIVATION)));
    }

    private static List<Authority> authorities(JsonFields grandpa) throws JsonException {
        List<Authority> authorities = new ArrayList<>();
        for (Map.Entry<AccountId, U128> pair : grandpa.amounts("authorities")) {
            if (pair.getValue().high() != 0) {
                throw new JsonException("grandpa.authorities: a weight must fit 64 bits, got " + pair.getValue());
            }
            authorities.add(new Authority(new PublicKey(pair.getKey().bytes()), pair.getValue().low()));
        }
        return authorities;
    }

    private static TickStream.Genesis tickStream(JsonFields root) throws JsonException {
        JsonFields fields = root.object("tickStream", "platform", "fee", "settlementKeys");
        U128 fee = fields.number("fee");
        if (fee.isMoreThan(U128.of(Permill.ONE))) {
            throw new JsonException("tickStream.fee: expected at most 1000000 parts of a million, got " + fee);
        }
        return new TickStream.Genesis(fields.account("platform"), new Permill(fee.low()),
                fields.keys("settlementKeys"));
    }
}
