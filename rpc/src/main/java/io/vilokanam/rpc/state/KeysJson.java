package io.vilokanam.rpc.state;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.vilokanam.rpc.backend.BlockState;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.scale.Bytes;

/** Lists of keys that are read as they are written, so that no more is held in memory than an answer may be long. */
final class KeysJson {

    private static final int PAGE = 1000;

    private KeysJson() {}

    /** At most {@code max} keys with a prefix, each in a form. */
    static JsonValue list(BlockState state, Optional<Bytes> child, Bytes prefix, Optional<Bytes> after, long max,
            Function<Bytes, JsonValue> form) {
        return out -> {
            out.writeStartArray();
            Optional<Bytes> last = after;
            long left = max;
            List<Bytes> page;
            do {
                page = state.keys(child, prefix, last, (int) Math.min(left, PAGE));
                for (Bytes key : page) {
                    form.apply(key).write(out);
                    last = Optional.of(key);
                }
                left -= page.size();
            } while (page.size() == PAGE && left > 0);
            out.writeEndArray();
        };
    }
}
