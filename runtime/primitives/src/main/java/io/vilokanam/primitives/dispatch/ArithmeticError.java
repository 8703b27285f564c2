package io.vilokanam.primitives.dispatch;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** Arithmetic that left its range ({@code sp_arithmetic::ArithmeticError}). */
public enum ArithmeticError {
    UNDERFLOW, OVERFLOW, DIVISION_BY_ZERO;

    public static final Codec<ArithmeticError> CODEC = Variants.ofEnum("sp_arithmetic::ArithmeticError", values(),
            "Underflow",
            "Overflow", "DivisionByZero");
}
