package io.vilokanam.rpc.backend;

import io.vilokanam.primitives.Hash;

/** A block by hash and height; {@code number} is a u32. */
public record BlockRef(Hash hash, long number) {}
