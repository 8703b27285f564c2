package io.vilokanam.node.finality;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.consensus.grandpa.Authority;
import io.vilokanam.consensus.grandpa.authorities.AuthoritySet;
import io.vilokanam.consensus.grandpa.authorities.SetChangeException;
import io.vilokanam.consensus.grandpa.justification.JustificationVerdict;
import io.vilokanam.consensus.grandpa.justification.JustificationVerifier;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.FinalityRules;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.storage.ChainBatch;
import io.vilokanam.node.storage.KeyValueStore.Durability;
import io.vilokanam.node.storage.StoreFailure;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/**
 * GRANDPA's authority set along the chain, kept in the store with the blocks that change it. Changed by the writing thread,
 * read by all.
 */
public final class GrandpaRules implements FinalityRules {

    /** The key of stock nodes. */
    private static final byte[] SET_KEY = Bytes.ascii("grandpa_voters").toArray();

    private final StoredChainView view;
    private final JustificationVerifier verifier;
    private final Consumer<AuthoritySet> onChange;
    private volatile AuthoritySet set;

    private GrandpaRules(Chain chain, SignatureCheck ed25519, AuthoritySet set, Consumer<AuthoritySet> onChange) {
        this.view = new StoredChainView(chain);
        this.verifier = new JustificationVerifier(ed25519);
        this.set = set;
        this.onChange = onChange;
    }

    /**
     * Goes on with the stored set, or begins with the authorities of the genesis state.
     *
     * @param onChange hears of each set that takes over, on the writing thread
     */
    public static GrandpaRules open(Chain chain, RuntimeExecutor executor, SignatureCheck ed25519,
            Consumer<AuthoritySet> onChange) throws RuntimeUnavailableException {
        Optional<byte[]> stored = chain.store().auxiliary(SET_KEY);
        if (stored.isPresent()) {
            return new GrandpaRules(chain, ed25519, decode(stored.get()), onChange);
        }
        AuthoritySet genesis = AuthoritySet.genesis(genesisAuthorities(chain, executor))
                .orElseThrow(() -> new RuntimeUnavailableException("the genesis state names no GRANDPA authorities"));
        chain.store().batch().auxiliary(SET_KEY, Optional.of(AuthoritySet.CODEC.encode(genesis)))
                .write(Durability.POWER);
        return new GrandpaRules(chain, ed25519, genesis, onChange);
    }

    private static AuthoritySet decode(byte[] stored) {
        try {
            return AuthoritySet.CODEC.decodeAll(stored);
        } catch (ScaleException e) {
            throw new StoreFailure("the database is damaged: the GRANDPA authority set does not decode", e);
        }
    }

    private static List<Authority> genesisAuthorities(Chain chain, RuntimeExecutor executor)
            throws RuntimeUnavailableException {
        try (StateLease lease = chain.states().lease(chain.genesis())
                .orElseThrow(() -> new RuntimeUnavailableException(StateLease.missing(chain.genesis())))) {
            return Authority.LIST
                    .decodeAll(executor.call(lease.state(), "GrandpaApi_grandpa_authorities", Bytes.EMPTY.view()));
        } catch (RuntimeTrap | ScaleException e) {
            throw new RuntimeUnavailableException("GrandpaApi_grandpa_authorities failed: " + e.getMessage());
        }
    }

    /** The set as of the last block that was written. */
    public AuthoritySet set() {
        return set;
    }

    /** The blocks of the best chain that end an authority set and are not final, for want of a proof. */
    public List<BlockRef> missingProofs() {
        return set.awaitingJustification(view, view.chain().finalised().number());
    }

    @Override
    public Plan plan(Header header) {
        try {
            AuthoritySet.Imported imported = set.importing(header, view);
            return new Plan.Go(batch -> take(imported.set(), !imported.set().equals(set), batch));
        } catch (SetChangeException e) {
            return new Plan.Refused(e.getMessage());
        }
    }

    @Override
    public Proof judge(BlockRef block, Justification justification) {
        if (!justification.engine().equals(DigestItem.GRANDPA)) {
            return new Proof.Foreign();
        }
        AuthoritySet present = set;
        JustificationVerdict verdict = verifier.verifyFinalizes(justification.encoded(), block, present.setId(),
                present.authorities());
        if (verdict instanceof JustificationVerdict.Invalid invalid) {
            return new Proof.Worthless(invalid.reason());
        }
        try {
            present.finalizing(block, view);
            return new Proof.Valid();
        } catch (SetChangeException e) {
            return new Proof.Worthless(e.getMessage());
        }
    }

    @Override
    public void finalised(BlockRef block, Justification justification, ChainBatch batch) {
        LatestJustification.write(justification.encoded(), batch);
        try {
            AuthoritySet.Finalized done = set.finalizing(block, view);
            take(done.set(), done.isChanged(), batch);
        } catch (SetChangeException e) {
            throw new IllegalStateException("block " + block + " was found fit for finality", e);
        }
    }

    /** Forgets what blocks above a height announced: they are taken back. */
    public void revert(long height, ChainBatch batch) {
        take(set.reverted(height), true, batch);
    }

    /** Goes on with a set that was proved by those before it, and the proof of its first block here. */
    public void begin(AuthoritySet proven, Bytes justification, ChainBatch batch) {
        LatestJustification.write(justification, batch);
        take(proven, true, batch);
    }

    private void take(AuthoritySet next, boolean isStored, ChainBatch batch) {
        AuthoritySet former = set;
        set = next;
        if (isStored) {
            batch.auxiliary(SET_KEY, Optional.of(AuthoritySet.CODEC.encode(next)));
        }
        if (next.setId() != former.setId()) {
            onChange.accept(next);
        }
    }
}
