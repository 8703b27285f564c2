package io.vilokanam.node.finality;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.grandpa.Equivocation;
import io.vilokanam.consensus.grandpa.authorities.AuthoritySet;
import io.vilokanam.consensus.grandpa.authorities.SetHistory;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.offchain.worker.StateMissingException;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;

/**
 * Reports voters that contradicted themselves to their chain, as stock nodes do (sc-consensus-grandpa, {@code environment.rs}): the
 * runtime proves whose the key is at the last block of the voter's set, and puts an unsigned report into the pool at the best
 * block. Where the runtime proves nothing, as one without sessions, there is nobody to report.
 */
public final class EquivocationReporter implements FinalityListener {

    /** So many reports may wait; more are forgotten, as the voters of other nodes report them too. */
    private static final int WAITING_MAX = 64;

    private static final Codec<Optional<Bytes>> KEY_OWNER_PROOF = Codecs.option(Codecs.BYTES);

    private static final Logger LOG = LoggerFactory.getLogger(EquivocationReporter.class);

    /** Calls of the runtime that may hand extrinsics to the pool. */
    public interface Calls {
        byte[] call(Hash block, String method, byte[] arguments) throws RuntimeTrap, StateMissingException;
    }

    private final Chain chain;
    private final GrandpaRules rules;
    private final StoredChainView view;
    private final Calls runtime;
    private final BlockingQueue<Equivocation.Proof> waiting = new ArrayBlockingQueue<>(WAITING_MAX);

    public EquivocationReporter(Chain chain, GrandpaRules rules, Calls runtime) {
        this.chain = chain;
        this.rules = rules;
        this.view = new StoredChainView(chain);
        this.runtime = runtime;
    }

    @Override
    public void equivocated(Equivocation.Proof proof) {
        if (!waiting.offer(proof)) {
            LOG.debug("an equivocation is not reported, for {} wait", WAITING_MAX);
        }
    }

    /** Reports until the thread is interrupted. */
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            report(waiting.take());
        }
    }

    private void report(Equivocation.Proof proof) {
        PublicKey offender = proof.equivocation().id();
        BlockRef best = chain.best();
        try {
            Optional<Hash> ofSet = lastOfSet(proof.setId(), best);
            Optional<Bytes> ownership = ofSet.isEmpty() ? Optional.empty()
                    : ownership(ofSet.get(), proof.setId(), offender);
            if (ownership.isEmpty()) {
                LOG.debug("an equivocation offender is not part of the authority set={} voter={}", proof.setId(),
                        offender);
                return;
            }
            runtime.call(best.hash(), "GrandpaApi_submit_report_equivocation_unsigned_extrinsic", new ScaleOutput()
                    .raw(Equivocation.Proof.CODEC.encode(proof)).bytes(ownership.get().view()).toByteArray());
        } catch (RuntimeTrap | StateMissingException | ScaleException e) {
            LOG.warn("an equivocation could not be reported set={} voter={} reason={}", proof.setId(), offender,
                    e.getMessage());
        }
    }

    private Optional<Bytes> ownership(Hash block, long setId, PublicKey key)
            throws RuntimeTrap, StateMissingException, ScaleException {
        byte[] arguments = new ScaleOutput().raw(Codecs.U64.encode(setId)).raw(key.bytes().view()).toByteArray();
        return KEY_OWNER_PROOF
                .decodeAll(runtime.call(block, "GrandpaApi_generate_key_ownership_proof", arguments));
    }

    /**
     * The newest block whose state still knows the set as the present one: the parent of the block that announced the next set,
     * or the best block where none did.
     */
    private Optional<Hash> lastOfSet(long setId, BlockRef best) {
        AuthoritySet present = rules.set();
        if (present.setId() != setId) {
            return present.history().sets().stream().filter(ended -> ended.setId() == setId).findFirst()
                    .map(SetHistory.Ended::lastBlock).flatMap(last -> chain.canonicalHash(Math.max(0, last - 1)));
        }
        Optional<BlockRef> change = present.nextChange(best.hash(), view);
        return change.isEmpty() ? Optional.of(best.hash())
                : chain.header(change.get().hash()).map(Header::parentHash);
    }
}
