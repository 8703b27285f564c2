package io.vilokanam.offchain.tickchain;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.offchain.worker.RuntimeCalls;
import io.vilokanam.offchain.worker.StateMissingException;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.fee.RuntimeDispatchInfo;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;

/** The runtime API {@code TickStreamApi}, and what {@code TransactionPaymentApi} says that a batch weighs. */
public final class RuntimeTickChain implements TickChain {

    private static final Codec<Optional<Stream>> STREAM = Codecs.option(Stream.CODEC);
    private static final Codec<List<Long>> IDS = Codecs.vec(Codecs.U64);
    private static final Codec<List<Optional<Session>>> SESSIONS = Codecs.vec(Codecs.option(Session.CODEC));
    private static final Codec<Optional<Long>> NONCE = Codecs.option(Codecs.U64);

    private static final Bytes NO_SIGNATURE = Bytes.wrap(new byte[64]);

    private final RuntimeCalls runtime;

    public RuntimeTickChain(RuntimeCalls runtime) {
        this.runtime = runtime;
    }

    @Override
    public Settings settings(Hash at) throws ChainUnavailableException {
        return ask(at, "settings", new byte[0], Settings.CODEC);
    }

    @Override
    public Optional<Stream> stream(Hash at, long stream) throws ChainUnavailableException {
        return ask(at, "stream", Codecs.U64.encode(stream), STREAM);
    }

    @Override
    public List<Optional<Session>> sessions(Hash at, List<Long> ids) throws ChainUnavailableException {
        if (ids.size() > SESSIONS_MAX) {
            throw new IllegalArgumentException(ids.size() + " sessions at once, at most " + SESSIONS_MAX);
        }
        List<Optional<Session>> found = ask(at, "sessions", IDS.encode(ids), SESSIONS);
        if (found.size() != ids.size()) {
            throw new ChainUnavailableException(
                    "TickStreamApi_sessions answered " + found.size() + " sessions, expected " + ids.size());
        }
        return found;
    }

    @Override
    public Optional<Long> nextNonce(Hash at, PublicKey key) throws ChainUnavailableException {
        return ask(at, "next_nonce", Batch.KEY_CODEC.encode(key), NONCE);
    }

    @Override
    public Bytes batchPayload(Hash at, Batch batch) throws ChainUnavailableException {
        return ask(at, "batch_payload", Batch.CODEC.encode(batch), Codecs.BYTES);
    }

    @Override
    public Bytes batchExtrinsic(Hash at, Batch batch, Bytes signature) throws ChainUnavailableException {
        ScaleOutput arguments = new ScaleOutput();
        Batch.CODEC.encode(batch, arguments);
        arguments.raw(signature.view());
        return ask(at, "batch_extrinsic", arguments.toByteArray(), Codecs.BYTES);
    }

    @Override
    public long batchWeight(Hash at, Batch batch) throws ChainUnavailableException {
        Bytes extrinsic = batchExtrinsic(at, batch, NO_SIGNATURE);
        byte[] arguments = new ScaleOutput().raw(extrinsic.view()).u32(extrinsic.size()).toByteArray();
        return call(at, "TransactionPaymentApi_query_info", arguments, RuntimeDispatchInfo.CODEC).weight().refTime();
    }

    private <T> T ask(Hash at, String method, byte[] arguments, Codec<T> result) throws ChainUnavailableException {
        return call(at, "TickStreamApi_" + method, arguments, result);
    }

    private <T> T call(Hash at, String name, byte[] arguments, Codec<T> result) throws ChainUnavailableException {
        try {
            return result.decodeAll(runtime.call(at, name, arguments, Optional.empty()));
        } catch (RuntimeTrap trap) {
            if (trap.reason() == RuntimeTrap.Reason.UNKNOWN_METHOD) {
                throw ChainUnavailableException.withoutTickStream();
            }
            throw new ChainUnavailableException(name + " at block " + at + " failed: " + trap.getMessage());
        } catch (StateMissingException e) {
            throw new ChainUnavailableException(name + ": " + e.getMessage());
        } catch (ScaleException e) {
            throw new ChainUnavailableException(name + " at block " + at + " answered what does not decode: "
                    + e.getMessage());
        }
    }
}
