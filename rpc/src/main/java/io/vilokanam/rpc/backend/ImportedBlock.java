package io.vilokanam.rpc.backend;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/** A block that the node took in; {@code isBest} says whether it was the best block from then on. */
public record ImportedBlock(Hash hash, Header header, boolean isBest) {}
