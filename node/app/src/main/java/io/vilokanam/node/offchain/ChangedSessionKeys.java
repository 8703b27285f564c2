package io.vilokanam.node.offchain;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.LongStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.ReadKeys;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.offchain.settler.SessionChanges;
import io.vilokanam.primitives.Hash;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;

/**
 * Finds the sessions that a block changed among the keys that it wrote. Where the runtime keeps sessions it is not asked for: a
 * few sessions are looked up, and the key under which each was read ends in its id. What these keys begin with is where sessions
 * are.
 */
public final class ChangedSessionKeys implements SessionChanges {

    private static final Logger LOG = LoggerFactory.getLogger(ChangedSessionKeys.class);
    private static final String METHOD = "TickStreamApi_session";

    /** Of so many blocks it is remembered what they changed. */
    private static final int BLOCKS_MAX = 64;

    private final Chain chain;
    private final RuntimeExecutor executor;
    private final Map<Hash, Changed> recent = new LinkedHashMap<>();
    private volatile Optional<Bytes> prefix = Optional.empty();
    private boolean isSought;

    public ChangedSessionKeys(Chain chain, RuntimeExecutor executor) {
        this.chain = chain;
        this.executor = executor;
    }

    /** Called with each block, under the chain's lock. */
    public void onImported(ChainEvent.Imported imported) {
        prefix.ifPresent(begin -> {
            long[] sessions = sessions(begin, imported.changes().main());
            synchronized (recent) {
                recent.put(imported.block().hash(), new Changed(imported.header().parentHash(), sessions));
                if (recent.size() > BLOCKS_MAX) {
                    Iterator<Hash> oldest = recent.keySet().iterator();
                    oldest.next();
                    oldest.remove();
                }
            }
        });
    }

    private static long[] sessions(Bytes prefix, SortedMap<Bytes, Optional<Bytes>> written) {
        LongStream.Builder ids = LongStream.builder();
        for (Bytes key : written.tailMap(prefix).keySet()) {
            if (!startsWith(key, prefix)) {
                break;
            }
            ids.add(id(key));
        }
        return ids.build().toArray();
    }

    private static boolean startsWith(Bytes key, Bytes prefix) {
        return key.size() >= prefix.size() + Long.BYTES
                && Arrays.equals(key.view(), 0, prefix.size(), prefix.view(), 0, prefix.size());
    }

    /** The last eight bytes of a key, little endian. */
    private static long id(Bytes key) {
        long id = 0;
        for (int i = 1; i <= Long.BYTES; i++) {
            id = id << Byte.SIZE | key.at(key.size() - i) & 0xff;
        }
        return id;
    }

    @Override
    public Optional<Changed> of(Hash block) {
        synchronized (recent) {
            return Optional.ofNullable(recent.get(block));
        }
    }

    @Override
    public void prepare(Hash at) {
        if (isSought) {
            return;
        }
        Optional<StateLease> lease = chain.states().lease(at);
        if (lease.isEmpty()) {
            return;
        }
        isSought = true;
        try (StateLease held = lease.get()) {
            prefix = seek(held.state());
            LOG.debug("sessions are kept under keys that begin so prefix={}", prefix);
        } catch (RuntimeTrap | RuntimeUnavailableException e) {
            LOG.warn("what blocks change is not known, so the settler reads all sessions reason={}", e.getMessage());
        }
    }

    private Optional<Bytes> seek(ChainState state) throws RuntimeTrap, RuntimeUnavailableException {
        Optional<Bytes> common = Optional.empty();
        for (long id : new long[]{-2, 0x7766_5544_3322_1107L, 0x1122_3344_5566_7708L, 0x5a5a_a5a5_0ff0_f00fL}) {
            ReadKeys reads = new ReadKeys();
            executor.call(state, METHOD, Codecs.U64.encode(id), reads);
            Optional<Bytes> key = reads.keys().stream()
                    .filter(one -> one.size() > Long.BYTES && id(one) == id).findFirst();
            if (key.isEmpty()) {
                return Optional.empty();
            }
            Bytes whole = key.get();
            common = Optional.of(common.map(known -> shared(known, whole)).orElse(whole));
        }
        return common.filter(found -> found.size() > 0);
    }

    private static Bytes shared(Bytes one, Bytes other) {
        int length = Arrays.mismatch(one.view(), other.view());
        return length < 0 ? one : Bytes.wrap(Arrays.copyOf(one.view(), length));
    }
}
