package io.vilokanam.frame.executive;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;

/** What {@link Executive} needs of the System pallet: the book-keeping of the block that is being executed. */
public interface BlockLedger {

    /** Forgets the events, their count and topics of the block before. */
    void resetEvents(Externalities ext);

    /** Starts block {@code number}: extrinsic index 0, parent hash, digest, no weight used. */
    void initialise(Externalities ext, long number, Hash parentHash, Digest digest);

    /** The phase of events is the extrinsics' from now on. */
    void noteFinishedInitialise(Externalities ext);

    /** Whether the runtime that ran last had another specification than the present one; true before the first block. */
    boolean isUpgraded(Externalities ext);

    /** Stores the present runtime's specification as that which ran last. */
    void noteUpgraded(Externalities ext);

    boolean inherentsApplied(Externalities ext);

    void noteInherentsApplied(Externalities ext);

    /** Stores an extrinsic, with its length in front, for the extrinsics root. */
    void noteExtrinsic(Externalities ext, byte[] extrinsic);

    /** Deposits the event of success or failure, counts the extrinsic. */
    void noteAppliedExtrinsic(Externalities ext, Result<Unit, DispatchError> outcome, PostDispatchInfo post,
            DispatchInfo info);

    /** The extrinsics are over: stores their count. */
    void noteFinishedExtrinsics(Externalities ext);

    /** Ends the block: takes its header's parts out of storage and computes both roots. */
    Header finalise(Externalities ext);

    void registerExtraWeight(Externalities ext, Weight weight, DispatchClass dispatchClass);

    /** The weight that all classes used so far. */
    Weight usedWeight(Externalities ext);

    /** The most weight that a block may use. */
    Weight maxBlockWeight();

    /** What a block costs without any extrinsic. */
    Weight baseBlockWeight();

    long blockNumber(Externalities ext);

    Hash blockHash(Externalities ext, long number);

    /** Stores the hash of a block, where that is known earlier than by its child. */
    void noteBlockHash(Externalities ext, long number, Hash hash);

    /** What a storage access costs. */
    DbWeight dbWeight();
}
