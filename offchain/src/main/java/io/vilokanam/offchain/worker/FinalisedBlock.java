package io.vilokanam.offchain.worker;

import io.vilokanam.primitives.Hash;

/** The newest finalised block. */
public record FinalisedBlock(Hash hash, long number) {}
