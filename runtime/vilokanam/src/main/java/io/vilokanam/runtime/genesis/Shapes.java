package io.vilokanam.runtime.genesis;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import io.vilokanam.frame.genesis.JsonException;
import io.vilokanam.frame.genesis.JsonInput;
import io.vilokanam.frame.genesis.Member;
import io.vilokanam.frame.genesis.Shape;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.ss58.Ss58Exception;
import io.vilokanam.primitives.ss58.Ss58Networks;
import io.vilokanam.scale.U128;

/**
 * How chain specs write what pallets begin with.
 *
 * @param ss58 reads addresses
 */
record Shapes(Ss58 ss58) {

    /** Every pallet's configuration is called so. */
    static final String GENESIS_CONFIG = "GenesisConfig";

    private static final int FIXED_POINT_DIGITS = 39;

    /** The address of an account. */
    AccountId account(JsonInput input) throws JsonException {
        String address = input.string();
        try {
            Ss58.Address decoded = ss58.decode(address);
            if (!Ss58Networks.isKnown(decoded.prefix())) {
                throw new JsonException(
                        "UnknownSs58AddressFormat(Ss58AddressFormat { prefix: " + decoded.prefix() + " })");
            }
            return decoded.account();
        } catch (Ss58Exception wrong) {
            throw new JsonException(wrong.kind().rustName());
        }
    }

    /** A public key, written as an address. */
    PublicKey key(JsonInput input) throws JsonException {
        return new PublicKey(account(input).bytes());
    }

    /** An account and an amount. */
    Map.Entry<AccountId, U128> amount(JsonInput input) throws JsonException {
        Member<AccountId> who = Member.element(this::account);
        Member<U128> amount = Member.element(JsonInput::u128);
        input.tuple(who, amount);
        return Map.entry(who.value(), amount.value());
    }

    /** A number in a text, as fixed-point numbers are written; a plus may stand in front, and zeros. */
    static U128 fixedPoint(JsonInput input) throws JsonException {
        String text = input.string();
        String digits = text.startsWith("+") ? text.substring(1) : text;
        boolean isNumber = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        if (isNumber && digits.length() - zeros <= FIXED_POINT_DIGITS) {
            BigInteger value = new BigInteger(digits.substring(zeros));
            if (value.bitLength() <= 128) {
                return U128.of(value);
            }
        }
        throw new JsonException("invalid string input for fixed point number");
    }

    /** The configuration of a pallet that says one thing. */
    static <T> T only(JsonInput input, String name, Shape<T> shape) throws JsonException {
        Member<T> member = Member.named(name, shape);
        input.struct(GENESIS_CONFIG, member);
        return member.value();
    }

    /** The configuration of a pallet that says nothing; true, as something has to be read. */
    static boolean nothing(JsonInput input) throws JsonException {
        input.struct(GENESIS_CONFIG);
        return true;
    }

    static <T> Shape<List<T>> listOf(Shape<T> shape) {
        return input -> input.list(shape);
    }
}
