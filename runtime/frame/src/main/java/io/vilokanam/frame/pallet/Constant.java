package io.vilokanam.frame.pallet;

import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.type.TypeInfo;

/** A constant that a pallet shows in metadata. */
public record Constant(String name, TypeInfo type, Bytes value, String docs) {}
