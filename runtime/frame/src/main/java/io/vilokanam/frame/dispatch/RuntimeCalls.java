package io.vilokanam.frame.dispatch;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;

/** The calls of all pallets of a runtime, for those that hold or dispatch calls of others. */
public interface RuntimeCalls {

    /** How calls stand on the wire. Reads and writes once the runtime is composed; call tables may refer to it before. */
    Codec<RuntimeCall> codec();

    /**
     * A call within a call, {@code Box<RuntimeCall>}: the same bytes, one level deeper. A vector of calls is a level by
     * itself, so its elements go through {@link #codec()}: blocks agree on how deep calls may nest.
     */
    default Codec<RuntimeCall> boxedCodec() {
        return Codecs.lazy(codec().type(), this::codec);
    }

    /** What a call costs and which class it is; the extension weight is zero. */
    DispatchInfo dispatchInfo(RuntimeCall call);

    /**
     * What a call costs, the same as in {@link #dispatchInfo}. Calls that hold calls must weigh them by this and
     * {@link #dispatchClass}, each of which walks through the call once: by way of the whole info the effort would double
     * with every level.
     */
    default Weight weight(RuntimeCall call) {
        return call.pallet().pallet().weigh(call.call());
    }

    default DispatchClass dispatchClass(RuntimeCall call) {
        return call.pallet().pallet().dispatchClass(call.call());
    }

    /**
     * Runs a call within a storage layer of its own: what a failing call wrote is gone when this throws. The exception is
     * resolved: its {@link DispatchException#error()} can be asked.
     */
    PostDispatchInfo dispatch(Externalities ext, Origin origin, RuntimeCall call) throws DispatchException;

    /** As {@link #dispatch}, with a failure as a value. */
    default Attempt attempt(Externalities ext, Origin origin, RuntimeCall call) {
        try {
            return new Attempt(Result.ok(Unit.UNIT), dispatch(ext, origin, call));
        } catch (DispatchException failure) {
            return new Attempt(Result.err(failure.error()), failure.post());
        }
    }

    /** The wire form of a failure, whichever pallet's error it is. */
    DispatchError resolve(DispatchException failure);
}
