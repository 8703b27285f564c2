package io.vilokanam.node.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.AuraDigest;
import io.vilokanam.consensus.aura.AuraVerifier;
import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.exchange.BlockFileException;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.scale.Bytes;

/** A recorded block with one thing wrong in it: by a stranger, and by its author, who sealed it again. */
final class CorruptedBlockTest {

    /** The position of the recorded block that is spoilt: it holds several transactions. */
    private static final int SPOILT = 1;

    private ChainCore core;
    private SignedBlock good;

    @BeforeEach
    void importWhatComesBefore()
            throws ChainSpecException, RuntimeUnavailableException, IOException, BlockFileException {
        List<SignedBlock> blocks = RecordedChains.blocks("dev-chain.blocks");
        int position = SPOILT;
        while (blocks.get(position).block().extrinsics().size() < 4) {
            position++;
        }
        good = blocks.get(position);
        core = RecordedChains.open("dev.raw.json");
        for (SignedBlock block : blocks.subList(0, position)) {
            core.importer().importBlock(IncomingBlock.of(block, BlockOrigin.FILE));
        }
    }

    @AfterEach
    void close() {
        core.close();
    }

    private static Hash flipped(Hash hash) {
        byte[] bytes = hash.toArray();
        bytes[31] ^= 1;
        return Hash.wrap(bytes);
    }

    private static Bytes flipped(Bytes content, int at) {
        byte[] bytes = content.toArray();
        bytes[at] ^= 1;
        return Bytes.wrap(bytes);
    }

    private static Header resealed(Header header) throws KeyException {
        KeyPair alice = SecretUri.keyPair(Scheme.SR25519, "//Alice");
        Header unsealed = AuraDigest.unsealed(header);
        Bytes signature = Bytes.wrap(alice.sign(AuraVerifier.sealedMessage(unsealed).bytes().view()));
        return unsealed.withDigest(unsealed.digest().plus(AuraDigest.seal(signature)));
    }

    private ImportVerdict.Refused refusal(Header header, List<Bytes> body) {
        BlockRef best = core.chain().best();
        ImportVerdict verdict = core.importer()
                .importBlock(new IncomingBlock(header, body, List.of(), BlockOrigin.BROADCAST));
        assertEquals(best, core.chain().best());
        assertTrue(core.chain().header(BlockRef.hashOf(header)).isEmpty());
        return assertInstanceOf(ImportVerdict.Refused.class, verdict);
    }

    private Map<String, Header> spoiltHeaders() {
        Header header = good.block().header();
        List<DigestItem> items = header.digest().items();
        DigestItem seal = items.getLast();
        Map<String, Header> spoilt = new LinkedHashMap<>();
        spoilt.put("parentHash", new Header(flipped(header.parentHash()), header.number(), header.stateRoot(),
                header.extrinsicsRoot(), header.digest()));
        spoilt.put("number", new Header(header.parentHash(), header.number() + 1, header.stateRoot(),
                header.extrinsicsRoot(), header.digest()));
        spoilt.put("stateRoot", new Header(header.parentHash(), header.number(), flipped(header.stateRoot()),
                header.extrinsicsRoot(), header.digest()));
        spoilt.put("extrinsicsRoot", new Header(header.parentHash(), header.number(), header.stateRoot(),
                flipped(header.extrinsicsRoot()), header.digest()));
        spoilt.put("digest with one item more", header.withDigest(
                new Digest(List.of(items.getFirst(), new DigestItem.Other(Bytes.ascii("more")), seal))));
        spoilt.put("digest without slot", header.withDigest(new Digest(List.of(seal))));
        spoilt.put("digest with a slot of the past",
                header.withDigest(new Digest(List.of(AuraDigest.preDigest(1), seal))));
        spoilt.put("digest with a slot of the far future",
                header.withDigest(new Digest(List.of(AuraDigest.preDigest(1L << 60), seal))));
        return spoilt;
    }

    @TestFactory
    Stream<DynamicTest> refusesAHeaderThatAStrangerChanged() {
        return spoiltHeaders().entrySet().stream().map(spoilt -> dynamicTest(spoilt.getKey(),
                () -> assertTrue(refusal(spoilt.getValue(), good.block().extrinsics()).reason()
                        .startsWith(Map.of("parentHash", "parentHash: ", "number", "number: ")
                                .getOrDefault(spoilt.getKey(), "digest: ")))));
    }

    @TestFactory
    Stream<DynamicTest> refusesAHeaderThatItsAuthorChangedAndNamesTheField() {
        Map<String, String> reasons = Map.of("parentHash", "parentHash: ", "number", "number: ", "stateRoot",
                "execution: Storage root must match that calculated", "extrinsicsRoot", "extrinsicsRoot: ",
                "digest with one item more", "execution: Number of digest items must match", "digest without slot",
                "digest: no Aura pre-runtime item", "digest with a slot of the past", "digest: slot 1 does not follow",
                "digest with a slot of the far future", "digest: slot 1152921504606846976 is in the future");
        return spoiltHeaders().entrySet().stream().map(spoilt -> dynamicTest(spoilt.getKey(), () -> {
            String reason = refusal(resealed(spoilt.getValue()), good.block().extrinsics()).reason();
            assertTrue(reason.startsWith(reasons.get(spoilt.getKey())), reason);
        }));
    }

    @TestFactory
    Stream<DynamicTest> refusesABodyWithAnExtrinsicChangedLeftOutOrAdded() {
        List<Bytes> body = good.block().extrinsics();
        Map<String, List<Bytes>> spoilt = new LinkedHashMap<>();
        for (int i = 0; i < body.size(); i++) {
            List<Bytes> changed = new ArrayList<>(body);
            changed.set(i, flipped(body.get(i), body.get(i).size() - 1));
            spoilt.put("extrinsic " + i + " changed", changed);
            List<Bytes> shorter = new ArrayList<>(body);
            shorter.remove(i);
            spoilt.put("extrinsic " + i + " left out", shorter);
        }
        List<Bytes> longer = new ArrayList<>(body);
        longer.add(body.getLast());
        spoilt.put("last extrinsic twice", longer);
        return spoilt.entrySet().stream().map(entry -> dynamicTest(entry.getKey(), () -> {
            String reason = refusal(good.block().header(), entry.getValue()).reason();
            assertTrue(reason.startsWith("extrinsicsRoot: "), reason);
        }));
    }

    @TestFactory
    Stream<DynamicTest> refusesASealThatIsNotTheAuthors() throws KeyException {
        Header header = good.block().header();
        List<DigestItem> items = header.digest().items();
        DigestItem.Seal seal = (DigestItem.Seal) items.getLast();
        Map<String, Header> spoilt = new LinkedHashMap<>();
        spoilt.put("changed", header.withDigest(new Digest(List.of(items.getFirst(),
                new DigestItem.Seal(seal.engine(), flipped(seal.payload(), 7))))));
        spoilt.put("left out", header.withDigest(new Digest(List.of(items.getFirst()))));
        spoilt.put("of another engine", header.withDigest(
                new Digest(List.of(items.getFirst(), new DigestItem.Seal(DigestItem.GRANDPA, seal.payload())))));
        KeyPair bob = SecretUri.keyPair(Scheme.SR25519, "//Bob");
        Header unsealed = AuraDigest.unsealed(header);
        spoilt.put("by another key", unsealed.withDigest(unsealed.digest().plus(
                AuraDigest.seal(Bytes.wrap(bob.sign(AuraVerifier.sealedMessage(unsealed).bytes().view()))))));
        return spoilt.entrySet().stream().map(entry -> dynamicTest(entry.getKey(), () -> {
            String reason = refusal(entry.getValue(), good.block().extrinsics()).reason();
            assertTrue(reason.startsWith("digest: "), reason);
        }));
    }

    @Test
    void takesTheBlockAsItIs() {
        assertInstanceOf(ImportVerdict.Imported.class,
                core.importer().importBlock(IncomingBlock.of(good, BlockOrigin.BROADCAST)));
    }
}
