package io.vilokanam.frame.preimage;

import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;

/**
 * Finds what was hashed, where somebody put it on the chain ({@code frame_support::traits::QueryPreimage}). Hashes are
 * blake2_256.
 */
public interface QueryPreimage {

    /**
     * How deep containers may nest in what was hashed. It never was part of an extrinsic's call, so the limit of extrinsics does
     * not hold: the stock runtime reads on until the stack of its Wasm is used up, one MiB of which each boxed call takes 1,328
     * bytes and each sequence of calls 1,488. Then it traps, and no block can be made (787 calls in one another, 702 batches).
     */
    ScaleInput.Nesting STACK = new ScaleInput.Nesting(1_328, 1_488, 1_045_503);

    /** The length in bytes of what was hashed, if it is there. */
    Optional<Long> length(Externalities ext, Hash hash);

    /**
     * What was hashed.
     *
     * @param length its length where the caller knows it: another one finds nothing
     * @throws DispatchException {@code Unavailable} where it is not there
     */
    byte[] fetch(Externalities ext, Hash hash, Optional<Long> length) throws DispatchException;

    boolean isRequested(Externalities ext, Hash hash);

    /** Asks for it, so that it stays once it is there; as often as wanted. */
    void request(Externalities ext, Hash hash);

    /** Takes one request back. */
    void unrequest(Externalities ext, Hash hash);

    /** Requests what is needed to read the value. */
    default void hold(Externalities ext, Bounded bounded) {
        bounded.lookupHash().ifPresent(hash -> request(ext, hash));
    }

    /** Takes back a request of what is needed to read the value. */
    default void drop(Externalities ext, Bounded bounded) {
        bounded.lookupHash().ifPresent(hash -> unrequest(ext, hash));
    }

    /** Whether all is there that is needed to read the value. */
    default boolean have(Externalities ext, Bounded bounded) {
        return bounded.lookupHash().map(hash -> length(ext, hash).isPresent()).orElse(true);
    }

    /** A bounded value behind a hash, which is requested; it may not be there yet. */
    default Bounded pick(Externalities ext, Hash hash, long length) {
        request(ext, hash);
        return new Bounded.Lookup(hash, length);
    }

    /**
     * A value that was read.
     *
     * @param lookupLength how many bytes were looked up; empty where it stood inline
     */
    record Peeked<T>(T value, Optional<Long> lookupLength) {}

    /**
     * Reads the value; what follows it in the bytes is not looked at.
     *
     * @throws DispatchException {@code Unavailable} where the bytes are not there, {@code Corruption} where they do not decode
     */
    default <T> Peeked<T> peek(Externalities ext, Bounded bounded, Codec<T> codec) throws DispatchException {
        return switch (bounded) {
            case Bounded.Inline(var encoded) -> new Peeked<>(decode(codec, encoded.view()), Optional.empty());
            case Bounded.Lookup(var hash, var length) -> lookUp(fetch(ext, hash, Optional.of(length)), codec);
            case Bounded.Legacy(var hash) -> lookUp(fetch(ext, hash, Optional.empty()), codec);
        };
    }

    private static <T> Peeked<T> lookUp(byte[] bytes, Codec<T> codec) throws DispatchException {
        return new Peeked<>(decode(codec, bytes), Optional.of((long) bytes.length));
    }

    private static <T> T decode(Codec<T> codec, byte[] bytes) throws DispatchException {
        ScaleInput in = ScaleInput.nesting(bytes, STACK);
        try {
            return codec.decode(in);
        } catch (ScaleException corrupt) {
            if (in.isTooDeep()) {
                throw new RuntimePanic("what was looked up nests deeper than the stack allows");
            }
            throw new DispatchException(new DispatchError.Corruption());
        }
    }

    /** As {@link #peek}, and drops the value where it could be read. */
    default <T> Peeked<T> realize(Externalities ext, Bounded bounded, Codec<T> codec) throws DispatchException {
        Peeked<T> peeked = peek(ext, bounded, codec);
        drop(ext, bounded);
        return peeked;
    }
}
