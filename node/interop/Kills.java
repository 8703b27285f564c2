import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.signing.SignedExtrinsic;
import io.vilokanam.node.storage.ChainStore;
import io.vilokanam.node.storage.Column;
import io.vilokanam.node.storage.KeyValueStore;
import io.vilokanam.node.storage.RocksDbStore;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.trie.StateTrie;

/**
 * Kills a validator at random moments, as {@code kill -9} does, while it imports, authors, votes and prunes under a load of
 * transfers, and starts it again. A second validator, without whom nothing becomes final, hears all votes of the first. After
 * each kill: the database opens, the finalised block that the node told of last is still final and on its chain, the state there
 * can be read, and the other one has heard no voter and no author contradict itself. At the end the database holds exactly the
 * rows that the states it keeps consist of.
 *
 * <pre>
 * java -cp node/app/target/node-0.1.0-all.jar node/interop/Kills.java          200 kills; some half an hour
 * java -cp node/app/target/node-0.1.0-all.jar node/interop/Kills.java 10 7     10 kills, the moments drawn from seed 7
 * </pre>
 *
 * <p>Our node is {@code node/bin/vilokanam}, or what the environment variable VILOKANAM names.
 */
public final class Kills {

    private static final int KILLS = 200;
    private static final int FIRST_PORT = 33_200;
    private static final int RPC = 50;
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(300);
    private static final int MILLIS_BETWEEN_LOOKS = 40;
    /** One of so many kills falls into the start of the node. */
    private static final int EARLY_EVERY = 4;
    private static final int EARLY_MILLIS_MAX = 4_000;
    private static final int RUN_MILLIS_MAX = 7_000;
    private static final String STATES_KEPT = "6";
    private static final String BODIES_KEPT = "20";
    private static final int TRANSFERS_AT_ONCE = 20;
    private static final int BALANCES = 4;
    private static final int TRANSFER_KEEP_ALIVE = 3;
    private static final long AMOUNT = 1_000_000_000L;
    private static final int ROWS_MAX = 1 << 24;
    private static final List<String> CONTRADICTIONS = List.of("voter contradicted itself", "is equivocating");

    private final Path folder = Files.createTempDirectory("kills");
    private final RunningNode.Patience patience = new RunningNode.Patience(PATIENCE, MILLIS_BETWEEN_LOOKS, folder);
    private final Random random;
    private final List<KeyPair> senders = new ArrayList<>();
    private Hash genesis;
    private long specVersion;
    private long transactionVersion;
    private int sent;

    private Kills(long seed) throws Exception {
        random = new Random(seed);
        for (String name : List.of("//Charlie", "//Dave", "//Eve", "//Ferdie")) {
            senders.add(SecretUri.keyPair(Scheme.SR25519, name));
        }
    }

    private final class Peer extends RunningNode {

        private Peer(String name, int number, String... arguments) {
            super(name, OURS, folder, FIRST_PORT + number, RPC, ANSWER,
                    List.of("--chain", "local", "--" + name, "--force-authoring"));
            command.addAll(List.of(arguments));
        }

        private Block awaitFinalised(long least) throws InterruptedException {
            return patience.answer("block " + least + " on " + name, () -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException(name + " has ended before block " + least + "; its log is in " + folder);
                }
                return finalised().filter(block -> block.number() >= least);
            });
        }
    }

    private void learn(Peer peer) throws InterruptedException {
        genesis = new Hash(Bytes.fromHex(peer.hash(0)));
        specVersion = Long.parseLong(peer.ask("state_getRuntimeVersion", "", Pattern.compile("\"specVersion\":([0-9]+)")).orElseThrow());
        transactionVersion = Long.parseLong(
                peer.ask("state_getRuntimeVersion", "", Pattern.compile("\"transactionVersion\":([0-9]+)")).orElseThrow());
    }

    /** Some transfers, each sender its next nonces. */
    private void load(Peer peer) throws InterruptedException {
        StringBuilder batch = new StringBuilder("[");
        for (int i = 0; i < TRANSFERS_AT_ONCE; i++) {
            KeyPair sender = senders.get(sent % senders.size());
            AccountId to = AccountId.wrap(senders.get((sent + 1) % senders.size()).publicKey());
            ScaleOutput call = new ScaleOutput().u8(BALANCES).u8(TRANSFER_KEEP_ALIVE);
            MultiAddress.CODEC.encode(MultiAddress.of(to), call);
            Bytes wire = SignedExtrinsic.sign(sender, call.compact(AMOUNT).toByteArray(), new SignedExtrinsic.Terms(specVersion,
                    transactionVersion, genesis, new Era.Immortal(), genesis, sent / senders.size(), 0));
            sent++;
            batch.append(i == 0 ? "" : ",")
                    .append(RunningNode.request("author_submitExtrinsic", "\"" + wire.hex() + "\""));
        }
        peer.post(batch.append("]").toString()).orElseThrow(() -> new IllegalStateException(peer.name + " does not answer"));
    }

    private void requireNoContradiction(Peer observer) throws IOException {
        for (String line : Files.readAllLines(observer.log())) {
            if (CONTRADICTIONS.stream().anyMatch(line::contains)) {
                throw new IllegalStateException("a double vote: " + line);
            }
        }
    }

    /** What was final before is final now, with its state where that is kept. */
    private static RunningNode.Block requireStill(Peer victim, RunningNode.Block known) throws InterruptedException {
        RunningNode.Block now = victim.awaitFinalised(known.number());
        String hash = victim.hash(known.number());
        if (!hash.equals(known.hash())) {
            throw new IllegalStateException("block " + known.number() + " was final as " + known.hash() + ", now it is " + hash);
        }
        return readable(victim, now);
    }

    /** The finalised block with a state that can be read; finality may go on between both questions, and the window with it. */
    private static RunningNode.Block readable(Peer victim, RunningNode.Block first) throws InterruptedException {
        RunningNode.Block now = first;
        Pattern size = Pattern.compile("\"result\":([0-9]+)");
        while (victim.ask("state_getStorageSize", "\"0x3a636f6465\",\"" + now.hash() + "\"", size).isEmpty()) {
            RunningNode.Block next = victim.awaitFinalised(now.number());
            if (next.equals(now)) {
                throw new IllegalStateException("the state of the finalised block " + now + " cannot be read");
            }
            now = next;
        }
        return now;
    }

    private void play(int kills) throws Exception {
        Peer observer = new Peer("alice", 1, "--tmp");
        Peer victim = new Peer("bob", 2, "--base-path", folder.resolve("bob").toString(), "--state-pruning", STATES_KEPT,
                "--blocks-pruning", BODIES_KEPT, "--double-sign-guard", "off");
        try {
            observer.start();
            observer.awaitFinalised(0);
            victim.command.addAll(List.of("--bootnodes", observer.address(patience)));
            learn(observer);
            victim.start();
            RunningNode.Block known = victim.awaitFinalised(1);
            int early = 0;
            long begun = System.nanoTime();
            for (int kill = 1; kill <= kills; kill++) {
                boolean isEarly = random.nextInt(EARLY_EVERY) == 0;
                if (isEarly) {
                    early++;
                    Thread.sleep(random.nextInt(EARLY_MILLIS_MAX));
                } else {
                    known = requireStill(victim, known);
                    long end = System.nanoTime() + random.nextInt(RUN_MILLIS_MAX) * 1_000_000L;
                    while (System.nanoTime() < end) {
                        load(observer);
                        known = victim.finalised().orElse(known);
                        Thread.sleep(MILLIS_BETWEEN_LOOKS);
                    }
                    known = victim.finalised().orElse(known);
                }
                victim.kill();
                requireNoContradiction(observer);
                victim.start();
                if (kill % 10 == 0) {
                    System.out.println(kill + " kills, " + early + " of them while the node started; final was " + known.number()
                            + "; " + sent + " transfers; " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
                }
            }
            known = requireStill(victim, known);
            victim.awaitFinalised(known.number() + 2);
            requireNoContradiction(observer);
            if (!observer.process.isAlive()) {
                throw new IllegalStateException("the other validator has ended; its log is in " + folder);
            }
            System.out.println("after " + kills + " kills the chain goes on behind block " + known.number()
                    + "; nobody contradicted themselves");
            victim.kill();
            compareRows(folder.resolve("bob/chains"));
        } finally {
            observer.kill();
            victim.kill();
        }
    }

    /** The rows in the database beside those that can be reached from the states in it. */
    private static void compareRows(Path chains) throws IOException {
        Path database;
        try (var found = Files.list(chains)) {
            database = found.findFirst().orElseThrow().resolve("db/full");
        }
        try (KeyValueStore store = new RocksDbStore(database, 1 << 24)) {
            ChainStore chain = new ChainStore(store);
            Set<Long> reached = new HashSet<>();
            List<KeyValueStore.Entry> records = store.scan(Column.STATES, new byte[0], ROWS_MAX);
            for (KeyValueStore.Entry record : records) {
                BlockRef block = new BlockRef(new Hash(Bytes.copyOf(Arrays.copyOfRange(record.key(), 4, 36))),
                        ByteBuffer.wrap(record.key()).getInt());
                ChainState state = ChainState.open(chain.statePlace(block).orElseThrow(), address -> {
                    reached.add(address);
                    return chain.stateRows().row(address);
                });
                state.top().entries(new byte[0]).forEachRemaining(StateTrie.Entry::value);
                if (!chain.header(block.hash()).orElseThrow().stateRoot().equals(Hash.wrap(state.root()))) {
                    throw new IllegalStateException("the state of block " + block + " has another root than its header says");
                }
            }
            Set<Long> stored = new HashSet<>();
            store.scan(Column.STATE, new byte[0], ROWS_MAX)
                    .forEach(row -> stored.add(ByteBuffer.wrap(row.key()).getLong()));
            System.out.println(records.size() + " states, whole, of " + reached.size() + " rows; rows stored: " + stored.size());
            stored.removeAll(reached);
            // What the last kill interrupted is due; what is not due would be a leak.
            if (!stored.isEmpty() && !isDue(store)) {
                throw new IllegalStateException(stored.size() + " rows belong to no state");
            }
        }
    }

    private static boolean isDue(KeyValueStore store) {
        return !store.scan(Column.LOST, new byte[0], 1).isEmpty();
    }

    public static void main(String[] arguments) throws Exception {
        int kills = arguments.length > 0 ? Integer.parseInt(arguments[0]) : KILLS;
        new Kills(arguments.length > 1 ? Long.parseLong(arguments[1]) : 1).play(kills);
        System.out.println("all is well");
        System.exit(0);
    }
}
