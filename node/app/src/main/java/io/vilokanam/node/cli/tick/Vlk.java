package io.vilokanam.node.cli.tick;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

import io.vilokanam.scale.U128;

/** Amounts as people write them: VLK with up to 12 decimals, or plancks by name. */
final class Vlk {

    static final int DECIMALS = 12;

    private static final int TEXT_MAX = 64;

    private Vlk() {}

    /**
     * Reads plancks, {@code 1000000000}, or VLK, {@code 0.001} or {@code 1 VLK}: a whole number without a unit is plancks, as
     * everywhere in Substrate. Nothing is rounded.
     *
     * @throws TickFailure where the text is no amount, is negative, or has more than 12 decimals
     */
    static U128 parse(String text) throws TickFailure {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        String digits = lower.replaceFirst("\\s*(vlk|plancks?)$", "");
        if (text.length() > TEXT_MAX || !digits.matches("[0-9]+(\\.[0-9]+)?")) {
            throw new TickFailure(
                    "amount \"" + text + "\": expected VLK like 0.001 or \"1 VLK\", or plancks like 1000000000");
        }
        boolean isVlk = lower.endsWith("vlk") || digits.contains(".") && !lower.contains("planck");
        BigDecimal plancks = isVlk ? new BigDecimal(digits).movePointRight(DECIMALS) : new BigDecimal(digits);
        if (plancks.stripTrailingZeros().scale() > 0) {
            throw new TickFailure("amount \"" + text + "\": a planck, 10^-" + DECIMALS + " VLK, cannot be divided");
        }
        BigInteger whole = plancks.toBigIntegerExact();
        if (whole.bitLength() > 128) {
            throw new TickFailure("amount \"" + text + "\": more than a balance can hold");
        }
        return U128.of(whole);
    }

    /** All decimals that are there, none that are not: {@code 0.018}. */
    static String number(U128 plancks) {
        BigDecimal amount = new BigDecimal(plancks.toBigInteger(), DECIMALS).stripTrailingZeros();
        return (amount.scale() < 0 ? amount.setScale(0) : amount).toPlainString();
    }

    /** With the unit: {@code 0.018 VLK}. */
    static String format(U128 plancks) {
        return number(plancks) + " VLK";
    }

    /** For receipts: also to the planck. */
    static String exact(U128 plancks) {
        return format(plancks) + " (" + plancks + " plancks)";
    }
}
