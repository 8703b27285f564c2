package io.vilokanam.node.authoring;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.consensus.aura.AuraVerifier;
import io.vilokanam.consensus.aura.BackOff;
import io.vilokanam.consensus.aura.SlotClock;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.AuraCalls;
import io.vilokanam.node.importing.BlockImporter;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.node.keystore.SignerUnavailableException;
import io.vilokanam.node.keystore.SigningPurpose;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.inherent.InherentData;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;

/** Authors with Aura: waits for each slot, and where it belongs to one of our keys builds, seals and imports a block. */
public final class AuraAuthor {

    private static final Logger LOG = LoggerFactory.getLogger("aura");

    private final Chain chain;
    private final RuntimeExecutor executor;
    private final BlockProposer proposer;
    private final BlockImporter importer;
    private final Keystore keystore;
    private final Clock clock;
    private final SlotListener listener;
    private final Permission permission;
    private long lastSlot = -1;
    private Optional<String> refused = Optional.empty();

    /** Says whether a block is of use to anybody now. */
    @FunctionalInterface
    public interface Permission {

        /** For a node that does not care for others. */
        Permission ALWAYS = _ -> Optional.empty();

        /** Why a slot is passed over by a chain of so many authorities; empty where it is taken. */
        Optional<String> refusal(int authorities);
    }

    public AuraAuthor(Chain chain, RuntimeExecutor executor, BlockProposer proposer, BlockImporter importer,
            Keystore keystore, Clock clock, SlotListener listener, Permission permission) {
        this.permission = permission;
        this.chain = chain;
        this.executor = executor;
        this.proposer = proposer;
        this.importer = importer;
        this.keystore = keystore;
        this.clock = clock;
        this.listener = listener;
    }

    /** Runs until the thread is interrupted. */
    public void run() throws InterruptedException, RuntimeUnavailableException, KeystoreException {
        SlotClock slots;
        try (StateLease best = stateOf(chain.best())) {
            slots = new SlotClock(AuraCalls.slotDuration(executor, best.state()));
            List<PublicKey> authorities = AuraCalls.authorities(executor, best.state());
            if (authorities.stream().noneMatch(authority -> keystore.has(KeyTypeId.AURA, authority.bytes()))) {
                LOG.warn("None of the {} Aura authorities is a key of this validator: it seals no block until one is.",
                        authorities.size());
            }
        }
        while (!Thread.currentThread().isInterrupted()) {
            long now = clock.millis();
            Thread.sleep(slots.nextSlotStart(now) - now);
            onSlot(slots.slotAt(clock.millis()), slots);
        }
    }

    private StateLease stateOf(BlockRef best) throws RuntimeUnavailableException {
        return chain.states().lease(best.hash()).orElseThrow(
                () -> new RuntimeUnavailableException(StateLease.missing(best.hash())));
    }

    /** Takes our turn in a slot, if it is ours and the chain has no block of it yet. */
    Optional<ImportVerdict> onSlot(long slot, SlotClock slots)
            throws InterruptedException, RuntimeUnavailableException, KeystoreException {
        if (slot <= lastSlot) {
            return Optional.empty();
        }
        lastSlot = slot;
        BlockRef parent = chain.best();
        try (StateLease lease = stateOf(parent)) {
            return onSlot(slot, slots, parent, lease.state());
        }
    }

    private Optional<ImportVerdict> onSlot(long slot, SlotClock slots, BlockRef parent, ChainState state)
            throws InterruptedException, RuntimeUnavailableException, KeystoreException {
        List<PublicKey> authorities = AuraCalls.authorities(executor, state);
        Optional<PublicKey> author = AuraVerifier.author(slot, authorities);
        Optional<PublicKey> key = author.filter(turn -> keystore.has(KeyTypeId.AURA, turn.bytes()));
        Optional<Long> parentSlot = chain.header(parent.hash()).filter(header -> header.number() > 0)
                .flatMap(AuraDigest::slotOf);
        if (key.isEmpty() || parentSlot.filter(taken -> taken >= slot).isPresent()) {
            return Optional.empty();
        }
        long finalised = chain.finalised().number();
        if (parentSlot.filter(head -> BackOff.STOCK.isDue(slot, parent.number(), head, finalised)).isPresent()) {
            LOG.info("Backing off claiming new slot for block authorship: finality is lagging.");
            return Optional.empty();
        }
        Optional<String> refusal = permission.refusal(authorities.size());
        if (refusal.isPresent() && !refusal.equals(refused)) {
            LOG.info("Passing over slots of this validator: {}", refusal.get());
        }
        refused = refusal;
        if (refusal.isPresent()) {
            return Optional.empty();
        }
        listener.started(parent);
        try {
            return Optional.of(author(slot, slots, parent, state, key.get()));
        } catch (ProposalException | SignerUnavailableException e) {
            listener.failed(slot, e.getMessage());
            return Optional.empty();
        }
    }

    private ImportVerdict author(long slot, SlotClock slots, BlockRef parent, ChainState state, PublicKey key)
            throws ProposalException, RuntimeUnavailableException, InterruptedException, KeystoreException {
        long now = clock.millis();
        InherentData inherents = InherentData.EMPTY.with(InherentData.TIMESTAMP, Codecs.U64, now)
                .with(InherentData.AURA_SLOT, Codecs.U64, slot);
        Proposal proposal = proposer.propose(parent, state, new Digest(List.of(AuraDigest.preDigest(slot))), inherents,
                slots.proposalDeadline(slot, now));
        Hash unsealed = BlockRef.hashOf(proposal.header());
        listener.proposed(proposal, unsealed);
        Optional<Bytes> signature = keystore.sign(KeyTypeId.AURA, Scheme.SR25519, key.bytes(),
                AuraVerifier.sealedMessage(proposal.header()).bytes().view(), new SigningPurpose.AuraSeal(slot));
        if (signature.isEmpty()) {
            throw new ProposalException("the keystore does not hold the secret of " + key);
        }
        Header sealed = proposal.header().withDigest(proposal.header().digest().plus(AuraDigest.seal(signature.get())));
        listener.sealed(BlockRef.of(sealed), unsealed);
        ImportVerdict verdict = importer.importOwn(
                new IncomingBlock(sealed, proposal.body(), List.of(), BlockOrigin.OWN), proposal.changes());
        if (verdict instanceof ImportVerdict.Refused refused) {
            listener.failed(slot, refused.reason());
        }
        return verdict;
    }
}
