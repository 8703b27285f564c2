package io.vilokanam.node.pool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.blocktree.TreeRoute;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.rpc.backend.PendingStatus;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.backend.TransactionListener;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.scale.Bytes;

/**
 * The transactions that wait for a block. Validation runs on the caller's thread and outside of the lock; the graph changes
 * under it. Listeners are called under the lock, in order, and only take note. Source of the rules: sc-transaction-pool,
 * single-state pool.
 */
public final class TransactionPool {

    /** After each best block at most so many transactions are asked about again, the ones longest unasked first. */
    static final int REVALIDATIONS_PER_BLOCK = 256;

    private final TransactionValidator validator;
    private final PoolChain chain;
    private final PoolOptions options;
    private final InstantSource clock;
    private final DependencyGraph graph = new DependencyGraph();
    private final Watchers watchers = new Watchers();
    private final BanList bans;
    private final Fates fates = new Fates();
    private final List<Consumer<PoolTransaction>> importListeners = new ArrayList<>();
    private final LinkedHashSet<Hash> revalidationOrder = new LinkedHashSet<>();
    private final PoolCounts counts = new PoolCounts();
    private final Object lock = new Object();
    private BlockRef maintained;

    public TransactionPool(TransactionValidator validator, PoolChain chain, PoolOptions options, InstantSource clock) {
        this.validator = validator;
        this.chain = chain;
        this.options = options;
        this.clock = clock;
        this.bans = new BanList(options.banTime(), options.ready().count() + options.future().count());
        this.maintained = chain.best();
    }

    /** How full the pool is. */
    public record Status(int ready, int future) {}

    public Status status() {
        synchronized (lock) {
            return new Status(graph.readyCount(), graph.futureCount());
        }
    }

    /** What the pool has done until now. */
    public PoolCounts counts() {
        return counts;
    }

    /** Hears of every transaction that was taken in and may go into a block, so that peers hear of it. Called under the lock. */
    public void onImport(Consumer<PoolTransaction> listener) {
        synchronized (lock) {
            importListeners.add(listener);
        }
    }

    /** Takes a transaction in. */
    public Hash submit(OpaqueExtrinsic extrinsic, TransactionSource source) throws PoolRefusedException {
        Submission submission = Submission.of(extrinsic, Optional.empty());
        Optional<PoolRefusal> refusal = submitEach(List.of(submission), source).getFirst();
        if (refusal.isPresent()) {
            throw new PoolRefusedException(refusal.get());
        }
        return submission.hash();
    }

    /** Takes transactions in, validated together; why each one was refused, if it was, in their order. */
    List<Optional<PoolRefusal>> submitEach(List<Submission> submissions, TransactionSource source) {
        List<Optional<PoolRefusal>> refusals = new ArrayList<>(submissions.size());
        List<Submission> unknown = new ArrayList<>(submissions.size());
        synchronized (lock) {
            for (Submission submission : submissions) {
                Optional<PoolRefusal> known = known(submission.hash(), source);
                known.ifPresent(refusal -> banRefused(submission.hash(), source, refusal));
                refusals.add(known);
                if (known.isEmpty()) {
                    unknown.add(submission);
                }
            }
        }
        if (unknown.isEmpty()) {
            return refusals;
        }
        BlockRef best = chain.best();
        counts.submitted.add(unknown.size());
        List<Checked> checked = checkEach(best, source, unknown);
        synchronized (lock) {
            int next = 0;
            for (int i = 0; i < refusals.size(); i++) {
                if (refusals.get(i).isEmpty()) {
                    refusals.set(i, take(submissions.get(i), source, best, checked.get(next++)));
                }
            }
        }
        return refusals;
    }

    /** The watch of a listener that a transaction was taken in with. */
    public Registration watch(Hash transaction, TransactionListener listener) {
        return watchers.registration(transaction, listener, lock);
    }

    private Optional<PoolRefusal> known(Hash hash, TransactionSource source) {
        if (source != TransactionSource.LOCAL && bans.isBanned(hash)) {
            return Optional.of(new PoolRefusal.TemporarilyBanned());
        }
        return graph.contains(hash) ? Optional.of(new PoolRefusal.AlreadyImported(hash)) : Optional.empty();
    }

    private Optional<PoolRefusal> take(Submission submission, TransactionSource source, BlockRef best,
            Checked checked) {
        Hash hash = submission.hash();
        Optional<PoolRefusal> refusal;
        switch (checked) {
            case Checked.Good(var transaction) -> {
                submission.listener().ifPresent(watcher -> watchers.add(hash, watcher));
                refusal = take(transaction);
                refusal.ifPresent(_ -> submission.listener().ifPresent(watcher -> watchers.remove(hash, watcher)));
            }
            case Checked.Bad(var reason) -> {
                banRefused(hash, source, reason);
                refusal = Optional.of(reason);
            }
        }
        if (refusal.isPresent() && !graph.contains(hash)) {
            fates.note(hash, new PendingStatus.Place.Refused(refusal.get(), rpcRef(best)));
        }
        return refusal;
    }

    private static io.vilokanam.rpc.backend.BlockRef rpcRef(BlockRef block) {
        return new io.vilokanam.rpc.backend.BlockRef(block.hash(), block.number());
    }

    /** What was looked at in vain is banned, even what is in the pool or was banned before: so does a stock node. */
    private void banRefused(Hash hash, TransactionSource source, PoolRefusal refusal) {
        if (source != TransactionSource.LOCAL && !(refusal instanceof PoolRefusal.UnknownValidity)) {
            bans.ban(hash, clock.instant());
        }
    }

    /** Where a transaction stands, and why. */
    public PendingStatus status(Hash transaction) {
        synchronized (lock) {
            Optional<Duration> banned = bans.end(transaction).map(end -> Duration.between(clock.instant(), end))
                    .map(left -> left.isNegative() ? Duration.ZERO : left);
            return new PendingStatus(graph.find(transaction).map(this::place)
                    .or(() -> fates.of(transaction)).orElseGet(PendingStatus.Place.Unknown::new), banned);
        }
    }

    private PendingStatus.Place place(PoolTransaction transaction) {
        return graph.missing(transaction.hash()).<PendingStatus.Place>map(missing -> new PendingStatus.Place.Future(
                transaction.priority(), transaction.validTill(), missing.stream().sorted().toList()))
                .orElseGet(() -> new PendingStatus.Place.Ready(transaction.priority(), transaction.validTill()));
    }

    /** Whether a ready transaction has this tag as its first; for accounts a tag is their nonce. */
    public boolean providesFirst(Bytes tag) {
        synchronized (lock) {
            return graph.providesFirst(tag);
        }
    }

    private sealed interface Checked {
        record Good(PoolTransaction transaction) implements Checked {}

        record Bad(PoolRefusal refusal) implements Checked {}
    }

    private Checked check(BlockRef at, TransactionSource source, OpaqueExtrinsic extrinsic) {
        return checkEach(at, source, List.of(Submission.of(extrinsic, Optional.empty()))).getFirst();
    }

    private List<Checked> checkEach(BlockRef at, TransactionSource source, List<Submission> submissions) {
        counts.validationsScheduled.add(submissions.size());
        List<TransactionValidator.Validity> validities = validator.validateEach(at, source,
                submissions.stream().map(Submission::extrinsic).toList());
        counts.validationsFinished.add(submissions.size());
        List<Checked> checked = new ArrayList<>(submissions.size());
        for (int i = 0; i < submissions.size(); i++) {
            checked.add(checked(at, source, submissions.get(i), validities.get(i)));
        }
        return checked;
    }

    private static Checked checked(BlockRef at, TransactionSource source, Submission submission,
            TransactionValidator.Validity validity) {
        return switch (validity) {
            case TransactionValidator.Validity.Valid(var valid) when valid.provides().isEmpty() ->
                new Checked.Bad(new PoolRefusal.NoTagsProvided());
            case TransactionValidator.Validity.Valid(var valid) ->
                new Checked.Good(PoolTransaction.validAt(at.number(), submission, source, valid));
            case TransactionValidator.Validity.Refused(TransactionValidityError.Invalid(var reason)) ->
                new Checked.Bad(new PoolRefusal.Invalid(reason));
            case TransactionValidator.Validity.Refused(TransactionValidityError.Unknown(var reason)) ->
                new Checked.Bad(new PoolRefusal.UnknownValidity(reason));
            case TransactionValidator.Validity.Failed(var message) ->
                new Checked.Bad(new PoolRefusal.ValidationFailed(message));
        };
    }

    /** Puts a valid transaction into the graph, tells everybody, and makes room. */
    private Optional<PoolRefusal> take(PoolTransaction transaction) {
        if (!transaction.propagate() && !options.isAuthority()) {
            return Optional.of(new PoolRefusal.Unactionable());
        }
        DependencyGraph.Imported imported = graph.add(transaction);
        if (imported instanceof DependencyGraph.Imported.Refused(var refusal)) {
            return Optional.of(refusal);
        }
        fates.forget(transaction.hash());
        revalidationOrder.add(transaction.hash());
        announce(imported);
        for (PoolTransaction dropped : graph.enforce(options.ready(), options.future())) {
            forget(dropped.hash(), new TransactionStatus.Dropped(), true);
        }
        if (!graph.contains(transaction.hash())) {
            return Optional.of(new PoolRefusal.ImmediatelyDropped());
        }
        if (imported instanceof DependencyGraph.Imported.Ready) {
            importListeners.forEach(listener -> listener.accept(transaction));
        }
        return Optional.empty();
    }

    private void announce(DependencyGraph.Imported imported) {
        switch (imported) {
            case DependencyGraph.Imported.Ready(var hash, var promoted, var failed, var replaced) -> {
                watchers.fire(hash, new TransactionStatus.Ready());
                failed.forEach(gone -> forget(gone, new TransactionStatus.Invalid(), false));
                replaced.forEach(old -> forget(old.hash(), new TransactionStatus.Usurped(hash), false));
                promoted.forEach(next -> watchers.fire(next, new TransactionStatus.Ready()));
            }
            case DependencyGraph.Imported.Future(var hash) -> watchers.fire(hash, new TransactionStatus.Future());
            case DependencyGraph.Imported.Refused _ -> {
                // Told to whoever submitted it.
            }
        }
    }

    private void forget(Hash hash, TransactionStatus status, boolean bans) {
        forget(hash, status, bans, Optional.empty());
    }

    private void forget(Hash hash, TransactionStatus status, boolean bans, Optional<PoolRefusal> reason) {
        revalidationOrder.remove(hash);
        fates.note(hash, new PendingStatus.Place.Removed(status, reason, rpcRef(chain.best())));
        if (bans) {
            this.bans.ban(hash, clock.instant());
        }
        watchers.fire(hash, status);
    }

    /** The ready transactions as they are now. */
    public ReadyTransactions ready() {
        synchronized (lock) {
            return graph.ready();
        }
    }

    /** The ready transactions once the pool has seen this block as the best one, or as they are when time is up. */
    public ReadyTransactions readyAt(BlockRef block, long timeoutMillis) throws InterruptedException {
        long end = System.nanoTime() + timeoutMillis * 1_000_000;
        synchronized (lock) {
            while (maintained.number() < block.number()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                lock.wait(left);
            }
            return graph.ready();
        }
    }

    /** Those that wait for others. */
    public List<PoolTransaction> futures() {
        synchronized (lock) {
            return graph.futures();
        }
    }

    public boolean contains(Hash transaction) {
        synchronized (lock) {
            return graph.contains(transaction);
        }
    }

    /** Throws out what cannot be used, and what depends on it; bans the former. Returns what was there. */
    public List<Hash> removeInvalid(Collection<Hash> transactions) {
        return removeInvalid(transactions, _ -> Optional.empty());
    }

    private List<Hash> removeInvalid(Collection<Hash> transactions, Function<Hash, Optional<PoolRefusal>> reasons) {
        synchronized (lock) {
            transactions.forEach(hash -> bans.ban(hash, clock.instant()));
            List<Hash> removed = graph.removeSubtree(transactions).stream().map(PoolTransaction::hash).toList();
            removed.forEach(hash -> forget(hash, new TransactionStatus.Invalid(), false, reasons.apply(hash)));
            counts.validationsInvalid.add(removed.size());
            return removed;
        }
    }

    /** Tells whoever watches these that they were sent to peers (ids in base 58). */
    public void broadcast(Collection<Hash> transactions, List<String> peers) {
        synchronized (lock) {
            transactions.forEach(hash -> watchers.fire(hash, new TransactionStatus.Broadcast(peers)));
        }
    }

    /**
     * Follows the best chain: what it holds now leaves the pool, what it held and holds no more comes back, what is too old
     * goes, and some of the rest is asked about again. Called by one thread, in the order of the blocks.
     */
    public void onBestBlock(TreeRoute route) {
        follow(route);
    }

    /** The same with a block that was made some time ago: nobody sends what it holds any more. */
    public void onPastBlock(TreeRoute route) {
        if (!route.isReorganisation() && isEmpty()) {
            synchronized (lock) {
                bans.clearExpired(clock.instant());
                maintained = route.enacted().getLast();
                lock.notifyAll();
            }
        } else {
            follow(route);
        }
    }

    private boolean isEmpty() {
        synchronized (lock) {
            return graph.readyCount() + graph.futureCount() == 0;
        }
    }

    private void follow(TreeRoute route) {
        Set<Hash> onChain = new LinkedHashSet<>();
        synchronized (lock) {
            route.retracted().forEach(block -> watchers.retracted(block.hash()));
        }
        for (BlockRef block : route.enacted()) {
            Set<Hash> included = prune(block);
            counts.pruned.add(included.size());
            onChain.addAll(included);
        }
        BlockRef best = route.enacted().isEmpty() ? route.common() : route.enacted().getLast();
        for (BlockRef block : route.retracted()) {
            for (Bytes content : chain.body(block.hash())) {
                OpaqueExtrinsic extrinsic = new OpaqueExtrinsic(content);
                if (!onChain.contains(PoolTransaction.hash(extrinsic.wire()))) {
                    counts.resubmitted.increment();
                    resubmit(best, extrinsic);
                }
            }
        }
        clearStale(best.number());
        synchronized (lock) {
            maintained = best;
            lock.notifyAll();
        }
        revalidate(best);
    }

    /** Inherents and what lost its sense meanwhile come back refused; whoever watches the latter is told. */
    private void resubmit(BlockRef best, OpaqueExtrinsic extrinsic) {
        Checked checked = check(best, TransactionSource.EXTERNAL, extrinsic);
        synchronized (lock) {
            switch (checked) {
                case Checked.Good(var transaction) -> take(transaction);
                case Checked.Bad(var refusal) -> {
                    if (refusal instanceof PoolRefusal.Invalid) {
                        forget(PoolTransaction.hash(extrinsic.wire()), new TransactionStatus.Invalid(), true,
                                Optional.of(refusal));
                    }
                }
            }
        }
    }

    private Set<Hash> prune(BlockRef block) {
        Map<Hash, Integer> places = new LinkedHashMap<>();
        Map<Hash, OpaqueExtrinsic> body = new LinkedHashMap<>();
        for (Bytes content : chain.body(block.hash())) {
            OpaqueExtrinsic extrinsic = new OpaqueExtrinsic(content);
            Hash hash = PoolTransaction.hash(extrinsic.wire());
            places.put(hash, body.size());
            body.put(hash, extrinsic);
        }
        Set<Bytes> tags = tags(block, body);
        List<PoolTransaction> led;
        synchronized (lock) {
            body.keySet().forEach(hash -> {
                bans.ban(hash, clock.instant());
                revalidationOrder.remove(hash);
            });
            DependencyGraph.Pruned pruned = graph.prune(tags);
            pruned.promoted().forEach(this::announce);
            pruned.failed().forEach(hash -> forget(hash, new TransactionStatus.Dropped(), false));
            led = pruned.pruned().stream().filter(gone -> !body.containsKey(gone.hash())).toList();
            led.forEach(gone -> revalidationOrder.remove(gone.hash()));
            body.keySet().forEach(hash -> fates.note(hash, new PendingStatus.Place.InBlock(block.hash())));
            watchers.inBlock(block.hash(), places);
        }
        led.forEach(gone -> recheck(block, gone));
        return body.keySet();
    }

    /** The tags that a block provides: as the pool knows them, or as the runtime says at its parent. */
    private Set<Bytes> tags(BlockRef block, Map<Hash, OpaqueExtrinsic> body) {
        Set<Bytes> tags = new LinkedHashSet<>();
        boolean isEmpty;
        Set<Hash> unknown = new LinkedHashSet<>();
        synchronized (lock) {
            isEmpty = isEmpty();
            body.keySet().forEach(hash -> graph.find(hash).ifPresentOrElse(known -> tags.addAll(known.provides()),
                    () -> unknown.add(hash)));
        }
        if (!isEmpty) {
            BlockRef parent = chain.parent(block.hash());
            for (Hash hash : unknown) {
                if (validator.validate(parent, TransactionSource.IN_BLOCK,
                        body.get(hash)) instanceof TransactionValidator.Validity.Valid(var valid)) {
                    tags.addAll(valid.provides());
                }
            }
        }
        return tags;
    }

    /** A transaction whose tags somebody else's provided: still valid, or gone. */
    private void recheck(BlockRef at, PoolTransaction gone) {
        Checked checked = check(at, gone.source(), gone.extrinsic());
        synchronized (lock) {
            switch (checked) {
                case Checked.Good(var transaction) ->
                    take(transaction).ifPresent(_ -> forget(gone.hash(), new TransactionStatus.Dropped(), false));
                case Checked.Bad(var refusal) ->
                    forget(gone.hash(), new TransactionStatus.Invalid(), true, Optional.of(refusal));
            }
        }
    }

    private void clearStale(long number) {
        synchronized (lock) {
            List<Hash> stale = new ArrayList<>();
            graph.readyUnordered().stream().filter(t -> isStale(t, number)).forEach(t -> stale.add(t.hash()));
            graph.futures().stream().filter(t -> isStale(t, number)).forEach(t -> stale.add(t.hash()));
            removeInvalid(stale);
            bans.clearExpired(clock.instant());
        }
    }

    /** Whether no block after this one may hold it. */
    private static boolean isStale(PoolTransaction transaction, long number) {
        return Long.compareUnsigned(transaction.validTill(), number) <= 0;
    }

    private void revalidate(BlockRef best) {
        List<PoolTransaction> asked = new ArrayList<>();
        synchronized (lock) {
            for (Hash hash : List.copyOf(revalidationOrder)) {
                if (asked.size() == REVALIDATIONS_PER_BLOCK) {
                    break;
                }
                if (graph.isReady(hash)) {
                    asked.add(graph.find(hash).orElseThrow());
                }
            }
            asked.forEach(transaction -> {
                revalidationOrder.remove(transaction.hash());
                revalidationOrder.add(transaction.hash());
            });
        }
        Map<Hash, PoolRefusal> invalid = new LinkedHashMap<>();
        for (PoolTransaction transaction : asked) {
            if (check(best, transaction.source(), transaction.extrinsic()) instanceof Checked.Bad(var refusal)
                    && refusal instanceof PoolRefusal.Invalid) {
                invalid.put(transaction.hash(), refusal);
            }
        }
        removeInvalid(invalid.keySet(), hash -> Optional.ofNullable(invalid.get(hash)));
    }

    /** The blocks became final, oldest first. */
    public void onFinalised(List<BlockRef> blocks) {
        synchronized (lock) {
            blocks.forEach(block -> watchers.finalised(block.hash()));
        }
    }
}
