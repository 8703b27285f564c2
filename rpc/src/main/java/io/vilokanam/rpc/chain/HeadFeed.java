package io.vilokanam.rpc.chain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.ChainListener;
import io.vilokanam.rpc.backend.ImportedBlock;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.json.JsonText;
import io.vilokanam.rpc.method.Subscriber;

/**
 * Sends the same heads to many subscribers. The text of a head is made once, whoever imports is held up as long as it takes to
 * wake the threads that write to clients, and those do the rest, each for its own clients.
 */
final class HeadFeed {

    /** Which heads are sent. */
    enum Heads {
        /** Of every imported block. */
        ALL,
        /** Of every imported block that becomes the best. */
        BEST,
        /** Of the last block of those that become final together. */
        FINALISED
    }

    private final ChainBackend chain;
    private final Heads heads;
    private final Map<Executor, Set<Subscriber>> subscribers = new ConcurrentHashMap<>();
    private int count;
    private Optional<Registration> watching = Optional.empty();

    HeadFeed(ChainBackend chain, Heads heads) {
        this.chain = chain;
        this.heads = heads;
    }

    /** Sends the head that there is, and all that come until the subscription ends. */
    void add(Subscriber subscriber) {
        Hash now = heads == Heads.FINALISED ? chain.finalised().hash() : chain.best().hash();
        chain.header(now).ifPresent(header -> subscriber.send(HeaderJson.header(header)));
        Set<Subscriber> group = subscribers.computeIfAbsent(subscriber.writer(), _ -> ConcurrentHashMap.newKeySet());
        group.add(subscriber);
        come();
        subscriber.onEnd(() -> {
            if (group.remove(subscriber)) {
                go();
            }
        });
    }

    private synchronized void come() {
        if (count++ == 0) {
            watching = Optional.of(chain.watch(new ChainListener() {
                @Override
                public void imported(ImportedBlock block) {
                    if (heads == Heads.ALL || heads == Heads.BEST && block.isBest()) {
                        send(block.header());
                    }
                }

                @Override
                public void finalised(List<Hash> finalised, List<Hash> pruned) {
                    if (heads == Heads.FINALISED) {
                        chain.header(finalised.getLast()).ifPresent(header -> send(header));
                    }
                }
            }));
        }
    }

    private synchronized void go() {
        if (--count == 0) {
            watching.ifPresent(Registration::close);
            watching = Optional.empty();
        }
    }

    private void send(Header header) {
        JsonText head = JsonText.of(HeaderJson.header(header));
        subscribers.forEach((writer, group) -> {
            if (group.isEmpty()) {
                return;
            }
            try {
                writer.execute(() -> group.forEach(subscriber -> subscriber.send(head)));
            } catch (RejectedExecutionException closed) {
                // The server of these clients is closed, and they are gone.
                subscribers.remove(writer);
            }
        });
    }
}
