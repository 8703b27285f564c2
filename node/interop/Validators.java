import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Four validators on loopback, two of ours and two stock ones, with both of the stock node's network back ends: they make and
 * finalise a chain together, each is killed and started again in turn, two are cut off from two and joined again, the authority
 * set changes and a fifth one, ours, takes the place of a stock one, then a node of each kind downloads the chain from the other
 * kind alone. Ends with an error where hashes differ or something takes too long.
 *
 * <pre>
 * java node/interop/Validators.java STOCK_NODE            200 blocks; some twelve minutes
 * java node/interop/Validators.java STOCK_NODE short      12 blocks, one restart of each kind; some four minutes
 * </pre>
 *
 * <p>Our node is {@code node/bin/vilokanam}, or what the environment variable VILOKANAM names.
 */
public final class Validators {

    private static final int LONG = 200;
    private static final int SHORT = 12;
    /** So many blocks behind the first part the authority set changes: later than the restarts and the split need. */
    private static final int BLOCKS_TO_CHANGE = 90;
    private static final int BLOCKS_TO_CHANGE_SHORT = 70;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration SPLIT = Duration.ofSeconds(30);
    /** {@code twox128("Grandpa") twox128("PendingChange")}: the change that the pallet announces when its block has come. */
    private static final String PENDING_CHANGE = "0x5f9cc45b7a00c5899361e1c6099678dc2ff65991b1c915dd6cc8d4825eacfcb4";
    private static final int FIRST_PORT = 32100;
    private static final Duration SLOT = Duration.ofSeconds(2);
    private static final int RPC = 50;
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MILLIS_BETWEEN_LOOKS = 250;

    private final Path stock;
    private final Path folder = Files.createTempDirectory("validators");
    private final RunningNode.Patience patience = new RunningNode.Patience(PATIENCE, MILLIS_BETWEEN_LOOKS, folder);
    private final Path spec = folder.resolve("spec.json");
    private final List<Peer> all = new ArrayList<>();

    private Validators(Path stock) throws IOException {
        this.stock = stock;
    }

    /** One node: its program, its ports and what it is started with. */
    private final class Peer extends RunningNode {

        private Peer(String name, boolean isOurs, String... arguments) {
            super(name, isOurs ? OURS : stock, folder, FIRST_PORT + all.size() + 1, RPC, ANSWER,
                    List.of("--chain", spec.toString(), "--base-path", folder.resolve(name).toString()));
            command.addAll(List.of(arguments));
            all.add(this);
        }

        private void call(String method, String parameter) throws InterruptedException {
            ask(method, "\"" + parameter + "\"", Pattern.compile("(\"result\")"))
                    .orElseThrow(() -> new IllegalStateException(name + " refuses " + method + " of " + parameter));
        }

        private long height() throws InterruptedException {
            return finalised().map(Block::number).orElse(-1L);
        }

        private void awaitFinalised(long number, Duration longest) throws InterruptedException {
            new RunningNode.Patience(longest, MILLIS_BETWEEN_LOOKS, folder)
                    .await("block " + number + " on " + name, () -> height() >= number);
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + command);
        }
        return out;
    }

    private String address(String scheme, String uri) throws IOException, InterruptedException {
        return inspect(scheme, uri, "SS58 Address:\\s+(\\w+)");
    }

    private String inspect(String scheme, String uri, String wanted) throws IOException, InterruptedException {
        String out = run(List.of(stock.toString(), "key", "inspect", "--scheme", scheme, uri));
        Matcher matcher = Pattern.compile(wanted).matcher(out);
        if (!matcher.find()) {
            throw new IOException("no " + wanted + " of " + uri + " in " + out);
        }
        return matcher.group(1);
    }

    private static String u32(int number) {
        return "%08x".formatted(Integer.reverseBytes(number));
    }

    /** Announced in this block, without delay: Bob, Charlie, Dave and Eve. */
    private String change(int block) throws IOException, InterruptedException {
        StringBuilder change = new StringBuilder("0x" + u32(block) + u32(0) + "10");
        for (String uri : List.of("//Bob", "//Charlie", "//Dave", "//Eve")) {
            change.append(inspect("ed25519", uri, "Public key \\(hex\\):\\s+0x(\\w+)")).append("0100000000000000");
        }
        return change.append("00").toString();
    }

    /** The local chain with four authorities instead of two, who change in a later block. */
    private void writeSpec(int changeBlock) throws IOException, InterruptedException {
        String plain = run(List.of(stock.toString(), "build-spec", "--chain", "local", "--disable-default-bootnode"));
        StringBuilder aura = new StringBuilder();
        StringBuilder grandpa = new StringBuilder();
        for (String uri : List.of("//Alice", "//Bob", "//Charlie", "//Dave")) {
            aura.append(aura.isEmpty() ? "" : ",").append('"').append(address("sr25519", uri)).append('"');
            grandpa.append(grandpa.isEmpty() ? "" : ",").append("[\"").append(address("ed25519", uri)).append("\",1]");
        }
        String four = plain.replaceFirst("(\"aura\":\\s*\\{\\s*\"authorities\":\\s*)\\[[^\\]]*\\]", "$1[" + aura + "]")
                .replaceFirst("(\"grandpa\":\\s*\\{\\s*\"authorities\":\\s*)\\[(\\s*\\[[^\\]]*\\],?)*\\s*\\]", "$1[" + grandpa + "]");
        Path file = Files.writeString(folder.resolve("plain.json"), four);
        String raw = run(List.of(stock.toString(), "build-spec", "--raw", "--disable-default-bootnode", "--chain",
                file.toString()));
        Files.writeString(spec, raw.replaceFirst("\"top\":\\s*\\{",
                "\"top\": {\"" + PENDING_CHANGE + "\": \"" + change(changeBlock) + "\","));
    }

    private static void compare(List<Peer> peers, long last) throws InterruptedException {
        for (long number = 0; number <= last; number++) {
            String expected = peers.getFirst().hash(number);
            for (Peer peer : peers) {
                if (!peer.hash(number).equals(expected)) {
                    throw new IllegalStateException("block " + number + " is " + expected + ", " + peer.name + " has " + peer.hash(number));
                }
            }
        }
        System.out.println("the same " + last + " blocks on " + peers.stream().map(peer -> peer.name).toList());
    }

    private static void awaitAll(List<Peer> peers, long number, Duration patience) throws InterruptedException {
        for (Peer peer : peers) {
            peer.awaitFinalised(number, patience);
        }
        System.out.println("all have finalised block " + number);
    }

    /** Each of these and each of those are peers from now on. */
    private void join(List<Peer> some, List<Peer> others) throws InterruptedException {
        for (Peer one : some) {
            for (Peer other : others) {
                if (one != other) {
                    // A node that was just started answers after a while.
                    String ofOne = one.address(patience);
                    String ofOther = other.address(patience);
                    one.call("system_addReservedPeer", ofOther);
                    other.call("system_addReservedPeer", ofOne);
                }
            }
        }
    }

    /** None of these is a peer of any of those any more: they take reserved peers alone. */
    private void split(List<Peer> some, List<Peer> others) throws InterruptedException {
        for (Peer one : some) {
            for (Peer other : others) {
                one.call("system_removeReservedPeer", other.id(patience));
                other.call("system_removeReservedPeer", one.id(patience));
            }
        }
    }

    private static void requireStill(List<Peer> peers, Duration time) throws InterruptedException {
        // What was under way when the links were cut may still arrive.
        Thread.sleep(PAUSE.toMillis());
        List<Long> before = finalised(peers);
        Thread.sleep(time.toMillis());
        if (!finalised(peers).equals(before)) {
            throw new IllegalStateException("half of the voters finalise: " + before + ", then " + finalised(peers));
        }
        System.out.println("two and two, cut off from one another, finalise nothing: " + before);
    }

    private static List<Long> finalised(List<Peer> peers) throws InterruptedException {
        List<Long> all = new ArrayList<>();
        for (Peer peer : peers) {
            all.add(peer.height());
        }
        return all;
    }

    private static long highest(List<Peer> peers) throws InterruptedException {
        return finalised(peers).stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private void play(int blocks, boolean isShort) throws Exception {
        int changeBlock = blocks + (isShort ? BLOCKS_TO_CHANGE_SHORT : BLOCKS_TO_CHANGE);
        writeSpec(changeBlock);
        Peer alice = new Peer("alice-stock", false, "--alice", "--reserved-only", "--network-backend", "libp2p");
        Peer bob = new Peer("bob-ours", true, "--bob", "--reserved-only");
        Peer charlie = new Peer("charlie-ours", true, "--charlie", "--reserved-only");
        Peer dave = new Peer("dave-stock", false, "--dave", "--reserved-only", "--network-backend", "litep2p");
        List<Peer> validators = List.of(alice, bob, charlie, dave);
        for (Peer peer : validators) {
            peer.start();
        }
        join(validators, validators);
        awaitAll(validators, blocks, PATIENCE.plus(SLOT.multipliedBy(blocks)));
        compare(validators, blocks);
        for (Peer peer : isShort ? List.of(bob, dave) : List.of(bob, dave, charlie, alice)) {
            peer.kill();
            System.out.println("killed " + peer.name);
            peer.start();
            join(List.of(peer), validators);
            awaitAll(validators, highest(validators) + 4, PATIENCE);
        }
        split(List.of(alice, bob), List.of(charlie, dave));
        requireStill(validators, SPLIT);
        join(List.of(alice, bob), List.of(charlie, dave));
        long healed = highest(validators) + 4;
        awaitAll(validators, healed, PATIENCE.multipliedBy(2));
        compare(validators, healed);

        Peer eve = new Peer("eve-ours", true, "--eve", "--reserved-only");
        eve.start();
        join(List.of(eve), validators);
        List<Peer> five = List.of(alice, bob, charlie, dave, eve);
        awaitAll(five, changeBlock + 4, PATIENCE.plus(SLOT.multipliedBy(blocks)));
        compare(five, changeBlock + 4);
        for (Peer peer : List.of(bob, charlie, dave, eve)) {
            if (peer.setId() != 1) {
                throw new IllegalStateException(peer.name + " votes in set " + peer.setId() + ", expected 1");
            }
        }
        alice.kill();
        dave.kill();
        System.out.println("the set has changed in block " + changeBlock + "; killed " + alice.name + ", which has left it, and "
                + dave.name + ": three of four are ours");
        List<Peer> rest = List.of(bob, charlie, eve);
        awaitAll(rest, highest(rest) + 6, PATIENCE);
        alice.start();
        dave.start();
        join(List.of(alice, dave), five);
        awaitAll(five, highest(rest) + 2, PATIENCE);
        long known = Math.min(bob.height(), dave.height());
        Peer follower = new Peer("follower-ours", true, "--reserved-only");
        Peer stockFollower = new Peer("follower-stock", false, "--reserved-only");
        for (Peer peer : List.of(follower, stockFollower)) {
            peer.start();
            long begun = System.nanoTime();
            join(List.of(peer), List.of(peer == follower ? dave : bob));
            peer.awaitFinalised(known, PATIENCE);
            System.out.println(peer.name + " has downloaded and finalised " + known + " blocks in "
                    + (System.nanoTime() - begun) / 1_000_000 + " ms, its start included");
        }
        compare(all, known);
    }

    private void end() throws InterruptedException {
        for (Peer peer : all) {
            peer.kill();
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 1) {
            System.err.println("usage: java node/interop/Validators.java STOCK_NODE [short]");
            System.exit(2);
        }
        boolean isShort = arguments.length > 1 && arguments[1].equals("short");
        Validators validators = new Validators(Path.of(arguments[0]));
        try {
            validators.play(isShort ? SHORT : LONG, isShort);
            System.out.println("all is well");
        } finally {
            validators.end();
        }
    }
}
