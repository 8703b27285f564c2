package io.vilokanam.node.network.initial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.GrandpaLog;
import io.vilokanam.consensus.grandpa.authorities.AuthoritySet;
import io.vilokanam.consensus.grandpa.authorities.SetHistory;
import io.vilokanam.consensus.grandpa.justification.JustificationVerifier;
import io.vilokanam.consensus.grandpa.justification.WarpSync;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StateRange;
import io.vilokanam.node.finality.GrandpaRules;
import io.vilokanam.node.importing.BlockImporter;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.network.address.PeerId;
import io.vilokanam.node.network.protobuf.ProtobufException;
import io.vilokanam.node.network.state.StateRequest;
import io.vilokanam.node.network.state.StateResponse;
import io.vilokanam.node.network.sync.BlockPart;
import io.vilokanam.node.network.sync.BlockRequest;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/**
 * Brings a chain that has nothing but its genesis block to the newest final one without executing what is before it
 * ({@code sc_network_sync}, {@code WarpSync} and {@code StateSync}): follows the proofs of the authority sets from genesis on,
 * downloads the last block that they prove and its state, and begins there. Blocks on the caller's thread.
 */
public final class InitialSync {

    /** How long more peers are waited for once there is one. */
    private static final long PEERS_MILLIS = 15_000;

    /** How long a fruitless look for peers or data is slept over. */
    private static final long PAUSE_MILLIS = 500;

    /** So many answers in a row may be of no use; then every block is downloaded and executed instead. */
    private static final int FAILURES_MAX = 40;

    /** No state is longer than this. */
    private static final long STATE_BYTES_MAX = 4L << 30;

    private static final int WHOLE = BlockRequest.HEADER | BlockRequest.BODY | BlockRequest.JUSTIFICATION;

    /** What is said of the way. */
    public interface Progress {
        void proven(BlockRef target, int sets);

        void downloading(int percent, long bytes);

        void begun(BlockRef block);

        void givenUp(String why);
    }

    /** The last block that was proven, and the way to it. */
    private record Target(Header header, AuthoritySet set, Bytes justification, Map<Hash, Justification> ofChanges) {}

    private final SyncMode mode;
    private final Chain chain;
    private final BlockImporter importer;
    private final GrandpaRules rules;
    private final JustificationVerifier verifier;
    private final PeerRequests peers;
    private final Progress progress;
    private int failures;

    /** @param verifier checks the signatures of the proofs */
    public InitialSync(SyncMode mode, Chain chain, BlockImporter importer, GrandpaRules rules,
            JustificationVerifier verifier, PeerRequests peers, Progress progress) {
        this.mode = mode;
        this.chain = chain;
        this.importer = importer;
        this.rules = rules;
        this.verifier = verifier;
        this.peers = peers;
        this.progress = progress;
    }

    /** Whether there is anything to do: a chain that has blocks goes on with them. */
    public boolean isNeeded() {
        return mode != SyncMode.FULL && chain.best().number() == 0;
    }

    /** Returns when the chain has begun, or when that is given up. */
    public void run() throws InterruptedException {
        awaitPeers();
        Optional<Target> target = prove();
        if (target.isEmpty()) {
            progress.givenUp("no proof leads beyond genesis");
            return;
        }
        BlockRef block = BlockRef.of(target.get().header);
        progress.proven(block, target.get().ofChanges.size());
        Optional<BlockPart> part = block(block);
        Optional<ChainState> state = part.isEmpty() ? Optional.empty() : state(target.get().header);
        if (state.isEmpty()) {
            progress.givenUp("no peer has block " + block + " and its state");
            return;
        }
        Target found = target.get();
        Justification proof = new Justification(DigestItem.GRANDPA, found.justification);
        IncomingBlock incoming = new IncomingBlock(found.header, part.get().body(), List.of(proof), BlockOrigin.SYNC);
        importer.begin(incoming, state.get(), batch -> {
            batch.justifications(block.hash(), List.of(proof));
            found.ofChanges.forEach((hash, justification) -> batch.justifications(hash, List.of(justification)));
            rules.begin(found.set, found.justification, batch);
            HistoryDownload.begin(new BlockRef(found.header.parentHash(), block.number() - 1), batch);
        });
        progress.begun(block);
    }

    private void awaitPeers() throws InterruptedException {
        long waited = 0;
        while (peers.count() < mode.peersWanted() && (peers.count() == 0 || waited < PEERS_MILLIS)) {
            Thread.sleep(PAUSE_MILLIS);
            waited += peers.count() == 0 ? 0 : PAUSE_MILLIS;
        }
    }

    /** Nothing came, or nothing of use; whether to go on trying. */
    private boolean failed() throws InterruptedException {
        failures++;
        Thread.sleep(PAUSE_MILLIS);
        return failures < FAILURES_MAX;
    }

    private Optional<Target> prove() throws InterruptedException {
        AuthoritySet genesis = rules.set();
        long setId = genesis.setId();
        List<Authority> authorities = genesis.authorities();
        List<SetHistory.Ended> ended = new ArrayList<>();
        Map<Hash, Justification> ofChanges = new TreeMap<>();
        Hash from = chain.genesis();
        boolean isFurther;
        do {
            isFurther = false;
            Optional<PeerRequests.Answer> answer = peers.ask(PeerRequests.Kind.WARP, from.bytes(), 0);
            if (answer.isEmpty()) {
                continue;
            }
            PeerId source = answer.get().peer();
            WarpSync proof;
            try {
                proof = WarpSync.CODEC.decodeAll(answer.get().content().view());
            } catch (ScaleException malformed) {
                peers.reportBad(source);
                continue;
            }
            switch (proof.verify(setId, authorities, verifier)) {
                case WarpSync.Outcome.Refused _ -> peers.reportBad(source);
                case WarpSync.Outcome.Proved(var nextId, var next, var last) -> {
                    if (last.isEmpty()) {
                        continue;
                    }
                    for (WarpSync.Fragment fragment : proof.fragments()) {
                        if (GrandpaLog.scheduledChange(fragment.header()).isPresent()) {
                            ended.add(new SetHistory.Ended(setId++, fragment.header().number()));
                            ofChanges.put(BlockRef.hashOf(fragment.header()),
                                    fragment.justification().asJustification());
                        }
                    }
                    setId = nextId;
                    authorities = next;
                    from = BlockRef.hashOf(last.get());
                    failures = 0;
                    isFurther = true;
                    if (proof.isFinished()) {
                        Bytes justification = proof.fragments().getLast().justification().asJustification().encoded();
                        return AuthoritySet.after(new SetHistory(ended), nextId, next)
                                .map(set -> new Target(last.get(), set, justification, ofChanges));
                    }
                }
            }
        } while (isFurther || failed());
        return Optional.empty();
    }

    private Optional<BlockPart> block(BlockRef block) throws InterruptedException {
        BlockRequest request = BlockRequest.of(WHOLE, new BlockRequest.From.ByHash(block.hash()),
                BlockRequest.Direction.ASCENDING, 1);
        do {
            Optional<PeerRequests.Answer> answer = peers.ask(PeerRequests.Kind.BLOCKS, request.encode(),
                    block.number());
            if (answer.isPresent()) {
                try {
                    List<BlockPart> parts = BlockPart.decodeAll(answer.get().content(), 1);
                    if (!parts.isEmpty() && HistoryDownload.isWhole(parts.getFirst(), block)) {
                        failures = 0;
                        return Optional.of(parts.getFirst());
                    }
                } catch (ProtobufException malformed) {
                    peers.reportBad(answer.get().peer());
                }
            }
        } while (failed());
        return Optional.empty();
    }

    private Optional<ChainState> state(Header header) throws InterruptedException {
        StateAssembly assembly = new StateAssembly();
        Optional<List<Bytes>> place = Optional.of(List.of());
        while (place.isPresent()) {
            StateRequest request = new StateRequest(BlockRef.hashOf(header), place.get(), mode == SyncMode.FAST_UNSAFE);
            Optional<PeerRequests.Answer> answer = peers.ask(PeerRequests.Kind.STATE, request.encode(),
                    header.number());
            boolean isTaken = false;
            if (answer.isPresent()) {
                try {
                    StateRange page = StateResponse.read(answer.get().content(), request, header.stateRoot().toArray());
                    assembly.take(page);
                    place = page.next();
                    isTaken = true;
                    failures = 0;
                } catch (ProtobufException unproven) {
                    peers.reportBad(answer.get().peer());
                }
            }
            if (!isTaken && !failed() || assembly.bytes() > STATE_BYTES_MAX) {
                return Optional.empty();
            }
            progress.downloading(place.filter(next -> !next.isEmpty()).map(InitialSync::percent).orElse(0),
                    assembly.bytes());
        }
        return assembly.state(header.stateRoot());
    }

    /** Keys begin with hashes: how far one is tells how much is there. */
    private static int percent(List<Bytes> place) {
        Bytes key = place.getFirst();
        return key.isEmpty() ? 0 : (key.view()[0] & 0xff) * 100 / 256;
    }
}
