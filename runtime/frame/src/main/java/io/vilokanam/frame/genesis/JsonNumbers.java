package io.vilokanam.frame.genesis;

import java.math.BigInteger;

/** Reads numbers the three ways in which serde_json does: for a type of 64 bits, for one of 128, and to say only that it is one. */
final class JsonNumbers {

    private static final BigInteger U64_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger I64_MIN = BigInteger.ONE.shiftLeft(63).negate();
    private static final BigInteger U128_MAX = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    private static final int U128_DIGITS = 39;
    private static final String INVALID = "invalid number";
    private static final String OUT_OF_RANGE = "number out of range";

    private final JsonText text;

    JsonNumbers(JsonText text) {
        this.text = text;
    }

    // Of 64 bits.

    /** Takes a number whose sign was taken. What does not fit 64 bits becomes a number of less precision. */
    JsonNumber number(boolean isNegative) throws JsonException {
        int first = digit(true);
        if (first == '0') {
            requireNoDigit();
            return whole(isNegative, BigInteger.ZERO);
        }
        BigInteger significand = BigInteger.valueOf(first - '0');
        while (text.isDigitNext()) {
            BigInteger more = withDigit(significand, text.peek());
            if (more.compareTo(U64_MAX) > 0) {
                return longer(isNegative, significand);
            }
            text.skip();
            significand = more;
        }
        return whole(isNegative, significand);
    }

    /** Takes a digit. */
    private int digit(boolean mindsTheEnd) throws JsonException {
        int digit = text.next();
        if (!JsonText.isDigit(digit)) {
            throw text.wrong(mindsTheEnd && digit == JsonText.END ? JsonText.END_IN_VALUE : INVALID);
        }
        return digit;
    }

    /** There is only one leading zero. */
    private void requireNoDigit() throws JsonException {
        if (text.isDigitNext()) {
            throw text.wrongNext(INVALID);
        }
    }

    private static BigInteger withDigit(BigInteger significand, int digit) {
        return significand.multiply(BigInteger.TEN).add(BigInteger.valueOf(digit - '0'));
    }

    private JsonNumber whole(boolean isNegative, BigInteger significand) throws JsonException {
        if (text.peek() == '.') {
            return decimal(isNegative, significand, 0);
        }
        if (isExponentNext()) {
            return exponent(isNegative, significand, 0);
        }
        if (!isNegative) {
            return new JsonNumber.Whole(significand);
        }
        BigInteger negated = significand.negate();
        boolean isBroken = negated.signum() == 0 || negated.compareTo(I64_MIN) < 0;
        return isBroken ? broken(true, significand, 0) : new JsonNumber.Whole(negated);
    }

    private boolean isExponentNext() {
        return text.peek() == 'e' || text.peek() == 'E';
    }

    /** Digits beyond 64 bits only count. */
    private JsonNumber longer(boolean isNegative, BigInteger significand) throws JsonException {
        int exponent = skipDigits();
        if (text.peek() == '.') {
            return decimal(isNegative, significand, exponent);
        }
        return isExponentNext() ? exponent(isNegative, significand, exponent)
                : broken(isNegative, significand, exponent);
    }

    private int skipDigits() {
        int digits = 0;
        while (text.isDigitNext()) {
            text.skip();
            digits++;
        }
        return digits;
    }

    private JsonNumber decimal(boolean isNegative, BigInteger whole, int exponentBefore) throws JsonException {
        text.skip();
        BigInteger significand = whole;
        int digits = 0;
        boolean isFull = false;
        while (!isFull && text.isDigitNext()) {
            BigInteger more = withDigit(significand, text.peek());
            isFull = more.compareTo(U64_MAX) > 0;
            if (!isFull) {
                text.skip();
                significand = more;
                digits++;
            }
        }
        if (isFull) {
            skipDigits();
        } else if (digits == 0) {
            throw text.wrongNext(text.peek() == JsonText.END ? JsonText.END_IN_VALUE : INVALID);
        }
        int exponent = exponentBefore - digits;
        return isExponentNext() ? exponent(isNegative, significand, exponent)
                : broken(isNegative, significand, exponent);
    }

    private JsonNumber exponent(boolean isNegative, BigInteger significand, int before) throws JsonException {
        text.skip();
        boolean isUpwards = text.peek() != '-';
        skipSign();
        int first = digit(true);
        long exponent = first - '0';
        while (text.isDigitNext()) {
            exponent = exponent * 10 + text.next() - '0';
            if (exponent > Integer.MAX_VALUE) {
                return beyond(isNegative, significand, isUpwards);
            }
        }
        long sum = isUpwards ? before + exponent : before - exponent;
        return broken(isNegative, significand, (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, sum)));
    }

    private void skipSign() {
        if (text.peek() == '+' || text.peek() == '-') {
            text.skip();
        }
    }

    /** An exponent beyond 32 bits. */
    private JsonNumber beyond(boolean isNegative, BigInteger significand, boolean isUpwards) throws JsonException {
        if (significand.signum() != 0 && isUpwards) {
            throw text.wrong(OUT_OF_RANGE);
        }
        skipDigits();
        return broken(isNegative, BigInteger.ZERO, 0);
    }

    private JsonNumber broken(boolean isNegative, BigInteger significand, int exponent) throws JsonException {
        return new JsonNumber.Broken(Binary64.ofParts(isNegative, significand, exponent)
                .orElseThrow(() -> text.wrong(OUT_OF_RANGE)));
    }

    // Of 128 bits.

    /** Takes a whole number of 128 bits without a sign. */
    BigInteger u128() throws JsonException {
        int first = digit(false);
        if (first == '0') {
            requireNoDigit();
            return BigInteger.ZERO;
        }
        BigInteger value = BigInteger.valueOf(first - '0');
        int digits = 1;
        while (text.isDigitNext()) {
            int digit = text.next();
            digits++;
            value = digits <= U128_DIGITS ? withDigit(value, digit) : value;
        }
        if (digits > U128_DIGITS || value.compareTo(U128_MAX) > 0) {
            throw text.wrong(OUT_OF_RANGE);
        }
        return value;
    }

    // Of any kind.

    /** Takes a number whose sign was taken, and says what it is: a whole one of 64 bits by its digits. */
    String described(boolean isNegative) throws JsonException {
        int first = digit(true);
        BigInteger value = BigInteger.valueOf(first - '0');
        if (first == '0') {
            requireNoDigit();
        }
        while (text.isDigitNext()) {
            int digit = text.next();
            value = value.compareTo(U64_MAX) > 0 ? value : withDigit(value, digit);
        }
        boolean isWhole = text.peek() != '.' && !isExponentNext();
        fraction(true);
        BigInteger signed = isNegative ? value.negate() : value;
        boolean fits = signed.compareTo(I64_MIN) >= 0 && signed.compareTo(U64_MAX) <= 0;
        return isWhole && fits ? "integer `" + signed + "`" : "number";
    }

    /** Takes a number that nobody needs, whose sign was taken. */
    void ignore() throws JsonException {
        int first = digit(false);
        if (first == '0') {
            requireNoDigit();
        } else {
            skipDigits();
        }
        fraction(false);
    }

    /** Takes the decimals and the exponent, if any. */
    private void fraction(boolean mindsTheEnd) throws JsonException {
        if (text.peek() == '.') {
            text.skip();
            if (skipDigits() == 0) {
                throw text.wrongNext(mindsTheEnd && text.peek() == JsonText.END ? JsonText.END_IN_VALUE : INVALID);
            }
        }
        if (isExponentNext()) {
            text.skip();
            skipSign();
            digit(mindsTheEnd);
            skipDigits();
        }
    }
}
