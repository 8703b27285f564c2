package io.vilokanam.node.cli;

import java.util.Optional;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import io.vilokanam.node.importing.Chain;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.SignedBlock;

/** A block as an operator names it: a number, or a hash with {@code 0x}. */
sealed interface BlockChoice {

    record ByHash(Hash hash) implements BlockChoice {}

    record ByNumber(long number) implements BlockChoice {}

    long NUMBER_MAX = 0xffff_ffffL;

    /** The hash of the block; a number stands for the block of the best chain. */
    default Hash on(Chain chain) throws UsageException {
        Optional<Hash> found = switch (this) {
            case ByHash(var hash) -> chain.header(hash).map(_ -> hash);
            case ByNumber(var number) -> chain.canonicalHash(number);
        };
        return found.orElseThrow(() -> new UsageException("unknown block " + switch (this) {
            case ByHash(var hash) -> hash.toString();
            case ByNumber(var number) -> Long.toString(number);
        }));
    }

    /** The block of a hash, if its body is kept. */
    static SignedBlock stored(Chain chain, Hash hash) throws UsageException {
        return chain.block(hash)
                .orElseThrow(() -> new UsageException("the body of block " + hash + " is not kept"));
    }

    /** Reads what stands on the command line. */
    final class Converter implements ITypeConverter<BlockChoice> {

        @Override
        public BlockChoice convert(String text) {
            if (text.startsWith("0x")) {
                if (!text.matches("0x[0-9a-fA-F]{64}")) {
                    throw new TypeConversionException("expected a block hash of 64 hex digits, got " + text);
                }
                return new ByHash(Hash.fromHex(text));
            }
            if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > NUMBER_MAX) {
                throw new TypeConversionException("expected a block number up to " + NUMBER_MAX + ", got " + text);
            }
            return new ByNumber(Long.parseLong(text));
        }
    }
}
