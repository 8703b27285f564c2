package io.vilokanam.host.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import io.vilokanam.api.Storage;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/** What an overlay should do, written down as simply as possible: each transaction is a copy of everything. */
final class NaiveStorage {

    private final TreeMap<Bytes, Bytes> base;
    private TreeMap<Bytes, Optional<Bytes>> written = new TreeMap<>();
    private final Deque<TreeMap<Bytes, Optional<Bytes>>> former = new ArrayDeque<>();

    NaiveStorage(TreeMap<Bytes, Bytes> base) {
        this.base = base;
    }

    Optional<Bytes> get(Bytes key) {
        var value = written.get(key);
        return value != null ? value : Optional.ofNullable(base.get(key));
    }

    void write(Bytes key, Optional<Bytes> value) {
        written.put(key, value);
    }

    /** What begins with a compact u32 in its shortest form is a vector; anything else is none and is lost. */
    void append(Bytes key, byte[] element) {
        byte[] value = get(key).map(Bytes::toArray).orElse(new byte[0]);
        long count = 0;
        byte[] rest = {};
        try {
            var in = new ScaleInput(value);
            count = in.compactU32();
            rest = in.raw(in.remaining());
        } catch (ScaleException noVector) {
            count = 0;
        }
        var out = new ScaleOutput();
        out.compact(count + 1);
        out.raw(rest);
        out.raw(element);
        write(key, Optional.of(out.toBytes()));
    }

    Optional<Bytes> nextKey(Bytes key) {
        return Optional.ofNullable(content().higherKey(key));
    }

    Storage.Cleared clearPrefix(Bytes prefix, long limit) {
        int overlay = 0;
        for (Bytes key : List.copyOf(written.keySet())) {
            if (startsWith(key, prefix)) {
                overlay += written.put(key, Optional.empty()).isPresent() ? 1 : 0;
            }
        }
        int deleted = 0;
        int loops = 0;
        for (Bytes key : base.keySet()) {
            if (startsWith(key, prefix)) {
                if (loops == limit) {
                    return new Storage.Cleared(deleted, overlay + deleted, loops, true);
                }
                loops++;
                if (!written.containsKey(key) || written.get(key).isPresent()) {
                    written.put(key, Optional.empty());
                    deleted++;
                }
            }
        }
        return new Storage.Cleared(deleted, overlay + deleted, loops, false);
    }

    void start() {
        former.push(new TreeMap<>(written));
    }

    void commit() {
        former.pop();
    }

    void rollback() {
        written = former.pop();
    }

    int depth() {
        return former.size();
    }

    TreeMap<Bytes, Optional<Bytes>> written() {
        return written;
    }

    TreeMap<Bytes, Bytes> content() {
        var content = new TreeMap<>(base);
        written.forEach(
                (key, value) -> value.ifPresentOrElse(bytes -> content.put(key, bytes), () -> content.remove(key)));
        return content;
    }

    /** All keys that anybody may ask for. */
    List<Bytes> keys() {
        var keys = new TreeSet<>(base.keySet());
        keys.addAll(written.keySet());
        return new ArrayList<>(keys);
    }

    private static boolean startsWith(Bytes key, Bytes prefix) {
        return key.hex().startsWith(prefix.hex());
    }
}
