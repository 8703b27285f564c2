package io.vilokanam.offchain.tickchain;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.scale.Bytes;

/** What collector and settler ask of the chain, at the state after a block. */
public interface TickChain {

    /** How many sessions may be asked for at once. */
    int SESSIONS_MAX = 4_096;

    Settings settings(Hash at) throws ChainUnavailableException;

    Optional<Stream> stream(Hash at, long stream) throws ChainUnavailableException;

    /** The sessions in the order of {@code ids}, of which there are at most {@link #SESSIONS_MAX}; empty where one is over. */
    List<Optional<Session>> sessions(Hash at, List<Long> ids) throws ChainUnavailableException;

    /** The nonce of a settlement key's next batch; empty where the key is not registered. */
    Optional<Long> nextNonce(Hash at, PublicKey key) throws ChainUnavailableException;

    /** What the settlement key signs for a batch. */
    Bytes batchPayload(Hash at, Batch batch) throws ChainUnavailableException;

    /** A signed batch as an extrinsic, its length in front. */
    Bytes batchExtrinsic(Hash at, Batch batch, Bytes signature) throws ChainUnavailableException;

    /** What a batch weighs at most, whether or not it is valid, in picoseconds of reference time. */
    long batchWeight(Hash at, Batch batch) throws ChainUnavailableException;
}
