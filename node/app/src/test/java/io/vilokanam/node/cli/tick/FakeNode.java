package io.vilokanam.node.cli.tick;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vilokanam.crypto.hash.Sha2;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.tickstream.Terms;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.U128;

/** A node with one stream that makes a block every two seconds of the time that its client spends waiting. */
final class FakeNode implements NodeRpc, Pace {

    static final U128 RATE = U128.of(1_000_000_000);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long BLOCK_MILLIS = 2_000;
    private static final long SETTLE_BLOCKS = 3;

    private record Block(List<String> extrinsics, Optional<Session> session) {}

    private final List<Block> blocks = new ArrayList<>(List.of(new Block(List.of(), Optional.empty())));
    private final List<String> pool = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    private final AccountId viewer;
    private long now = 1_000_000;
    private long nextBlock = now + BLOCK_MILLIS;
    private int paid;
    private Bytes newest = Bytes.EMPTY;
    private boolean released;
    /** Whether words and secrets come to the chain by themselves. */
    boolean settles = true;
    String dryRun = "0x0000";
    /** No call is answered between these times. */
    long downFrom = Long.MAX_VALUE;
    long downUntil = Long.MAX_VALUE;

    FakeNode(AccountId viewer) {
        this.viewer = viewer;
    }

    @Override
    public long millis() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now += duration.toMillis();
        while (nextBlock <= now) {
            nextBlock += BLOCK_MILLIS;
            produce();
        }
    }

    private Optional<Session> session() {
        return blocks.getLast().session;
    }

    private void produce() {
        int number = blocks.size();
        Optional<Session> session = session().filter(
                found -> !(found.status() instanceof SessionStatus.Closing(long until)) || until > number);
        if (settles && session.isPresent() && (number % SETTLE_BLOCKS == 0 || released)) {
            session = session.map(found -> settled(found, number));
        }
        for (String extrinsic : pool) {
            session = applied(session, extrinsic, number);
        }
        blocks.add(new Block(List.copyOf(pool), session));
        pool.clear();
    }

    private Session settled(Session session, long number) {
        U128 gross = session.terms().grossOf(paid);
        SessionStatus status = released && session.isOpen() ? new SessionStatus.Closing(number + 30) : session.status();
        return new Session(session.terms(), paid == 0 ? session.anchor() : newest, paid, gross,
                session.terms().fee().of(gross), session.escrow().minus(gross.minus(session.charged())), status);
    }

    private Optional<Session> applied(Optional<Session> session, String extrinsic, long number) {
        byte[] wire = Bytes.fromHex(extrinsic).view();
        try {
            ScaleInput in = new ScaleInput(wire);
            in.compactU32();
            in.skip(1 + 33 + 65 + 2);
            in.compactU32();
            in.compactU32();
            in.skip(2);
            TickStreamCall call = TickStreamCall.CALLS.decode(in);
            calls.add(call.getClass().getSimpleName());
            return switch (call) {
                case TickStreamCall.OpenSession open -> Optional.of(new Session(
                        new Terms(open.stream(), viewer, RATE, new Permill(100_000), 0, open.maxTicks(), open.salt(),
                                open.closeHash(), open.sessionKey(), now),
                        open.anchor(), 0, U128.ZERO, U128.ZERO, open.deposit(), new SessionStatus.Open(50_000)));
                case TickStreamCall.RequestClose _ ->
                    session.map(found -> settled(found.withStatus(new SessionStatus.Closing(number + 30)), number));
                default -> throw new AssertionError(call);
            };
        } catch (ScaleException e) {
            throw new AssertionError(e);
        }
    }

    private static Hash hash(long number) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        return Hash.wrap(bytes);
    }

    private Block at(String hash) {
        return blocks.get(Bytes.fromHex(hash).at(0) & 255);
    }

    @Override
    public JsonNode call(String method, Object... params) throws TickFailure {
        if (now >= downFrom && now < downUntil) {
            throw TickFailure.unreachable("down");
        }
        return JSON.valueToTree(switch (method) {
            case "chain_getBlockHash" -> hash(params.length == 0 ? blocks.size() - 1 : (long) params[0]).hex();
            case "chain_getHeader" ->
                Map.of("number", "0x" + Integer.toHexString(Bytes.fromHex((String) params[0]).at(0) & 255));
            case "chain_getBlock" -> Map.of("block", Map.of("extrinsics", at((String) params[0]).extrinsics));
            case "state_getRuntimeVersion" -> Map.of("specVersion", 101, "transactionVersion", 1);
            case "system_accountNextIndex" -> 4;
            case "state_getStorage" -> null;
            case "system_dryRun" -> dryRun;
            case "author_submitExtrinsic" -> pool.add((String) params[0]);
            case "state_call" ->
                runtime((String) params[0], Bytes.fromHex((String) params[1]), at((String) params[2])).hex();
            case "tickStream_v1_quote" -> Map.of("rate", RATE.toString(), "feePerTick", "100000000", "seconds", "30");
            case "tickStream_v1_submit" -> submit((int) params[1], Bytes.fromHex((String) params[2]));
            case "tickStream_v1_release" -> release(Bytes.fromHex((String) params[1]));
            default -> throw new AssertionError(method);
        });
    }

    private Bytes runtime(String method, Bytes arguments, Block block) {
        return Bytes.wrap(switch (method) {
            case "TickStreamApi_settings" ->
                Settings.CODEC.encode(new Settings(AccountId.ZERO, new Permill(100_000), RATE,
                        604_800, 2_048, 262_144, 512, 16, new Settings.Limits(1_000, 4_096, 30, 30, 43_200)));
            case "TickStreamApi_stream" -> Codecs.option(Stream.CODEC).encode(arguments.at(0) == 0
                    ? Optional.of(new Stream(AccountId.ZERO, RATE, List.of(), 0, Bytes.EMPTY, true))
                    : Optional.empty());
            case "TickStreamApi_session" -> Codecs.option(Session.CODEC).encode(block.session);
            case "TickStreamApi_session_of" -> Codecs.option(Codecs.tuple(Codecs.U64, Session.CODEC))
                    .encode(block.session.map(session -> Map.entry(7L, session)));
            default -> throw new AssertionError(method);
        });
    }

    private Map<String, Object> submit(int ticks, Bytes word) {
        Session session = session().orElseThrow();
        int step = (int) (ticks - session.settledTicks());
        byte[] reached = Sha2.chain(session.terms().salt().view(), word.view(), step);
        if (!Bytes.wrap(reached).equals(session.anchor())) {
            throw new AssertionError("word " + ticks + " does not lead to the anchor");
        }
        long elapsed = (now - session.terms().openedAt()) / 1_000;
        boolean isTaken = ticks <= elapsed + 30;
        if (isTaken) {
            paid = ticks;
            newest = word;
        }
        return answer(isTaken ? "accepted" : "ahead", session);
    }

    private Map<String, Object> release(Bytes secret) {
        Session session = session().orElseThrow();
        if (!Bytes.wrap(Sha2.hash256(secret.view())).equals(session.terms().closeHash())) {
            throw new AssertionError("the secret is not that of the session");
        }
        released = settles;
        return answer("accepted", session);
    }

    private Map<String, Object> answer(String verdict, Session session) {
        U128 left = session.charged().plus(session.escrow()).minus(session.terms().grossOf(paid));
        return Map.of("verdict", verdict, "paidTicks", paid, "settledTicks", session.settledTicks(), "leftTicks", 1,
                "left",
                left.toString());
    }
}
