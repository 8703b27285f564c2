package io.vilokanam.benchmarks;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.consensus.aura.AuraVerifier;
import io.vilokanam.consensus.grandpa.Commit;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.consensus.grandpa.SignedTarget;
import io.vilokanam.consensus.grandpa.Stage;
import io.vilokanam.consensus.grandpa.Vote;
import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.Execution;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.StateLease;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.inherent.InherentData;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;

/** Makes the blocks of a chain on which //Alice is the one authority, as fast as they can be executed. */
final class AliceBlocks {

    static final long SLOT_MILLIS = 2_000;

    private static final Codec<List<Bytes>> EXTRINSICS = Codecs.vec(Codecs.BYTES);

    private final ChainCore core;
    private final KeyPair aura;
    private final KeyPair grandpa;

    AliceBlocks(ChainCore core) throws KeyException {
        this.core = core;
        this.aura = SecretUri.keyPair(Scheme.SR25519, "//Alice");
        this.grandpa = SecretUri.keyPair(Scheme.ED25519, "//Alice");
    }

    /** //Alice's account, too. */
    KeyPair aura() {
        return aura;
    }

    /**
     * Builds, seals and imports a block on the best one.
     *
     * @param extrinsics behind the inherents, each with its length; they may fail at nothing
     */
    BlockRef make(long slot, List<Bytes> extrinsics) throws RuntimeUnavailableException, RuntimeTrap, ScaleException {
        BlockRef parent = core.chain().best();
        Execution execution = core.executor().begin(bestState());
        Header opening = new Header(parent.hash(), parent.number() + 1, Hash.ZERO, Hash.ZERO,
                new Digest(List.of(AuraDigest.preDigest(slot))));
        execution.call("Core_initialize_block", Header.CODEC.encode(opening));
        InherentData inherents = InherentData.EMPTY.with(InherentData.TIMESTAMP, Codecs.U64, slot * SLOT_MILLIS)
                .with(InherentData.AURA_SLOT, Codecs.U64, slot);
        List<Bytes> body = new ArrayList<>();
        for (Bytes content : EXTRINSICS.decodeAll(
                execution.call("BlockBuilder_inherent_extrinsics", InherentData.CODEC.encode(inherents)))) {
            apply(execution, new OpaqueExtrinsic(content).wire());
            body.add(content);
        }
        for (Bytes wire : extrinsics) {
            apply(execution, wire.toArray());
            body.add(Codecs.BYTES.decodeAll(wire.view()));
        }
        Header header = Header.CODEC.decodeAll(execution.call("BlockBuilder_finalize_block", new byte[0]));
        Bytes seal = Bytes.wrap(aura.sign(AuraVerifier.sealedMessage(header).bytes().view()));
        Header sealed = header.withDigest(header.digest().plus(AuraDigest.seal(seal)));
        ImportVerdict verdict = core.importer()
                .importOwn(new IncomingBlock(sealed, body, List.of(), BlockOrigin.OWN), execution.changes());
        if (!(verdict instanceof ImportVerdict.Imported)) {
            throw new IllegalStateException("block " + sealed.number() + ": " + verdict);
        }
        return core.chain().best();
    }

    private static void apply(Execution execution, byte[] wire) throws RuntimeTrap {
        byte[] result = execution.call("BlockBuilder_apply_extrinsic", wire);
        if (result[0] != 0 || result[1] != 0) {
            throw new IllegalStateException("an extrinsic was refused: " + Bytes.wrap(result).hex());
        }
    }

    /** The state of the best block. Nobody prunes it while it is used: blocks become final by this thread alone. */
    ChainState bestState() {
        try (StateLease lease = core.chain().states().lease(core.chain().best().hash()).orElseThrow()) {
            return lease.state();
        }
    }

    /** Makes the best block final, with a proof. */
    void prove() {
        BlockRef best = core.chain().best();
        long setId = core.grandpa().set().setId();
        Bytes signature = Bytes.wrap(grandpa.sign(new Vote(Stage.PRECOMMIT, best).payload(best.number(), setId)));
        Commit commit = new Commit(best,
                List.of(new SignedTarget(best, signature, PublicKey.wrap(grandpa.publicKey()))));
        core.importer().finalise(best, new GrandpaJustification(best.number(), commit, List.of()).asJustification(),
                () -> true);
    }
}
