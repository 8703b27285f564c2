package io.vilokanam.node.network.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.network.ReputationChange;
import io.vilokanam.node.network.RequestOutcome;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Header;

/**
 * Keeps the chain in step with the peers' ({@code sc_network_sync}, {@code ChainSync} in full mode): finds what chains have in
 * common, downloads ranges from several peers while far behind, fetches single blocks and short branches as they are announced,
 * and asks for proofs of finality where the authority set changes. Equal inputs in equal order give equal outputs.
 */
public final class FullSync {

    /** {@code MAJOR_SYNC_BLOCKS}: farther behind than this, a node is syncing and not at the tip. */
    public static final long MAJOR_SYNC_BLOCKS = 5;

    /** So many blocks may wait for import. */
    static final int IMPORTING_MAX = 512;

    /** So many announced blocks may be fetched at a time. */
    static final int BRANCHES_MAX = 64;

    /** So many blocks that were found bad are remembered. */
    private static final int BAD_MAX = 256;

    /** How long a peer is left alone that had nothing to give. */
    private static final long PAUSE_MILLIS = 5_000;

    /** How long a peer is left alone whose chain does not have our finalised block. */
    private static final long FOREIGN_MILLIS = 30_000;

    /** How long nothing is downloaded when blocks cannot be executed here. */
    private static final long UNABLE_MILLIS = 60_000;

    private static final int WHOLE = BlockRequest.HEADER | BlockRequest.BODY | BlockRequest.JUSTIFICATION;

    private sealed interface Pending {
        PeerId peer();

        record Probe(PeerId peer) implements Pending {}

        record Part(PeerId peer, RangeDownload download, RangeDownload.Range range) implements Pending {}

        record Piece(PeerId peer, Branch branch, int max) implements Pending {}

        record Proof(PeerId peer, BlockRef block) implements Pending {}
    }

    private final KnownChain chain;
    private final SyncLimits limits;
    private final SortedMap<PeerId, SyncPeer> peers = new TreeMap<>();
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final Map<Hash, PeerId> importing = new LinkedHashMap<>();
    private final Map<Hash, Branch> branches = new LinkedHashMap<>();
    private final LinkedHashSet<Hash> bad = new LinkedHashSet<>();
    private final WantedProofs proofs = new WantedProofs();
    private Optional<RangeDownload> download = Optional.empty();
    private long pausedUntil;
    private long lastRequest;
    private long now;
    private List<SyncOutput> out = List.of();

    public FullSync(KnownChain chain) {
        this(chain, SyncLimits.STOCK);
    }

    public FullSync(KnownChain chain, SyncLimits limits) {
        this.chain = chain;
        this.limits = limits;
    }

    /** Takes one input; the outputs are to be performed in order. */
    public List<SyncOutput> step(SyncInput input) {
        now = input.nowMillis();
        out = new ArrayList<>();
        switch (input) {
            case SyncInput.PeerConnected(var _, var peer, var best) -> peers.put(peer, new SyncPeer(peer, best));
            case SyncInput.PeerDisconnected(var _, var peer) -> disconnected(peer);
            case SyncInput.Announced(var _, var peer, var header, var isBest) -> announced(peer, header, isBest);
            case SyncInput.Answered(var _, var request, var blocks) -> answered(request, blocks);
            case SyncInput.Unanswered(var _, var request, var failure) -> unanswered(request, failure);
            case SyncInput.Judged(var _, var judgements) -> judged(judgements);
            case SyncInput.Proved(var _, var block, var source, var isFinal) -> {
                proofs.answered(block);
                if (!isFinal) {
                    report(source, SyncReputation.BAD_JUSTIFICATION);
                }
            }
            case SyncInput.BlockWanted(var _, var block) -> wanted(block);
            case SyncInput.ProofsWanted(var _, var blocks) -> proofs.set(blocks);
            case SyncInput.Tick _ -> {
                // What could not be done before may be possible now.
            }
        }
        schedule();
        List<SyncOutput> outputs = out;
        out = List.of();
        return outputs;
    }

    /** The height that the middle one of the peers has, or our own where that is higher. */
    public long target() {
        List<Long> heights = peers.values().stream().map(peer -> peer.best.number()).sorted().toList();
        long middle = heights.isEmpty() ? 0 : heights.get(heights.size() / 2);
        return Math.max(middle, chain.best().number());
    }

    public boolean isMajorSyncing() {
        return target() > chain.best().number() + MAJOR_SYNC_BLOCKS;
    }

    /** How many blocks wait for import. */
    public int importing() {
        return importing.size();
    }

    /** How many blocks beside the way to the best one are sought. */
    int forkTargets() {
        return branches.size();
    }

    /** How many proofs of finality have been asked for. */
    int proofsAsked() {
        return (int) pending.values().stream().filter(Pending.Proof.class::isInstance).count();
    }

    private void disconnected(PeerId peer) {
        peers.remove(peer);
        List<Long> lost = pending.entrySet().stream().filter(entry -> entry.getValue().peer().equals(peer))
                .map(Map.Entry::getKey).toList();
        lost.forEach(request -> lost(pending.remove(request)));
    }

    /** There will be no answer. */
    private void lost(Pending request) {
        switch (request) {
            case Pending.Probe _ -> {
                // The search begins anew when the peer is needed.
            }
            case Pending.Part(var _, var of, var range) -> of.giveUp(range);
            case Pending.Piece(var _, var branch, var _) -> failed(branch);
            case Pending.Proof(var _, var block) -> proofs.answered(block);
        }
    }

    private void failed(Branch branch) {
        if (!branch.fail()) {
            branches.remove(branch.target().hash());
        }
    }

    private void announced(PeerId peer, Header header, boolean isBest) {
        SyncPeer from = peers.get(peer);
        if (from == null) {
            return;
        }
        BlockRef block = BlockRef.of(header);
        if (isBest) {
            from.best = block;
        }
        if (chain.isKnown(block.hash())) {
            if (chain.canonicalHash(block.number()).filter(block.hash()::equals).isPresent()) {
                common(from, block);
            }
            return;
        }
        if (bad.contains(block.hash())) {
            drop(peer, SyncReputation.BAD_BLOCK);
            return;
        }
        boolean isNear = block.number() <= chain.best().number() + RangeDownload.RANGE_MAX;
        boolean isLinked = isAtHand(header.parentHash());
        if (block.number() > chain.finalised().number() && (isLinked || isNear && download.isEmpty())) {
            seek(block, List.of(peer));
        }
    }

    private static void common(SyncPeer peer, BlockRef block) {
        if (isHigher(block, peer.common)) {
            peer.common = Optional.of(block);
        }
    }

    private static boolean isHigher(BlockRef block, Optional<BlockRef> known) {
        return known.isEmpty() || block.number() >= known.get().number();
    }

    /** Whether we have the block, or will soon. */
    private boolean isAtHand(Hash block) {
        return chain.isKnown(block) || importing.containsKey(block) || branches.containsKey(block);
    }

    private void wanted(BlockRef block) {
        boolean isNear = block.number() <= chain.best().number() + RangeDownload.RANGE_MAX
                && block.number() > chain.finalised().number();
        if (isNear && download.isEmpty() && !chain.isKnown(block.hash())) {
            seek(block,
                    peers.values().stream().filter(peer -> peer.best.number() >= block.number()).map(peer -> peer.id)
                            .toList());
        }
    }

    private void seek(BlockRef block, List<PeerId> sources) {
        Branch known = branches.get(block.hash());
        if (known != null) {
            sources.forEach(known::addSource);
        } else if (!importing.containsKey(block.hash()) && branches.size() < BRANCHES_MAX && !sources.isEmpty()) {
            branches.put(block.hash(), new Branch(block, sources));
        }
    }

    private void answered(long request, List<BlockPart> blocks) {
        Pending asked = pending.remove(request);
        SyncPeer peer = asked == null ? null : peers.get(asked.peer());
        if (peer == null) {
            return;
        }
        peer.requests--;
        switch (asked) {
            case Pending.Probe _ -> probed(peer, blocks);
            case Pending.Part(var _, var of, var range) -> part(peer, of, range, blocks);
            case Pending.Piece(var _, var branch, var max) -> piece(peer, branch, blocks, max);
            case Pending.Proof(var _, var block) -> proof(peer, block, blocks);
        }
    }

    private void unanswered(long request, RequestOutcome.Failure failure) {
        Pending asked = pending.remove(request);
        SyncPeer peer = asked == null ? null : peers.get(asked.peer());
        if (peer == null) {
            return;
        }
        peer.requests--;
        if (asked instanceof Pending.Probe || asked instanceof Pending.Part) {
            peer.isBusy = false;
            peer.search = Optional.empty();
        }
        peer.pausedUntil = now + PAUSE_MILLIS;
        lost(asked);
        switch (failure) {
            case TIMEOUT -> report(peer.id, SyncReputation.TIMEOUT);
            case REFUSED -> report(peer.id, SyncReputation.REFUSED);
            case MALFORMED -> report(peer.id, SyncReputation.BAD_MESSAGE);
            case NOT_CONNECTED, NOT_SUPPORTED, CONNECTION_LOST, NOT_SENT -> {
                // Nothing that the peer is to blame for.
            }
        }
    }

    private void probed(SyncPeer peer, List<BlockPart> blocks) {
        peer.isBusy = false;
        AncestorSearch search = peer.search.orElseThrow();
        Optional<Header> header = blocks.isEmpty() ? Optional.empty() : blocks.getFirst().header();
        if (header.isPresent() && header.get().number() != search.probe()) {
            drop(peer.id, SyncReputation.NOT_REQUESTED);
            return;
        }
        boolean isSame = !blocks.isEmpty()
                && chain.canonicalHash(search.probe()).filter(blocks.getFirst().hash()::equals).isPresent();
        switch (search.next(isSame)) {
            case AncestorSearch.Step.Probe _ -> probe(peer, search);
            case AncestorSearch.Step.Found(var number) -> {
                peer.search = Optional.empty();
                peer.common = chain.canonicalHash(number).map(hash -> new BlockRef(hash, number));
            }
            case AncestorSearch.Step.Foreign() -> {
                peer.search = Optional.empty();
                peer.common = Optional.empty();
                peer.pausedUntil = now + FOREIGN_MILLIS;
            }
        }
    }

    private void part(SyncPeer peer, RangeDownload of, RangeDownload.Range range, List<BlockPart> blocks) {
        peer.isBusy = false;
        boolean isPresent = download.filter(present -> present == of).isPresent();
        if (isPresent && of.take(range, new RangeDownload.Batch(peer.id, blocks)).isPresent()) {
            peer.common = Optional.empty();
            of.exclude(peer.id);
            peer.pausedUntil = now + PAUSE_MILLIS;
            if (!blocks.isEmpty()) {
                drop(peer.id, SyncReputation.NOT_REQUESTED);
            }
        }
    }

    private void piece(SyncPeer peer, Branch branch, List<BlockPart> blocks, int max) {
        if (blocks.size() > max || !branch.take(blocks, this::isAtHand)) {
            if (!blocks.isEmpty()) {
                report(peer.id, SyncReputation.NOT_REQUESTED);
            }
            failed(branch);
        }
    }

    private void proof(SyncPeer peer, BlockRef block, List<BlockPart> blocks) {
        if (blocks.isEmpty() || blocks.getFirst().justifications().isEmpty()) {
            proofs.answered(block);
        } else if (!blocks.getFirst().hash().equals(block.hash())) {
            proofs.answered(block);
            report(peer.id, SyncReputation.BAD_JUSTIFICATION);
        } else {
            out.add(new SyncOutput.Prove(block, blocks.getFirst().justifications(), peer.id));
        }
    }

    private void judged(List<SyncInput.Judgement> judgements) {
        SequencedMap<BlockRef, PeerId> taken = new LinkedHashMap<>();
        for (SyncInput.Judgement judgement : judgements) {
            PeerId source = importing.remove(judgement.block().hash());
            if (source != null && judged(judgement.block(), judgement.verdict(), source)) {
                taken.put(judgement.block(), source);
            }
        }
        // The newest says most: behind it the others are no news.
        taken.sequencedEntrySet().reversed().forEach(entry -> taken(entry.getValue(), entry.getKey()));
    }

    /** Whether the block is there now. */
    private boolean judged(BlockRef block, ImportVerdict verdict, PeerId source) {
        switch (verdict) {
            case ImportVerdict.Imported(var _, var _, var worthless) -> {
                if (!worthless.isEmpty()) {
                    report(source, SyncReputation.BAD_JUSTIFICATION);
                }
                return true;
            }
            case ImportVerdict.AlreadyKnown _ -> {
                return true;
            }
            case ImportVerdict.UnknownParent _ -> {
                // Its parent was refused, or its peer's chain is another one by now.
                download = Optional.empty();
                forget(source);
            }
            case ImportVerdict.NotOnFinalised _ -> {
                download = Optional.empty();
                forget(source);
                Optional.ofNullable(peers.get(source)).ifPresent(peer -> peer.pausedUntil = now + PAUSE_MILLIS);
            }
            case ImportVerdict.WrongNumber _,ImportVerdict.BadSeal _,ImportVerdict.BadInherents _,ImportVerdict.WrongExtrinsicsRoot _,ImportVerdict.WrongStateRoot _,ImportVerdict.ExecutionFailed _,ImportVerdict.BadAnnouncement _ -> {
                download = Optional.empty();
                bad.add(block.hash());
                if (bad.size() > BAD_MAX) {
                    bad.removeFirst();
                }
                drop(source, SyncReputation.BAD_BLOCK);
            }
            case ImportVerdict.CannotExecute _,ImportVerdict.TreeFull _ -> {
                // No peer's fault: wait for better times.
                download = Optional.empty();
                pausedUntil = now + UNABLE_MILLIS;
            }
        }
        return false;
    }

    private void taken(PeerId source, BlockRef block) {
        SyncPeer peer = peers.get(source);
        if (peer != null && isHigher(block, peer.common)
                && chain.canonicalHash(block.number()).filter(block.hash()::equals).isPresent()) {
            common(peer, block);
        }
    }

    private void forget(PeerId source) {
        SyncPeer peer = peers.get(source);
        if (peer != null) {
            peer.common = Optional.empty();
            peer.soughtAt = Optional.empty();
        }
    }

    private void schedule() {
        handOn();
        fetchBranches();
        if (now >= pausedUntil) {
            peers.values().forEach(this::seekCommon);
            begin();
            fetchRanges();
        }
        fetchProofs();
    }

    /** Gives to import what is complete. */
    private void handOn() {
        download.ifPresent(present -> {
            for (RangeDownload.Batch batch : present.advance(IMPORTING_MAX - importing.size())) {
                doImport(batch.blocks(), batch.source(), BlockOrigin.SYNC);
            }
            if (present.isIdle() && importing.isEmpty()
                    && peers.values().stream().noneMatch(peer -> canServe(peer, present))) {
                download = Optional.empty();
            }
        });
        for (Branch branch : List.copyOf(branches.values())) {
            boolean isLinked = chain.isKnown(branch.wanted()) || importing.containsKey(branch.wanted());
            if (branch.isBegun() && !branch.isAsked() && isLinked) {
                branches.remove(branch.target().hash());
                doImport(branch.upwards(), branch.provider(), BlockOrigin.BROADCAST);
            }
        }
    }

    private void doImport(List<BlockPart> parts, PeerId source, BlockOrigin origin) {
        List<IncomingBlock> blocks = new ArrayList<>();
        for (BlockPart part : parts) {
            if (importing.putIfAbsent(part.hash(), source) == null) {
                blocks.add(new IncomingBlock(
                        part.header().orElseThrow(() -> new IllegalStateException("looked at before")),
                        part.body(), part.justifications(), origin));
            }
        }
        if (!blocks.isEmpty()) {
            out.add(new SyncOutput.Import(blocks));
        }
    }

    private void fetchBranches() {
        long best = chain.best().number();
        for (Branch branch : List.copyOf(branches.values())) {
            boolean isWaiting = branch.isAsked() || branch.isBegun() && isAtHand(branch.wanted());
            if (branch.target().number() <= chain.finalised().number() || chain.isKnown(branch.target().hash())
                    || !isWaiting && branch.isTooLong()) {
                branches.remove(branch.target().hash());
            } else if (!isWaiting) {
                Optional<PeerId> source = branch.source(id -> peers.containsKey(id) && peers.get(id).isFree(now));
                if (source.isPresent()) {
                    int max = branch.isBegun() ? RangeDownload.RANGE_MAX : branch.missing(best);
                    branch.ask(source.get());
                    ask(new Pending.Piece(source.get(), branch, max), BlockRequest.of(WHOLE,
                            new BlockRequest.From.ByHash(branch.wanted()), BlockRequest.Direction.DESCENDING, max));
                } else if (branch.source(peers::containsKey).isEmpty()) {
                    branches.remove(branch.target().hash());
                }
            }
        }
    }

    /** Looks for what a peer that is ahead has in common with us, where that is not known of our present chain. */
    private void seekCommon(SyncPeer peer) {
        if (peer.best.number() <= chain.best().number() || peer.isBusy || !peer.isFree(now) || isLeftToBranches(peer)
                || download.filter(present -> canServe(peer, present)).isPresent() || !isCommonStale(peer)
                || download.isPresent() && peer.common.isPresent()) {
            return;
        }
        peer.soughtAt = Optional.of(chain.best());
        if (chain.best().number() == 0) {
            peer.common = Optional.of(chain.best());
            return;
        }
        AncestorSearch search = new AncestorSearch(Math.min(chain.best().number(), peer.best.number()),
                chain.finalised().number());
        peer.search = Optional.of(search);
        probe(peer, search);
    }

    /** Whether the blocks that the peer has and we lack are few, and are being fetched one by one or imported. */
    private boolean isLeftToBranches(SyncPeer peer) {
        return !(branches.isEmpty() && importing.isEmpty())
                && peer.best.number() <= chain.best().number() + RangeDownload.RANGE_MAX;
    }

    private boolean isCommonStale(SyncPeer peer) {
        return !peer.common.equals(Optional.of(chain.best()))
                && (peer.common.isEmpty() || !peer.soughtAt.equals(Optional.of(chain.best())));
    }

    private void probe(SyncPeer peer, AncestorSearch search) {
        peer.isBusy = true;
        ask(new Pending.Probe(peer.id), BlockRequest.of(BlockRequest.HEADER,
                new BlockRequest.From.ByNumber(search.probe()), BlockRequest.Direction.ASCENDING, 1));
    }

    /** Starts a download from the peer that is farthest ahead. */
    private void begin() {
        if (download.isPresent() || !importing.isEmpty()) {
            return;
        }
        peers.values().stream()
                .filter(peer -> peer.best.number() > chain.best().number() && peer.common.isPresent()
                        && !isCommonStale(peer)
                        && peer.isFree(now) && !peer.isBusy && !isLeftToBranches(peer))
                .max(Comparator.comparingLong(peer -> peer.best.number()))
                .ifPresent(peer -> download = Optional.of(new RangeDownload(peer.common.get(), limits.blocks())));
    }

    private boolean canServe(SyncPeer peer, RangeDownload present) {
        return now >= peer.pausedUntil && present.admits(peer.id) && peer.best.number() > chain.best().number()
                && peer.common.filter(common -> common.number() >= present.base().number()).isPresent();
    }

    private void fetchRanges() {
        if (download.isEmpty()) {
            return;
        }
        RangeDownload present = download.get();
        long busy = pending.values().stream().filter(request -> request instanceof Pending.Part).count();
        for (SyncPeer peer : peers.values()) {
            if (busy < limits.downloads() && importing.size() < IMPORTING_MAX && !peer.isBusy && peer.isFree(now)
                    && canServe(peer, present)) {
                Optional<RangeDownload.Range> range = present.assign(peer.id, peer.best.number());
                if (range.isPresent()) {
                    busy++;
                    peer.isBusy = true;
                    ask(new Pending.Part(peer.id, present, range.get()), BlockRequest.of(WHOLE,
                            new BlockRequest.From.ByNumber(range.get().first()), BlockRequest.Direction.ASCENDING,
                            range.get().count()));
                }
            }
        }
    }

    private void fetchProofs() {
        for (BlockRef block : proofs.open(now)) {
            List<PeerId> able = peers.values().stream()
                    .filter(peer -> peer.best.number() >= block.number() && peer.isFree(now)).map(peer -> peer.id)
                    .toList();
            proofs.choose(block, able, now).ifPresent(peer -> ask(new Pending.Proof(peer, block),
                    BlockRequest.of(BlockRequest.JUSTIFICATION, new BlockRequest.From.ByHash(block.hash()),
                            BlockRequest.Direction.ASCENDING, 1)));
        }
    }

    private void ask(Pending what, BlockRequest request) {
        long id = ++lastRequest;
        pending.put(id, what);
        peers.get(what.peer()).requests++;
        out.add(new SyncOutput.Ask(id, what.peer(), request));
    }

    private void report(PeerId peer, ReputationChange change) {
        out.add(new SyncOutput.Report(peer, change));
    }

    private void drop(PeerId peer, ReputationChange change) {
        out.add(new SyncOutput.Drop(peer, change));
        disconnected(peer);
    }
}
