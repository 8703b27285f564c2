package io.vilokanam.frame.genesis;

import java.math.BigInteger;

/** A number as serde_json holds one that is not asked for as one of 128 bits. */
sealed interface JsonNumber {

    /** A whole number of 64 bits, with or without a sign. */
    record Whole(BigInteger value) implements JsonNumber {}

    record Broken(Binary64 value) implements JsonNumber {}
}
