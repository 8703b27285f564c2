package io.vilokanam.runtime.genesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.scale.U128;

/** The named genesis configurations of a runtime, as the JSON patches over the default one that stock presets are. */
final class Presets {

    static final String DEVELOPMENT = "development";
    static final String LOCAL = "local_testnet";
    static final List<String> NAMES = List.of(DEVELOPMENT, LOCAL);

    /** 2^60 plancks: what stock presets endow the known accounts with. */
    private static final U128 ENDOWMENT = U128.of(1L << 60);
    private static final int SS58_PREFIX = 42;
    private static final String NO_MULTIPLIER = "\"transactionPayment\":{\"multiplier\":\"1000000000000000000\"}";

    private static final String NO_TOWN_HALL = ",\"validatorMembership\":{\"members\":[]},\"session\":{\"keys\":[],"
            + "\"nonAuthorityKeys\":[]},\"council\":{\"members\":[]},\"technicalCommittee\":{\"members\":[]},"
            + "\"technicalMembership\":{\"members\":[]},\"elections\":{\"members\":[]},\"treasury\":{},"
            + "\"vesting\":{\"vesting\":[]}";

    private final Ss58 ss58;
    private final boolean hasTownHall;
    private final Optional<TickStreamPreset> tickStream;

    /**
     * What the presets say of tick-stream.
     *
     * @param endowed accounts of the pallet that must exist, each with the existential deposit
     * @param fee parts of a million
     */
    record TickStreamPreset(AccountId platform, long fee, PublicKey settlementKey, List<AccountId> endowed,
            U128 existentialDeposit) {}

    /** @param hasTownHall authorities are validators then, with session keys */
    Presets(Ss58 ss58, boolean hasTownHall, Optional<TickStreamPreset> tickStream) {
        this.ss58 = ss58;
        this.hasTownHall = hasTownHall;
        this.tickStream = tickStream;
    }

    /** The patch of a preset; without a name the default configuration. */
    Optional<String> find(Optional<String> name) {
        return switch (name.orElse("")) {
            case "" -> name.isPresent() ? Optional.empty() : Optional.of(defaults());
            case DEVELOPMENT -> Optional.of(patch(List.of(DevAccounts.ALICE), List.of(DevAccounts.ALICE_GRANDPA)));
            case LOCAL -> Optional.of(patch(List.of(DevAccounts.ALICE, DevAccounts.BOB),
                    List.of(DevAccounts.ALICE_GRANDPA, DevAccounts.BOB_GRANDPA)));
            default -> Optional.empty();
        };
    }

    private String defaults() {
        String zero = address(AccountId.ZERO);
        return "{\"system\":{},\"aura\":{\"authorities\":[]},\"grandpa\":{\"authorities\":[]},"
                + "\"balances\":{\"balances\":[],\"devAccounts\":null}," + NO_MULTIPLIER + ",\"sudo\":{\"key\":null}"
                + (hasTownHall ? NO_TOWN_HALL : "")
                + (tickStream.isPresent()
                        ? ",\"tickStream\":{\"platform\":" + zero + ",\"fee\":0,\"settlementKeys\":[]}" : "")
                + "}";
    }

    /** Members in alphabetical order, as the stock runtime writes them. */
    private String patch(List<AccountId> aura, List<PublicKey> grandpa) {
        List<Map.Entry<AccountId, U128>> balances = new ArrayList<>();
        DevAccounts.ENDOWED.forEach(account -> balances.add(Map.entry(account, ENDOWMENT)));
        Optional<Allocation> allocation = tickStream.filter(_ -> hasTownHall)
                .map(preset -> new Allocation(preset.platform));
        tickStream.ifPresent(preset -> preset.endowed.stream()
                .filter(account -> allocation.isEmpty() || !account.equals(preset.platform))
                .forEach(account -> balances.add(Map.entry(account, preset.existentialDeposit))));
        allocation.ifPresent(shares -> balances.addAll(shares.balances(balances)));
        StringBuilder json = new StringBuilder("{");
        if (!hasTownHall) {
            json.append("\"aura\":{\"authorities\":[");
            join(json, aura.stream().map(this::address).toList());
            json.append("]},");
        }
        json.append("\"balances\":{\"balances\":[");
        join(json, balances.stream().map(pair -> "[" + address(pair.getKey()) + "," + pair.getValue() + "]").toList());
        json.append(hasTownHall ? "]},\"session\":{\"keys\":[" : "]},\"grandpa\":{\"authorities\":[");
        join(json, IntStream.range(0, aura.size())
                .mapToObj(i -> hasTownHall ? keys(aura.get(i), grandpa.get(i)) : voter(grandpa.get(i))).toList());
        json.append("]},\"sudo\":{\"key\":").append(address(DevAccounts.ALICE)).append('}');
        tickStream.ifPresent(preset -> json.append(",\"tickStream\":{\"fee\":").append(preset.fee)
                .append(",\"platform\":").append(address(preset.platform)).append(",\"settlementKeys\":[")
                .append(address(new AccountId(preset.settlementKey.bytes()))).append("]}"));
        if (hasTownHall) {
            json.append(",\"validatorMembership\":{\"members\":[");
            join(json, aura.stream().map(this::address).toList());
            json.append("]}");
        }
        allocation.ifPresent(shares -> {
            json.append(",\"vesting\":{\"vesting\":[");
            join(json, shares.vesting().stream().map(entry -> "[" + address(entry.who()) + "," + entry.begin() + ","
                    + entry.length() + "," + entry.liquid() + "]").toList());
            json.append("]}");
        });
        return json.append('}').toString();
    }

    private String voter(PublicKey grandpa) {
        return "[" + address(new AccountId(grandpa.bytes())) + ",1]";
    }

    /** A validator's account, twice, and its keys; that of Aura is the account's own. */
    private String keys(AccountId account, PublicKey grandpa) {
        String own = address(account);
        return "[" + own + "," + own + ",{\"aura\":" + own + ",\"grandpa\":"
                + address(new AccountId(grandpa.bytes())) + "}]";
    }

    private static void join(StringBuilder json, List<String> items) {
        for (int i = 0; i < items.size(); i++) {
            json.append(i == 0 ? "" : ",").append(items.get(i));
        }
    }

    private String address(AccountId account) {
        return "\"" + ss58.encode(SS58_PREFIX, account) + "\"";
    }
}
