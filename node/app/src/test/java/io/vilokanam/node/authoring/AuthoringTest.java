package io.vilokanam.node.authoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.consensus.aura.SlotClock;
import io.vilokanam.consensus.grandpa.GrandpaJustification;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.finality.FinalityListener;
import io.vilokanam.node.finality.GrandpaDriver;
import io.vilokanam.node.importing.BlockOrigin;
import io.vilokanam.node.importing.ChainEvent;
import io.vilokanam.node.importing.ImportVerdict;
import io.vilokanam.node.importing.IncomingBlock;
import io.vilokanam.node.importing.RecordedChains;
import io.vilokanam.node.keystore.Keystore;
import io.vilokanam.node.pool.PoolOptions;
import io.vilokanam.node.pool.RuntimeValidator;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.node.pool.TransactionValidator;
import io.vilokanam.node.rpc.PoolAnswers;
import io.vilokanam.node.service.ChainCore;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.scale.Bytes;

/** Alice authors on the reference chain; a second node that was not there must take every block. */
final class AuthoringTest {

    private static final SlotClock SLOTS = new SlotClock(2000);
    private static final SlotListener NOBODY = new SlotListener() {
        @Override
        public void started(BlockRef parent) {}

        @Override
        public void proposed(Proposal proposal, Hash unsealed) {}

        @Override
        public void sealed(BlockRef block, Hash unsealed) {}

        @Override
        public void failed(long slot, String why) {
            throw new AssertionError("slot " + slot + ": " + why);
        }
    };

    /** Time as the test sets it. */
    private final class TestClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Behind the preamble, the kind of address, the address and the kind of signature: some byte of an Sr25519 signature. */
    private static final int SIGNATURE_BYTE = 1 + 1 + 32 + 1 + 5;

    private Instant now = Instant.parse("2027-01-01T00:00:00Z");
    private final Clock clock = new TestClock();
    private final Keystore keystore = Keystore.inMemory(new SplittableRandom(1));
    private ChainCore core;
    private ChainCore other;
    private TransactionPool pool;
    private AuraAuthor author;

    @BeforeEach
    void openTwoNodes() throws Exception {
        core = RecordedChains.open("dev.raw.json");
        other = RecordedChains.open("dev.raw.json");
        RuntimeValidator validator = new RuntimeValidator(core.chain(), core.executor());
        pool = new TransactionPool(validator, validator, PoolOptions.stock(true), InstantSource.system());
        core.chain().listen(event -> {
            if (event instanceof ChainEvent.Imported imported) {
                pool.onBestBlock(imported.route().orElseThrow());
            }
        });
        keystore.hold(KeyTypeId.AURA, SecretUri.keyPair(Scheme.SR25519, "//Alice"));
        keystore.hold(KeyTypeId.GRANDPA, SecretUri.keyPair(Scheme.ED25519, "//Alice"));
        author = new AuraAuthor(core.chain(), core.executor(), new BlockProposer(core.executor(), pool, clock),
                core.importer(), keystore, clock, NOBODY, AuraAuthor.Permission.ALWAYS);
    }

    @AfterEach
    void close() {
        core.close();
        other.close();
    }

    private SignedBlock authorNext() throws Exception {
        now = now.plus(Duration.ofSeconds(2));
        Optional<ImportVerdict> verdict = author.onSlot(SLOTS.slotAt(now.toEpochMilli()), SLOTS);
        ImportVerdict.Imported imported = assertInstanceOf(ImportVerdict.Imported.class, verdict.orElseThrow());
        SignedBlock block = core.chain().block(imported.block().hash()).orElseThrow();
        assertInstanceOf(ImportVerdict.Imported.class,
                other.importer().importBlock(IncomingBlock.of(block, BlockOrigin.BROADCAST)));
        return block;
    }

    private static List<OpaqueExtrinsic> recordedTransactions() throws Exception {
        for (SignedBlock block : RecordedChains.blocks("dev-chain.blocks")) {
            List<Bytes> body = block.block().extrinsics();
            if (body.size() > 3) {
                return body.subList(1, body.size()).stream().map(OpaqueExtrinsic::new).toList();
            }
        }
        throw new AssertionError("no recorded block holds transactions");
    }

    @Test
    void authorsBlocksThatAnotherNodeTakes() throws Exception {
        for (int number = 1; number <= 3; number++) {
            SignedBlock block = authorNext();
            assertEquals(number, block.block().header().number());
            assertEquals(1, block.block().extrinsics().size());
        }
        assertEquals(core.chain().best(), other.chain().best());
    }

    @Test
    void transactionsValidatedTogetherGetTheAnswersThatTheyGetAlone() throws Exception {
        List<OpaqueExtrinsic> mixed = new ArrayList<>();
        for (OpaqueExtrinsic good : recordedTransactions()) {
            byte[] bytes = good.content().toArray();
            mixed.add(good);
            bytes[SIGNATURE_BYTE] ^= 1;
            mixed.add(new OpaqueExtrinsic(Bytes.wrap(bytes)));
        }
        mixed.add(new OpaqueExtrinsic(Bytes.EMPTY));
        mixed.add(new OpaqueExtrinsic(Bytes.fromHex("0x84")));
        mixed.add(new OpaqueExtrinsic(Bytes.fromHex("0x040000")));
        RuntimeValidator alone = new RuntimeValidator(other.chain(), other.executor());
        RuntimeValidator together = new RuntimeValidator(core.chain(), core.executor());
        BlockRef best = core.chain().best();
        List<TransactionValidator.Validity> answers = together.validateEach(best, TransactionSource.EXTERNAL, mixed);
        assertEquals(mixed.stream().map(one -> alone.validate(best, TransactionSource.EXTERNAL, one)).toList(),
                answers);
        assertInstanceOf(TransactionValidator.Validity.Valid.class, answers.get(0));
        assertEquals(new TransactionValidator.Validity.Refused(
                new TransactionValidityError.Invalid(new InvalidTransaction.BadProof())), answers.get(1));
    }

    @Test
    void takesTheTransactionsOfThePoolIntoTheBlock() throws Exception {
        List<TransactionStatus> statuses = new ArrayList<>();
        List<OpaqueExtrinsic> transactions = recordedTransactions();
        for (OpaqueExtrinsic transaction : transactions) {
            new PoolAnswers(pool).submitAndWatch(Bytes.wrap(transaction.wire()), statuses::add);
        }
        SignedBlock block = authorNext();
        assertEquals(transactions.stream().map(OpaqueExtrinsic::content).sorted().toList(),
                block.block().extrinsics().stream().skip(1).sorted().toList());
        assertEquals(transactions.size(),
                statuses.stream().filter(TransactionStatus.InBlock.class::isInstance).count());
        assertEquals(new TransactionPool.Status(0, 0), pool.status());
    }

    @Test
    void authorsOnceASlotAndOnlyInItsTurn() throws Exception {
        authorNext();
        assertEquals(Optional.empty(), author.onSlot(SLOTS.slotAt(now.toEpochMilli()), SLOTS));
        AuraAuthor stranger = new AuraAuthor(core.chain(), core.executor(),
                new BlockProposer(core.executor(), pool, clock),
                core.importer(), Keystore.inMemory(new SplittableRandom(2)), clock, NOBODY,
                AuraAuthor.Permission.ALWAYS);
        now = now.plus(Duration.ofSeconds(2));
        assertEquals(Optional.empty(), stranger.onSlot(SLOTS.slotAt(now.toEpochMilli()), SLOTS));
        AuraAuthor restarted = new AuraAuthor(core.chain(), core.executor(),
                new BlockProposer(core.executor(), pool, clock),
                core.importer(), keystore, clock, NOBODY, AuraAuthor.Permission.ALWAYS);
        now = now.minus(Duration.ofSeconds(2));
        assertEquals(Optional.empty(), restarted.onSlot(SLOTS.slotAt(now.toEpochMilli()), SLOTS));
    }

    @Test
    void finalisesWithOneVoterAndTheOtherNodeTakesTheProof() throws Exception {
        GrandpaDriver driver = new GrandpaDriver(core.chain(), core.importer(), core.grandpa(), keystore,
                GrandpaDriver.Options.development(), () -> System.nanoTime() / 1_000_000);
        core.chain().listen(driver::onEvent);
        CountDownLatch isFinal = new CountDownLatch(1);
        List<GrandpaJustification> proofs = new ArrayList<>();
        driver.listen(new FinalityListener() {
            @Override
            public void finalised(BlockRef block, GrandpaJustification justification) {
                proofs.add(justification);
                isFinal.countDown();
            }
        });
        SignedBlock block = authorNext();
        Thread voter = Thread.ofVirtual().start(() -> {
            try {
                driver.run();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            } catch (KeystoreException e) {
                throw new AssertionError(e);
            }
        });
        assertTrue(isFinal.await(30, TimeUnit.SECONDS));
        voter.interrupt();
        voter.join();
        BlockRef first = BlockRef.of(block.block().header());
        assertEquals(first, core.chain().finalised());
        other.importer().importBlock(new IncomingBlock(block.block().header(), block.block().extrinsics(),
                List.of(proofs.getFirst().asJustification()), BlockOrigin.SYNC));
        assertEquals(first, other.chain().finalised());
    }
}
