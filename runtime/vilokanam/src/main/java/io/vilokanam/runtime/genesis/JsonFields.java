package io.vilokanam.runtime.genesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.frame.genesis.Json;
import io.vilokanam.frame.genesis.Json.JsonException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.ss58.Ss58Exception;
import io.vilokanam.scale.U128;

/** Reads the members of a JSON object by name, strictly: none unknown, none missing that has no default. Errors name the path. Shapes are those that serde takes. */
final class JsonFields {

    private static final int DIGITS_MAX = 80;

    /** Members that may be missing: they are as if null stood there. */
    private static final List<String> OPTIONAL = List.of("devAccounts", "key");

    private final String path;
    private final Map<String, Json> members;
    private final Ss58 ss58;

    private JsonFields(String path, Map<String, Json> members, Ss58 ss58) {
        this.path = path;
        this.members = members;
        this.ss58 = ss58;
    }

    /** The members of {@code json}, which must be exactly {@code names}, or as many values in their order. */
    static JsonFields of(String path, Json json, Ss58 ss58, String... names) throws JsonException {
        List<String> known = List.of(names);
        return switch (json) {
            case Json.Object(Map<String, Json> members) -> new JsonFields(path, whole(members, known), ss58);
            case Json.Array(List<Json> items) when items.size() == names.length -> {
                Map<String, Json> members = new LinkedHashMap<>();
                known.forEach(name -> members.put(name, items.get(members.size())));
                yield new JsonFields(path, members, ss58);
            }
            default -> throw new JsonException(path + ": expected an object");
        };
    }

    private static Map<String, Json> whole(Map<String, Json> members, List<String> known) throws JsonException {
        for (String member : members.keySet()) {
            if (!known.contains(member)) {
                throw new JsonException(
                        "unknown field `" + member + "`, expected one of `" + String.join("`, `", known) + "`");
            }
        }
        for (String name : known) {
            if (!members.containsKey(name) && !OPTIONAL.contains(name)) {
                throw new JsonException("missing field `" + name + "`");
            }
        }
        return members;
    }

    JsonFields object(String name, String... names) throws JsonException {
        return of(at(name), members.get(name), ss58, names);
    }

    List<Json> array(String name) throws JsonException {
        return array(at(name), members.get(name));
    }

    private static List<Json> array(String at, Json json) throws JsonException {
        if (json instanceof Json.Array(List<Json> items)) {
            return items;
        }
        throw new JsonException(at + ": expected an array");
    }

    boolean isNull(String name) {
        return members.getOrDefault(name, new Json.Null()) instanceof Json.Null;
    }

    AccountId account(String name) throws JsonException {
        return account(at(name), members.get(name));
    }

    Optional<AccountId> optionalAccount(String name) throws JsonException {
        return isNull(name) ? Optional.empty() : Optional.of(account(name));
    }

    List<PublicKey> keys(String name) throws JsonException {
        List<PublicKey> keys = new ArrayList<>();
        for (Json item : array(name)) {
            keys.add(key(at(name) + "[" + keys.size() + "]", item));
        }
        return keys;
    }

    List<AccountId> accounts(String name) throws JsonException {
        List<AccountId> accounts = new ArrayList<>();
        for (Json item : array(name)) {
            accounts.add(account(at(name) + "[" + accounts.size() + "]", item));
        }
        return accounts;
    }

    /** An array of so many values, as a tuple is written. */
    JsonFields row(String name, String... columns) throws JsonException {
        if (array(name).size() != columns.length) {
            throw new JsonException(at(name) + ": expected " + columns.length + " values");
        }
        return of(at(name), members.get(name), ss58, columns);
    }

    Optional<String> optionalText(String name) throws JsonException {
        if (isNull(name)) {
            return Optional.empty();
        }
        if (members.get(name) instanceof Json.Text(String text)) {
            return Optional.of(text);
        }
        throw new JsonException(at(name) + ": expected a text");
    }

    /** Arrays of so many values each, as tuples are written. */
    List<JsonFields> rows(String name, String... columns) throws JsonException {
        List<JsonFields> rows = new ArrayList<>();
        for (Json item : array(name)) {
            String here = at(name) + "[" + rows.size() + "]";
            if (array(here, item).size() != columns.length) {
                throw new JsonException(here + ": expected " + columns.length + " values");
            }
            rows.add(of(here, item, ss58, columns));
        }
        return rows;
    }

    /** Pairs of an address and a number. */
    List<Map.Entry<AccountId, U128>> amounts(String name) throws JsonException {
        List<Map.Entry<AccountId, U128>> pairs = new ArrayList<>();
        for (Json item : array(name)) {
            String here = at(name) + "[" + pairs.size() + "]";
            List<Json> pair = array(here, item);
            if (pair.size() != 2) {
                throw new JsonException(here + ": expected an address and a number");
            }
            pairs.add(Map.entry(account(here + "[0]", pair.get(0)), number(here + "[1]", pair.get(1))));
        }
        return pairs;
    }

    U128 number(String name) throws JsonException {
        return number(at(name), members.get(name));
    }

    long u32(String name) throws JsonException {
        U128 number = number(name);
        if (number.isMoreThan(U128.of(0xffff_ffffL))) {
            throw new JsonException(at(name) + ": expected a number of 32 bits, got " + number);
        }
        return number.low();
    }

    private static U128 number(String at, Json json) throws JsonException {
        if (!(json instanceof Json.Number(BigInteger value))) {
            throw new JsonException(at + ": expected a number");
        }
        return number(at, value);
    }

    /** A number that stands in a text, as fixed-point numbers do; a plus may stand in front. */
    U128 numberInText(String name) throws JsonException {
        if (!(members.get(name) instanceof Json.Text(String text)) || !isNumber(text)) {
            throw new JsonException(at(name) + ": expected a text of digits");
        }
        return number(at(name), new BigInteger(text));
    }

    private static U128 number(String at, BigInteger value) throws JsonException {
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw new JsonException(at + ": expected a number from 0 to 2^128 - 1");
        }
        return U128.of(value);
    }

    private static boolean isNumber(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        return !digits.isEmpty() && digits.length() < DIGITS_MAX && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private PublicKey key(String at, Json json) throws JsonException {
        return new PublicKey(account(at, json).bytes());
    }

    private AccountId account(String at, Json json) throws JsonException {
        if (!(json instanceof Json.Text(String address))) {
            throw new JsonException(at + ": expected an SS58 address");
        }
        try {
            Ss58.Address decoded = ss58.decode(address);
            if (decoded.body().size() != AccountId.SIZE) {
                throw new JsonException(at + ": expected an address of 32 bytes, got " + decoded.body().size());
            }
            return decoded.account();
        } catch (Ss58Exception e) {
            throw new JsonException(at + ": " + e.getMessage());
        }
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
