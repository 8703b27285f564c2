import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Twox;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.signing.SignedExtrinsic;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/**
 * Three nodes of ours and a stock one on a chain of composition 110 live through ten sessions of 30 blocks. Validators join with
 * keys that their nodes made ({@code author_rotateKeys}, {@code session.setKeys}) and by membership, change their keys, leave, and
 * come back; no node is ever started again. Ends with an error where nodes differ, where a set is not the expected one, where a
 * validator makes no block in a session, or where something takes too long. Some twelve minutes.
 *
 * <pre>
 * java -cp node/app/target/node-0.1.0-all.jar node/interop/Sessions.java STOCK_NODE
 * </pre>
 *
 * <p>Our node is {@code node/bin/vilokanam}, which builds that file, or what the environment variable VILOKANAM names.
 */
public final class Sessions {

    private static final String SPEC = "runtime/testkit/src/main/resources/refchain/full/local.raw.json.gz";
    private static final int SESSIONS = 10;
    private static final int FIRST_PORT = 32300;
    private static final int RPC = 50;
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SESSION_PATIENCE = Duration.ofSeconds(300);
    private static final int MILLIS_BETWEEN_LOOKS = 500;
    private static final int SPEC_VERSION = 110;
    private static final int TRANSACTION_VERSION = 1;
    private static final int ADDRESS_PREFIX = 42;

    // Where the calls stand.
    private static final int SUDO = 6;
    private static final int MEMBERSHIP = 11;
    private static final int ADD_MEMBER = 0;
    private static final int REMOVE_MEMBER = 1;
    private static final int SESSION = 12;

    private final Path stock;
    private final Path folder = Files.createTempDirectory("sessions");
    private final RunningNode.Patience patience = new RunningNode.Patience(PATIENCE, MILLIS_BETWEEN_LOOKS, folder);
    private final RunningNode.Patience sessionPatience = new RunningNode.Patience(SESSION_PATIENCE, MILLIS_BETWEEN_LOOKS,
            folder);
    private final Path spec = folder.resolve("spec.json");
    private final List<Peer> all = new ArrayList<>();
    private final Map<AccountId, Peer> byAccount = new TreeMap<>();

    private Sessions(Path stock) throws IOException {
        this.stock = stock;
    }

    /** One node, and the account of whoever runs it. */
    private final class Peer extends RunningNode {

        private final KeyPair pair;
        private final AccountId account;

        private Peer(String name, boolean isOurs, String... arguments) throws Exception {
            super(name + (isOurs ? "-ours" : "-stock"), isOurs ? OURS : stock, folder, FIRST_PORT + all.size() + 1, RPC,
                    ANSWER, List.of("--chain", spec.toString(), "--base-path", folder.resolve(name).toString(),
                            "--reserved-only"));
            this.pair = SecretUri.keyPair(Scheme.SR25519, "//" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
            this.account = AccountId.wrap(pair.publicKey());
            command.addAll(List.of(arguments));
            all.add(this);
            byAccount.put(account, this);
        }

        private String hex(String method, String parameters) throws InterruptedException {
            return require(method, parameters, "\"result\":\"(0x[0-9a-f]*)\"");
        }

        private String finalisedHash() throws InterruptedException {
            return hex("chain_getFinalizedHead", "");
        }

        private long numberOf(String hash) throws InterruptedException {
            return Long.parseLong(require("chain_getHeader", "\"" + hash + "\"", "\"number\":\"0x([0-9a-f]+)\""), 16);
        }

        private byte[] stored(String item, String at) throws InterruptedException {
            String key = new ScaleOutput().raw(Twox.hash128(Bytes.ascii("Session").view()))
                    .raw(Twox.hash128(Bytes.ascii(item).view())).toBytes().hex();
            String value = require("state_getStorage", "\"" + key + "\",\"" + at + "\"", "\"result\":(null|\"0x[0-9a-f]*)");
            return value.equals("null") ? new byte[0] : Bytes.fromHex(value.substring(1)).view();
        }

        /** Nothing is stored of the first one. */
        private long session(String at) throws InterruptedException {
            return new BigInteger(1, reversed(stored("CurrentIndex", at))).longValueExact();
        }

        /** Who validates in the session of a block, in order. */
        private List<Peer> validators(String at) throws InterruptedException {
            byte[] encoded = stored("Validators", at);
            List<Peer> validators = new ArrayList<>();
            for (int offset = 1; offset < encoded.length; offset += AccountId.SIZE) {
                byte[] id = new byte[AccountId.SIZE];
                System.arraycopy(encoded, offset, id, 0, id.length);
                validators.add(byAccount.get(AccountId.wrap(id)));
            }
            return validators;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    // Calls.

    /** Signs a call and waits until the nonce of its signer has gone up in a final block. */
    private void submit(Peer signer, byte[] call) throws InterruptedException {
        Peer door = all.getFirst();
        String address = "\"" + new Ss58(Blake2b::hash512).encode(ADDRESS_PREFIX, signer.account) + "\"";
        long nonce = Long.parseLong(door.require("system_accountNextIndex", address, "\"result\":([0-9]+)"));
        Hash genesis = new Hash(Bytes.fromHex(door.hash(0)));
        Bytes wire = SignedExtrinsic.sign(signer.pair, call, new SignedExtrinsic.Terms(SPEC_VERSION,
                TRANSACTION_VERSION, genesis, new Era.Immortal(), genesis, nonce, 0));
        door.hex("author_submitExtrinsic", "\"" + wire.hex() + "\"");
        patience.await("a transaction of " + signer, () -> nonce(signer) > nonce);
    }

    /** As of the newest block that everybody has as final. */
    private long nonce(Peer who) throws InterruptedException {
        byte[] id = who.account.bytes().view();
        String key = new ScaleOutput().raw(Twox.hash128(Bytes.ascii("System").view()))
                .raw(Twox.hash128(Bytes.ascii("Account").view())).raw(Blake2b.hash128(id)).raw(id).toBytes().hex();
        Peer door = all.getFirst();
        String info = door.hex("state_getStorage", "\"" + key + "\",\"" + door.finalisedHash() + "\"").substring(2, 10);
        return Integer.toUnsignedLong(Integer.reverseBytes(Integer.parseUnsignedInt(info, 16)));
    }

    private void changeMembership(Peer who, int call) throws InterruptedException {
        ScaleOutput out = new ScaleOutput().u8(SUDO).u8(0).u8(MEMBERSHIP).u8(call);
        MultiAddress.CODEC.encode(MultiAddress.of(who.account), out);
        submit(all.getFirst(), out.toByteArray());
    }

    private void takeNewKeys(Peer who) throws InterruptedException {
        byte[] keys = Bytes.fromHex(who.hex("author_rotateKeys", "")).toArray();
        submit(who, new ScaleOutput().u8(SESSION).u8(0).raw(keys).compact(0).toByteArray());
        System.out.println("  " + who + " has new keys: " + Bytes.hex(keys).substring(0, 18) + "...");
    }

    private void join(Peer who) throws InterruptedException {
        takeNewKeys(who);
        changeMembership(who, ADD_MEMBER);
        System.out.println("  " + who + " becomes a member");
    }

    private void comeBack(Peer who) throws InterruptedException {
        changeMembership(who, ADD_MEMBER);
        System.out.println("  " + who + " becomes a member again");
    }

    private void leave(Peer who) throws InterruptedException {
        changeMembership(who, REMOVE_MEMBER);
        System.out.println("  " + who + " is a member no more");
    }

    // The network.

    private void start() throws Exception {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(SPEC)))) {
            Files.copy(in, spec);
        }
        for (Peer peer : all) {
            peer.start();
        }
        Map<Peer, String> addresses = new LinkedHashMap<>();
        for (Peer peer : all) {
            addresses.put(peer, "\"" + peer.address(patience) + "\"");
        }
        for (Peer one : all) {
            for (Peer other : all) {
                if (one != other) {
                    one.require("system_addReservedPeer", addresses.get(other), "(\"result\")");
                }
            }
        }
    }

    private record Begun(long session, long number, String hash, List<Peer> validators) {}

    /** The first block of a session, once it is final everywhere. */
    private Begun begin(long session) throws InterruptedException {
        for (Peer peer : all) {
            sessionPatience.await("session " + session + " on " + peer,
                    () -> peer.session(peer.finalisedHash()) >= session);
            if (!peer.process.isAlive()) {
                throw new IllegalStateException(peer + " has ended");
            }
        }
        Peer door = all.getFirst();
        long high = door.numberOf(door.finalisedHash());
        long low = 0;
        while (high - low > 1) {
            long middle = (high + low) / 2;
            if (door.session(door.hash(middle)) >= session) {
                high = middle;
            } else {
                low = middle;
            }
        }
        String hash = door.hash(high);
        for (Peer peer : all) {
            if (!peer.hash(high).equals(hash)) {
                throw new IllegalStateException("block " + high + " is " + hash + ", " + peer + " has " + peer.hash(high));
            }
        }
        return new Begun(session, high, hash, door.validators(hash));
    }

    /** How many blocks each validator made from one block to before another: Aura goes round by slot. */
    private Map<String, Integer> authors(Begun from, long to) throws InterruptedException {
        Map<String, Integer> blocks = new TreeMap<>();
        from.validators.forEach(validator -> blocks.put(validator.name, 0));
        Peer door = all.getFirst();
        for (long number = from.number + 1; number < to; number++) {
            // The pre-runtime digest of Aura: its slot in eight bytes, little endian.
            String slot = door.require("chain_getHeader", "\"" + door.hash(number) + "\"", "0x066175726120([0-9a-f]{16})");
            long value = new BigInteger(1, reversed(Bytes.fromHex("0x" + slot).view())).longValueExact();
            blocks.merge(from.validators.get((int) (value % from.validators.size())).name, 1, Integer::sum);
        }
        return blocks;
    }

    private void play() throws Exception {
        Peer alice = new Peer("alice", true, "--alice");
        Peer bob = new Peer("bob", false, "--bob");
        Peer charlie = new Peer("charlie", true, "--validator");
        Peer dave = new Peer("dave", true, "--validator");
        start();
        // What is changed in a session holds two sessions later: it is queued at the end of the one and begins at the end of the other.
        Map<Long, List<Peer>> expected = new TreeMap<>(Map.of(0L, List.of(alice, bob), 2L, List.of(alice, bob, charlie), 4L,
                List.of(alice, bob, charlie, dave), 6L, List.of(alice, charlie, dave), 8L, List.of(alice, bob, charlie, dave), 10L,
                List.of(bob, charlie, dave)));
        Optional<Begun> before = Optional.empty();
        for (long session = 0; session <= SESSIONS + 1; session++) {
            Begun begun = session == 0 ? new Begun(0, 0, alice.hash(0), alice.validators(alice.hash(0))) : begin(session);
            report(begun);
            before.ifPresent(former -> requireAuthors(former, begun));
            before = Optional.of(begun);
            requireSet(expected, begun);
            switch ((int) session) {
                case 0 -> join(charlie);
                case 2 -> join(dave);
                case 4 -> leave(bob);
                case 5 -> takeNewKeys(charlie);
                case 6 -> comeBack(bob);
                case 8 -> leave(alice);
                default -> {
                    // Nothing changes in the others.
                }
            }
        }
        compare(before.orElseThrow().number);
    }

    private void report(Begun begun) throws InterruptedException {
        List<String> sets = new ArrayList<>();
        for (Peer peer : all) {
            sets.add(peer + " set " + peer.setId() + " final " + peer.numberOf(peer.finalisedHash()));
        }
        System.out.println("session " + begun.session + " from block " + begun.number + ": " + begun.validators + " | " + sets);
    }

    private void requireAuthors(Begun former, Begun begun) {
        try {
            Map<String, Integer> blocks = authors(former, begun.number);
            System.out.println("  blocks of session " + former.session + ": " + blocks);
            if (blocks.containsValue(0)) {
                throw new IllegalStateException("a validator made no block in session " + former.session + ": " + blocks);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void requireSet(Map<Long, List<Peer>> expected, Begun begun) {
        List<Peer> wanted = expected.entrySet().stream().filter(entry -> entry.getKey() <= begun.session)
                .reduce((_, later) -> later).orElseThrow().getValue();
        if (!begun.validators.containsAll(wanted) || begun.validators.size() != wanted.size()) {
            throw new IllegalStateException("session " + begun.session + " has " + begun.validators + ", expected " + wanted);
        }
    }

    private void compare(long last) throws InterruptedException {
        for (long number = 0; number <= last; number++) {
            String expected = all.getFirst().hash(number);
            for (Peer peer : all) {
                if (!peer.hash(number).equals(expected)) {
                    throw new IllegalStateException("block " + number + " is " + expected + ", " + peer + " has " + peer.hash(number));
                }
            }
        }
        System.out.println("the same " + last + " final blocks on " + all);
    }

    private void end() throws InterruptedException {
        for (Peer peer : all) {
            peer.kill();
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: java -cp OUR_JAR node/interop/Sessions.java STOCK_NODE");
            System.exit(2);
        }
        Sessions sessions = new Sessions(Path.of(arguments[0]));
        try {
            sessions.play();
            System.out.println("all is well");
        } finally {
            sessions.end();
        }
    }
}
