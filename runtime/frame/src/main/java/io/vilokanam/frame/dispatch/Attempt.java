package io.vilokanam.frame.dispatch;

import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.DispatchInfo;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;

/** How a call within a call ended, and what it cost: for pallets that go on after a failure. */
public record Attempt(Result<Unit, DispatchError> outcome, PostDispatchInfo post) {

    public boolean succeeded() {
        return outcome.isOk();
    }

    /** What the call weighed: {@code extract_actual_weight}. */
    public Weight weight(DispatchInfo info) {
        return post.weightOf(info);
    }
}
