package io.vilokanam.node.network.transactions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.vilokanam.node.network.Direction;
import io.vilokanam.node.network.Network;
import io.vilokanam.node.network.NotificationListener;
import io.vilokanam.node.network.NotificationProtocol;
import io.vilokanam.node.network.NotificationSender;
import io.vilokanam.node.network.ProtocolNames;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.announce.Roles;
import io.vilokanam.node.pool.PoolTransaction;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/**
 * The protocol {@code transactions/1}: ready transactions go to all peers that do not have them, and what peers send goes into
 * the pool ({@code sc_network_transactions}). A message is {@code Vec<Extrinsic>}.
 */
public final class TransactionGossip implements NotificationListener {

    /** {@code MAX_TRANSACTIONS_SIZE}. */
    private static final int MESSAGE_BYTES_MAX = 16 << 20;

    /** Own messages are cut here: light clients read no longer ones. */
    private static final int SENT_BYTES_MAX = 1 << 20;

    /** {@code MAX_KNOWN_TRANSACTIONS}: so many are remembered of each peer. */
    private static final int KNOWN_MAX = 10_240;

    /** {@code PROPAGATE_TIMEOUT}: after so long everything that a peer lacks is sent. */
    private static final long PROPAGATE_MILLIS = 2_900;

    /** So many new transactions may wait to be sent at once; others are sent with the next propagation. */
    private static final int FRESH_MAX = 8_192;

    private static final int HANDSHAKE_BYTES_MAX = 1024;

    static final ReputationChange ANY = new ReputationChange(-(1 << 4), "Any transaction");
    static final ReputationChange ANY_REFUND = new ReputationChange(1 << 4, "Any transaction (refund)");
    static final ReputationChange GOOD = new ReputationChange(1 << 7, "Good transaction");
    static final ReputationChange BAD = new ReputationChange(-(1 << 12), "Bad transaction");
    static final ReputationChange UNDECODABLE = ReputationChange.malformed("Bad transactions message");

    static final Codec<List<Bytes>> EXTRINSICS = Codecs.vec(Codecs.BYTES);

    private record Peer(Roles roles, Map<Hash, Boolean> known) {

        private static Peer of(Roles roles) {
            return new Peer(roles, new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Hash, Boolean> eldest) {
                    return size() > KNOWN_MAX;
                }
            });
        }

        /** Notes that the peer has the transaction; false where that was known before. */
        private boolean learns(Hash transaction) {
            synchronized (known) {
                return known.put(transaction, true) == null;
            }
        }
    }

    private final TransactionPool pool;
    private final Roles ownRoles;
    private final BooleanSupplier isMajorSyncing;
    private final LongSupplier nowMillis;
    private final Map<PeerId, Peer> peers = new ConcurrentHashMap<>();
    private final BlockingQueue<PoolTransaction> fresh = new ArrayBlockingQueue<>(FRESH_MAX);
    private final AtomicLong propagated = new AtomicLong();
    private Network network;
    private NotificationSender sender;

    public TransactionGossip(TransactionPool pool, Roles ownRoles, BooleanSupplier isMajorSyncing,
            LongSupplier nowMillis) {
        this.pool = pool;
        this.ownRoles = ownRoles;
        this.isMajorSyncing = isMajorSyncing;
        this.nowMillis = nowMillis;
    }

    /** Before the network starts. */
    public void register(Network to, ProtocolNames names) {
        network = to;
        sender = to.register(NotificationProtocol.following(names, HANDSHAKE_BYTES_MAX, MESSAGE_BYTES_MAX), this);
        pool.onImport(transaction -> {
            // Where there is no room the next propagation sends it.
            fresh.offer(transaction);
        });
    }

    /** How many transactions were sent, each counted once a peer. */
    public long propagated() {
        return propagated.get();
    }

    @Override
    public Bytes handshake(PeerId peer) {
        return ownRoles.handshake();
    }

    @Override
    public Verdict judge(PeerId peer, Bytes handshake, Direction direction) {
        return Roles.ofHandshake(handshake).<Verdict>map(_ -> new Verdict.Accept(Slots.FULL))
                .orElse(new Verdict.Refuse(UNDECODABLE));
    }

    @Override
    public void opened(PeerId peer, Bytes handshake, Direction direction) {
        peers.put(peer, Peer.of(Roles.ofHandshake(handshake).orElseThrow()));
    }

    @Override
    public void closed(PeerId peer) {
        peers.remove(peer);
    }

    @Override
    public void received(PeerId id, Bytes message) {
        Peer peer = peers.get(id);
        if (peer == null || isMajorSyncing.getAsBoolean()) {
            return;
        }
        try {
            for (Bytes content : EXTRINSICS.decodeAll(message.view())) {
                take(id, peer, new OpaqueExtrinsic(content));
            }
        } catch (ScaleException malformed) {
            network.report(id, UNDECODABLE);
        }
    }

    private void take(PeerId id, Peer peer, OpaqueExtrinsic extrinsic) {
        Hash hash = PoolTransaction.hash(extrinsic.wire());
        peer.learns(hash);
        if (pool.contains(hash)) {
            return;
        }
        network.report(id, ANY);
        try {
            pool.submit(extrinsic, TransactionSource.EXTERNAL);
            network.report(id, GOOD);
            network.report(id, ANY_REFUND);
        } catch (PoolRefusedException e) {
            refused(id, e.refusal());
        }
    }

    private void refused(PeerId id, PoolRefusal refusal) {
        switch (refusal) {
            case PoolRefusal.AlreadyImported _ -> network.report(id, ANY_REFUND);
            case PoolRefusal.Invalid _,PoolRefusal.ValidationFailed _,PoolRefusal.NoTagsProvided _,PoolRefusal.CycleDetected _ ->
                network.report(id, BAD);
            case PoolRefusal.UnknownValidity _,PoolRefusal.TemporarilyBanned _,PoolRefusal.TooLowPriority _,PoolRefusal.ImmediatelyDropped _,PoolRefusal.Unactionable _,PoolRefusal.FutureNotAccepted _ -> {
                // Says nothing of the peer: it may see another moment of the chain. The small price stays.
            }
        }
    }

    /** Sends until the thread is interrupted. */
    public void run() throws InterruptedException {
        long propagateAt = nowMillis.getAsLong() + PROPAGATE_MILLIS;
        while (!Thread.currentThread().isInterrupted()) {
            PoolTransaction first = fresh.poll(Math.max(0, propagateAt - nowMillis.getAsLong()), TimeUnit.MILLISECONDS);
            if (first != null) {
                List<PoolTransaction> more = new ArrayList<>(List.of(first));
                fresh.drainTo(more);
                propagate(more);
            } else {
                propagateAt = nowMillis.getAsLong() + PROPAGATE_MILLIS;
                if (!peers.isEmpty()) {
                    propagate(pool.ready().remaining());
                }
            }
        }
    }

    private void propagate(List<PoolTransaction> transactions) {
        if (isMajorSyncing.getAsBoolean()) {
            return;
        }
        Map<Hash, List<String>> receivers = new TreeMap<>();
        peers.forEach((id, peer) -> {
            if (peer.roles != Roles.LIGHT) {
                List<PoolTransaction> lacking = transactions.stream()
                        .filter(transaction -> transaction.propagate() && peer.learns(transaction.hash())).toList();
                send(id, lacking);
                lacking.forEach(
                        sent -> receivers.computeIfAbsent(sent.hash(), _ -> new ArrayList<>()).add(id.toString()));
            }
        });
        receivers.forEach((hash, ids) -> pool.broadcast(List.of(hash), ids));
    }

    private void send(PeerId id, List<PoolTransaction> transactions) {
        List<Bytes> batch = new ArrayList<>();
        int bytes = 0;
        for (PoolTransaction transaction : transactions) {
            if (bytes + transaction.size() > SENT_BYTES_MAX && !batch.isEmpty()) {
                flush(id, batch);
                bytes = 0;
            }
            batch.add(transaction.extrinsic().content());
            bytes += transaction.size();
        }
        flush(id, batch);
    }

    private void flush(PeerId id, List<Bytes> batch) {
        if (!batch.isEmpty()) {
            propagated.addAndGet(batch.size());
            sender.send(id, Bytes.wrap(EXTRINSICS.encode(batch)));
            batch.clear();
        }
    }
}
