import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.crypto.hash.Twox;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.signing.SignedExtrinsic;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/**
 * A viewer changes nodes in the middle of a session. Two nodes of one chain, as processes; a word a second goes to the one, then to the
 * other, which is killed, then back, then to the other again, which was started anew; it also gets the close secret. Ends with an error
 * where a word is refused, where the chain settles other than 30 ticks, or where the creator gets other than 90 % of their price.
 * Some two minutes.
 *
 * <pre>
 * java -cp node/app/target/node-0.1.0-all.jar node/interop/ChangingNodes.java [alone | partners | redis://HOST:PORT/DB]
 * </pre>
 *
 * <p>{@code alone}: the nodes do not share words, both settle. {@code partners}: they pass words on to each other, one settles. A
 * Redis address: they share words there, one settles. Our node is {@code node/bin/vilokanam} or what the environment variable VILOKANAM
 * names.
 */
public final class ChangingNodes {

    private static final int FIRST_PORT = 32400;
    private static final int RPC = 50;
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int MILLIS_BETWEEN_LOOKS = 200;
    private static final long SECOND = 1_000;
    private static final int ADDRESS_PREFIX = 42;
    private static final int PALLET = 20;
    private static final int CREATE_STREAM = 0;
    private static final int OPEN_SESSION = 2;
    private static final long RATE = 1_000_000_000L;
    private static final int TICKS = 120;
    private static final int WATCHED = 30;

    private final Path folder = Files.createTempDirectory("changing-nodes");
    private final RunningNode.Patience patience = new RunningNode.Patience(PATIENCE, MILLIS_BETWEEN_LOOKS, folder);
    private final KeyPair creator = SecretUri.keyPair(Scheme.SR25519, "//Bob");
    private final KeyPair viewer = SecretUri.keyPair(Scheme.SR25519, "//Charlie");
    private final Bytes salt = Bytes.wrap(new byte[16]);
    private final Bytes secret = Bytes.wrap(Sha2.hash256(Bytes.ascii("close").view()));
    private final List<byte[]> words = new ArrayList<>();
    private final RunningNode one;
    private final RunningNode other;

    private ChangingNodes(List<String> shared) throws Exception {
        one = node("one", 0, shared, "--alice", "--validator", "--force-authoring");
        other = node("other", 1, shared);
        byte[] word = Sha2.hash256(Bytes.ascii("last").view());
        for (int i = TICKS; i >= 0; i--) {
            words.addFirst(word);
            word = Sha2.chain(salt.view(), word, 1);
        }
    }

    private RunningNode node(String name, int number, List<String> shared, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--chain", "dev", "--base-path", folder.resolve(name).toString(),
                "--reserved-only"));
        arguments.addAll(shared);
        arguments.addAll(List.of(more));
        return new RunningNode(name, RunningNode.OURS, folder, FIRST_PORT + number, RPC, ANSWER, arguments);
    }

    // The network.

    private void start(boolean arePartners) throws Exception {
        one.start();
        other.start();
        String[] ids = {one.id(patience), other.id(patience)};
        if (arePartners) {
            one.kill();
            other.kill();
            one.command.addAll(List.of("--tick-share-with", ids[1]));
            other.command.addAll(List.of("--tick-share-with", ids[0]));
            one.start();
            other.start();
        }
        connect();
    }

    private void connect() throws Exception {
        String far = other.address(patience);
        other.require("system_addReservedPeer", "\"" + one.address(patience) + "\"", "(\"result\")");
        one.require("system_addReservedPeer", "\"" + far + "\"", "(\"result\")");
        patience.await("the connection", () -> other.ask("system_health", "", Pattern.compile("\"peers\":(1)")).isPresent());
    }

    private void insertSettlementKey(RunningNode node) throws Exception {
        String key = Bytes.hex(SecretUri.keyPair(Scheme.SR25519, "//Alice").publicKey());
        node.require("author_insertKey", "\"tick\",\"//Alice\",\"" + key + "\"", "(\"result\":null)");
    }

    // Calls.

    private void submit(KeyPair signer, byte[] call) throws InterruptedException {
        String address = "\"" + new Ss58(Blake2b::hash512).encode(ADDRESS_PREFIX, AccountId.wrap(signer.publicKey())) + "\"";
        long nonce = Long.parseLong(one.require("system_accountNextIndex", address, "\"result\":([0-9]+)"));
        Hash genesis = new Hash(Bytes.fromHex(one.hash(0)));
        long version = Long.parseLong(one.require("state_getRuntimeVersion", "", "\"specVersion\":([0-9]+)"));
        long transactions = Long.parseLong(one.require("state_getRuntimeVersion", "", "\"transactionVersion\":([0-9]+)"));
        Bytes wire = SignedExtrinsic.sign(signer, call,
                new SignedExtrinsic.Terms(version, transactions, genesis, new Era.Immortal(), genesis, nonce, 0));
        one.require("author_submitExtrinsic", "\"" + wire.hex() + "\"", "\"result\":\"(0x)");
        patience.await("a transaction", () -> account(signer).startsWith(Bytes.hex(new ScaleOutput().u32(nonce + 1).toByteArray())));
    }

    /** What the other node's best block has of an account; empty as long as it does not say. */
    private String account(KeyPair who) throws InterruptedException {
        String key = new ScaleOutput().raw(Twox.hash128(Bytes.ascii("System").view()))
                .raw(Twox.hash128(Bytes.ascii("Account").view())).raw(Blake2b.hash128(who.publicKey())).raw(who.publicKey())
                .toBytes().hex();
        return other.ask("state_getStorage", "\"" + key + "\"", Pattern.compile("\"result\":\"(0x[0-9a-f]*)\"")).orElse("");
    }

    /** Behind the nonce and three counters. */
    private long free(KeyPair who) throws InterruptedException {
        patience.await("an account", () -> !account(who).isEmpty());
        return Long.reverseBytes(Long.parseUnsignedLong(account(who).substring(34, 50), 16));
    }

    private Opening opening() {
        return new Opening(0, U128.of(TICKS * RATE), U128.of(RATE), TICKS, Bytes.wrap(words.getFirst()), salt,
                PublicKey.wrap(secret.toArray()), Bytes.wrap(Sha2.hash256(secret.view())));
    }

    // The viewing.

    private void word(RunningNode node, int tick) throws InterruptedException {
        long begun = System.nanoTime();
        node.require("tickStream_v1_submit", "0," + tick + ",\"" + Bytes.hex(words.get(tick)) + "\"",
                "(\"verdict\":\"accepted\")");
        Thread.sleep(Math.max(0, SECOND - (System.nanoTime() - begun) / 1_000_000));
    }

    private void words(RunningNode node, int from, int to) throws InterruptedException {
        for (int tick = from; tick <= to; tick++) {
            word(node, tick);
        }
        System.out.println("words " + from + " to " + to + " taken by node " + node.name);
    }

    private Optional<String> session(RunningNode node) throws InterruptedException {
        return node.ask("tickStream_v1_session", "0", Pattern.compile("\"result\":(\\{.*\"settledTicks\".*\\}|null)"));
    }

    private void play(boolean isAlone) throws Exception {
        if (isAlone) {
            insertSettlementKey(other);
        }
        submit(creator, new ScaleOutput().u8(PALLET).u8(CREATE_STREAM).compact(U128.of(RATE)).compact(0).compact(0)
                .bytes(Bytes.ascii("a stream").view()).toByteArray());
        ScaleOutput open = new ScaleOutput().u8(PALLET).u8(OPEN_SESSION);
        Opening.CODEC.encode(opening(), open);
        submit(viewer, open.toByteArray());
        long before = free(creator);
        words(one, 1, 10);
        words(other, 11, 15);
        other.kill();
        System.out.println("node other is killed");
        words(one, 16, 20);
        other.start();
        connect();
        System.out.println("node other is there again");
        words(other, 21, WATCHED);
        other.require("tickStream_v1_release", "0,\"" + secret.hex() + "\"", "(accepted)");
        patience.await("the settlement", () -> session(other).filter(found -> found.contains("\"closing\"")
                && found.contains("\"settledTicks\":" + WATCHED)).isPresent());
        System.out.println("settled: " + WATCHED + " ticks; closing");
        patience.await("the end of the session", () -> session(other).filter(found -> found.equals("null")).isPresent());
        long earned = free(creator) - before;
        if (earned != WATCHED * RATE * 9 / 10) {
            throw new IllegalStateException("the creator got " + earned + " plancks for " + WATCHED + " ticks of " + RATE);
        }
        System.out.println("the creator got " + earned + " plancks, as it should");
    }

    public static void main(String[] arguments) throws Exception {
        String how = arguments.length > 0 ? arguments[0] : "alone";
        ChangingNodes world = new ChangingNodes(how.startsWith("redis://") ? List.of("--tick-store", how) : List.of());
        try {
            world.start(how.equals("partners"));
            world.play(how.equals("alone"));
        } finally {
            world.one.kill();
            world.other.kill();
        }
    }
}
