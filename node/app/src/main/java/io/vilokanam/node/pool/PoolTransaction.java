package io.vilokanam.node.pool;

import java.util.List;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;

/**
 * A transaction that the runtime called valid at some block.
 *
 * @param hash blake2_256 of the wire form
 * @param size of the wire form, in bytes
 * @param priority unsigned
 * @param validTill the last block number at which it may be valid, unsigned
 */
public record PoolTransaction(Hash hash, OpaqueExtrinsic extrinsic, int size, TransactionSource source, long priority,
        long validTill, List<Bytes> requires, List<Bytes> provides, boolean propagate) {

    public PoolTransaction {
        requires = List.copyOf(requires);
        provides = List.copyOf(provides);
    }

    /** What the runtime said of an extrinsic at block {@code number}. */
    static PoolTransaction validAt(long number, Submission submission, TransactionSource source,
            ValidTransaction valid) {
        long sum = number + valid.longevity();
        long validTill = Long.compareUnsigned(sum, number) < 0 ? -1 : sum;
        return new PoolTransaction(submission.hash(), submission.extrinsic(), submission.extrinsic().wire().length,
                source, valid.priority(), validTill, valid.requires(), valid.provides(), valid.propagate());
    }

    /** The hash of an extrinsic in its wire form. */
    public static Hash hash(byte[] wire) {
        return Hash.wrap(Blake2b.hash256(wire));
    }
}
