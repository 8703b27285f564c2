package io.vilokanam.node.executing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import io.vilokanam.api.Externalities;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.scale.Bytes;
import io.vilokanam.trie.ReadProof;

/**
 * The storage keys that a runtime call reads, for a proof of what it computed. Where the call asks for the key behind another
 * one, both count.
 */
public final class ReadKeys {

    /** A call that reads more keys than this is not proven. */
    public static final int KEYS_MAX = 1 << 16;

    private record ChildKey(Bytes child, Bytes key) implements Comparable<ChildKey> {
        @Override
        public int compareTo(ChildKey other) {
            int order = child.compareTo(other.child);
            return order != 0 ? order : key.compareTo(other.key);
        }
    }

    private final SortedSet<Bytes> keys = new TreeSet<>();
    private final SortedSet<ChildKey> childKeys = new TreeSet<>();

    /** The same host, whose readings are noted here. */
    Externalities over(Externalities host) {
        InvocationHandler notes = (_, method, arguments) -> {
            Object answer = invoke(host, method, arguments);
            note(method.getName(), arguments, answer);
            return answer;
        };
        return (Externalities) Proxy.newProxyInstance(Externalities.class.getClassLoader(),
                new Class<?>[]{Externalities.class},
                notes);
    }

    private static Object invoke(Externalities host, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(host, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void note(String method, Object[] arguments, Object answer) {
        switch (method) {
            case "get", "exists", "append" -> keys.add(key(arguments[0]));
            case "nextKey" -> {
                keys.add(key(arguments[0]));
                ((Optional<?>) answer).ifPresent(next -> keys.add(key(next)));
            }
            case "childGet" -> childKeys.add(new ChildKey(key(arguments[0]), key(arguments[1])));
            case "childNextKey" -> {
                childKeys.add(new ChildKey(key(arguments[0]), key(arguments[1])));
                ((Optional<?>) answer).ifPresent(next -> childKeys.add(new ChildKey(key(arguments[0]), key(next))));
            }
            default -> {
                // Reads nothing that a proof would have to show.
            }
        }
    }

    private static Bytes key(Object bytes) {
        return Bytes.copyOf((byte[]) bytes);
    }

    /** Notes a key that somebody wants proven. */
    public void add(Bytes key) {
        keys.add(key);
    }

    /** The same in a child trie. */
    public void add(Bytes child, Bytes key) {
        childKeys.add(new ChildKey(child, key));
    }

    /** What shows these keys' values in a state; empty where there are too many. */
    public Optional<ReadProof> proof(ChainState state) {
        if (keys.size() + childKeys.size() > KEYS_MAX) {
            return Optional.empty();
        }
        ReadProof.Recorder recorder = new ReadProof.Recorder();
        keys.forEach(key -> recorder.record(state.top(), key.view()));
        for (ChildKey childKey : childKeys) {
            byte[] child = childKey.child.view();
            recorder.record(state.top(), ChainState.childKey(child));
            if (!state.child(child).isEmpty()) {
                recorder.record(state.child(child), childKey.key.view());
            }
        }
        return Optional.of(recorder.proof());
    }
}
