package io.vilokanam.node.network;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often the same requests were answered lately; the one not looked at for longest is forgotten first. Safe for several threads. */
public final class AnsweredRequests<R> {

    private final Map<R, Integer> times;

    /** @param rememberedMax how many requests are remembered */
    public AnsweredRequests(int rememberedMax) {
        this.times = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<R, Integer> eldest) {
                return size() > rememberedMax;
            }
        };
    }

    public synchronized int times(R request) {
        return times.getOrDefault(request, 0);
    }

    public synchronized void note(R request) {
        times.merge(request, 1, Integer::sum);
    }
}
