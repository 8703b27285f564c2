package io.vilokanam.node.cli.tick;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.crypto.sr25519.Sr25519KeyPair;
import io.vilokanam.node.cli.tick.ChainClient.BlockPoint;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Opening;
import io.vilokanam.primitives.tickstream.Payee;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.SessionStatus;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.U128;

/** One viewing from the opening of a session to its receipt. */
final class Viewing {

    /** Ticks that the deposit and the hash chain cover beyond what is to be watched. */
    private static final int MARGIN_TICKS = 10;

    /** How often the last word is offered again, a tick apart, where it was not taken. */
    private static final int LAST_WORD_TRIES = 60;

    /** After so many blocks without settlement the session is closed by a signed call instead. */
    private static final long PATIENCE_BLOCKS = 12;

    /** How much longer than the challenge window to wait for the end. */
    private static final long GRACE_BLOCKS = 30;

    /** For how many blocks the viewer's word to a giver is good. */
    private static final long GIFT_BLOCKS = 20;

    private static final Duration LOOK = Duration.ofMillis(500);

    /**
     * What is asked for.
     *
     * @param deposit empty for as much as the viewing costs and a little more
     * @param waits whether to wait for the end of the challenge window
     * @param sponsorship whose ticks come first
     * @param giver who pays; empty for the viewer
     */
    record Order(long stream, int seconds, Optional<U128> deposit, boolean waits, Optional<Long> sponsorship,
            Optional<Signer> giver) {

        /** The viewer pays for everything. */
        Order(long stream, int seconds, Optional<U128> deposit, boolean waits) {
            this(stream, seconds, deposit, waits, Optional.empty(), Optional.empty());
        }
    }

    /** An account whose balance the viewing changes, and what it had before. */
    private record Involved(String who, AccountId account, U128 before) {}

    private record Opened(long id, Session session, U128 deposit, List<Involved> involved) {}

    private final ChainClient chain;
    /** For the time when money is at stake: waits for a node that does not answer. */
    private final ChainClient patient;
    private final Pace pace;
    private final Screen screen;
    private final Signer viewer;
    private final Order order;
    private final SecureRandom random;

    Viewing(ChainClient chain, Screen screen, Signer viewer, Order order, SecureRandom random) {
        this.chain = chain;
        this.pace = chain.pace();
        this.patient = new ChainClient(new PatientRpc(chain.rpc(), pace), pace);
        this.screen = screen;
        this.viewer = viewer;
        this.order = order;
        this.random = random;
    }

    Receipt run() throws TickFailure {
        BlockPoint best = chain.best();
        Settings settings = chain.settings(best.hash());
        Stream stream = chain.stream(best.hash(), order.stream())
                .orElseThrow(
                        () -> new TickFailure("there is no stream " + order.stream() + "; see: vilokanam tick show"));
        refuseSecondSession(best);
        int ticks = Math.toIntExact(Math.min(order.seconds() * 1_000L / settings.limits().tickMillis(),
                settings.maxTicks()));
        WordChain words = new WordChain(Math.toIntExact(Math.min(ticks + MARGIN_TICKS, settings.maxTicks())), random);
        Opened opened = open(stream, settings, ticks, words, involved(best, stream, settings));
        int released = watch(opened, words, ticks, settings.limits().tickMillis());
        return close(opened, words, released);
    }

    /** Whom the viewing pays, and the viewer, with their balances behind a block. */
    private List<Involved> involved(BlockPoint at, Stream stream, Settings settings) throws TickFailure {
        List<Involved> involved = new ArrayList<>();
        for (Payee payee : stream.payees()) {
            involved.add(
                    involved(at, payee.account().equals(stream.creator()) ? "creator " : "payee   ", payee.account()));
        }
        involved.add(involved(at, "platform", settings.platform()));
        involved.add(involved(at, "viewer  ", viewer.account()));
        return involved;
    }

    private Involved involved(BlockPoint at, String role, AccountId account) throws TickFailure {
        return new Involved(role + " " + ChainClient.address(account), account, chain.freeBalance(at.hash(), account));
    }

    private List<Receipt.Change> changes(Opened opened, BlockPoint at) throws TickFailure {
        List<Receipt.Change> changes = new ArrayList<>();
        for (Involved one : opened.involved()) {
            changes.add(new Receipt.Change(one.who(), one.before(), patient.freeBalance(at.hash(), one.account())));
        }
        return changes;
    }

    private void refuseSecondSession(BlockPoint best) throws TickFailure {
        Optional<Map.Entry<Long, Session>> other = chain.sessionOf(best.hash(), viewer.account(), order.stream());
        if (other.isPresent()) {
            String until = switch (other.get().getValue().status()) {
                case SessionStatus.Open _ -> "is open";
                case SessionStatus.Closing(long end) ->
                    "is closing and ends in " + Math.max(0, end - best.number()) + " blocks, at block " + end;
            };
            throw new TickFailure("session " + other.get().getKey() + " of this viewer and stream " + until
                    + "; there is one at a time");
        }
    }

    // Opening.

    private Opened open(Stream stream, Settings settings, int ticks, WordChain words, List<Involved> involved)
            throws TickFailure {
        U128 enough = stream.rate().saturatingTimes(U128.of(ticks + MARGIN_TICKS)).max(settings.minimumDeposit());
        U128 deposit = order.deposit().orElse(enough);
        JsonNode quote = chain.rpc().call("tickStream_v1_quote", order.stream(), ChainClient.address(viewer.account()),
                deposit.toString());
        U128 rate = amount(quote, "rate");
        screen.line("Stream " + order.stream() + " costs " + Vlk.format(rate) + " a tick, of which "
                + Vlk.format(amount(quote, "feePerTick")) + " are the platform's. A deposit of " + Vlk.format(deposit)
                + " buys " + quote.path("seconds").asText() + " s.");
        byte[] seed = new byte[Sr25519KeyPair.MINI_SECRET];
        random.nextBytes(seed);
        PublicKey sessionKey = PublicKey.wrap(Sr25519KeyPair.fromMiniSecret(seed).publicKey());
        BlockPoint block = send(new Opening(order.stream(), deposit, stream.rate(), words.length(), words.word(0),
                words.salt(), sessionKey, words.closeHash()));
        Map.Entry<Long, Session> session = chain.sessionOf(block.hash(), viewer.account(), order.stream())
                .filter(found -> found.getValue().anchor().equals(words.word(0)))
                .orElseThrow(
                        () -> new TickFailure("block " + block.number() + " holds the call, but it opened no session"));
        screen.line("Session " + session.getKey() + " is open in block " + block.number() + ".");
        return new Opened(session.getKey(), session.getValue(), deposit, involved);
    }

    private BlockPoint send(Opening opening) throws TickFailure {
        if (order.giver().isPresent()) {
            Signer giver = order.giver().get();
            BlockPoint best = chain.best();
            Gift gift = new Gift(giver.account(), viewer.account(), best.number() + GIFT_BLOCKS, opening);
            Bytes consent = viewer.signBytes(chain.giftPayload(best.hash(), gift));
            screen.line(ChainClient.address(giver.account()) + " pays, and gets back what is left.");
            return chain.send(giver, TickCalls.openGift(gift, new MultiSignature.Sr25519(consent)));
        }
        byte[] call = order.sponsorship().isPresent()
                ? TickCalls.openSponsored(order.sponsorship().get(), opening)
                : TickCalls.openSession(opening);
        return chain.send(viewer, call);
    }

    private static U128 amount(JsonNode object, String name) {
        return U128.parse(object.path(name).asText());
    }

    // Watching.

    /**
     * Releases a word a tick. Where the node does not answer, nothing is lost: a later word pays for the earlier ones.
     *
     * @return the number of the newest word that the collector took
     */
    private int watch(Opened opened, WordChain words, int ticks, long tickMillis) throws TickFailure {
        long begin = pace.millis();
        int taken = 0;
        for (int tick = 1; tick <= ticks; tick++) {
            pauseUntil(begin + tick * tickMillis);
            Optional<JsonNode> answer = submit(opened, words, tick, tick * tickMillis / 1_000);
            taken = Math.max(taken, answer.map(found -> found.path("paidTicks").intValue()).orElse(0));
            String verdict = answer.map(found -> found.path("verdict").asText()).orElse("");
            if (verdict.equals("exhausted") || verdict.equals("closing") || verdict.equals("mismatch")) {
                screen.line("The collector says " + verdict + " to word " + tick + ": no more words are released.");
                return taken;
            }
        }
        for (int again = 1; taken < ticks && again <= LAST_WORD_TRIES; again++) {
            pauseUntil(begin + (ticks + again) * tickMillis);
            Optional<JsonNode> answer = submit(opened, words, ticks, ticks * tickMillis / 1_000);
            taken = Math.max(taken, answer.map(found -> found.path("paidTicks").intValue()).orElse(0));
        }
        return taken;
    }

    /** Empty where no node answers now. */
    private Optional<JsonNode> submit(Opened opened, WordChain words, int tick, long seconds) throws TickFailure {
        try {
            JsonNode answer = chain.rpc().call("tickStream_v1_submit", opened.id(), tick, words.word(tick).hex());
            screen.progress(progress(opened, seconds, answer));
            return Optional.of(answer);
        } catch (TickFailure e) {
            if (!e.isUnreachable()) {
                throw e;
            }
            screen.progress("  " + seconds + " s watched | no answer: the next word pays for this one too");
            return Optional.empty();
        }
    }

    private String progress(Opened opened, long seconds, JsonNode answer) {
        return "  " + seconds + " s watched | paid " + cost(opened, answer.path("paidTicks").longValue())
                + " | settled "
                + cost(opened, answer.path("settledTicks").longValue()) + " | left "
                + Vlk.format(amount(answer, "left"));
    }

    private static String cost(Opened opened, long ticks) {
        return Vlk.number(opened.session().terms().grossOf(ticks));
    }

    private void pauseUntil(long millis) throws TickFailure {
        long left = millis - pace.millis();
        if (left > 0) {
            pace.pause(Duration.ofMillis(left));
        }
    }

    // Closing.

    private Receipt close(Opened opened, WordChain words, int released) throws TickFailure {
        patient.rpc().call("tickStream_v1_release", opened.id(), words.closeSecret().hex());
        screen.line("Watched. The close secret is released; waiting for the settlement of " + released + " ticks.");
        BlockPoint best = patient.best();
        long patientUntil = best.number() + PATIENCE_BLOCKS;
        BlockPoint seen = best;
        while (true) {
            Optional<Session> now = patient.session(best.hash(), opened.id());
            if (now.isEmpty()) {
                return closed(opened, seen, best);
            }
            seen = best;
            Session session = now.get();
            boolean isSettled = session.settledTicks() >= released;
            if (session.status() instanceof SessionStatus.Closing(long until)) {
                if (isSettled && !order.waits()) {
                    return new Receipt(opened.id(), session, opened.deposit(), OptionalLong.empty(), until,
                            changes(opened, best));
                }
                if (best.number() > until + GRACE_BLOCKS) {
                    throw new TickFailure(
                            "the challenge window ended at block " + until + ", yet the session is there");
                }
                screen.progress(countdown(opened, session, isSettled, Math.max(0, until - best.number())));
            } else if (best.number() > patientUntil) {
                screen.line("Nobody has settled for " + PATIENCE_BLOCKS + " blocks: closing by a signed call.");
                patient.send(viewer, TickCalls.requestClose(opened.id()));
                patientUntil = Long.MAX_VALUE;
            }
            best = nextLook(best);
        }
    }

    private static String countdown(Opened opened, Session session, boolean isSettled, long blocks) {
        String settled = "  settled " + cost(opened, session.settledTicks()) + " VLK";
        return settled + (isSettled ? ", all of it" : "") + " | challenge window: "
                + (blocks == 1 ? "1 block" : blocks + " blocks") + ", about " + 2 * blocks + " s";
    }

    /** Waits for another best block; the chain may also stand still, which shows in the same number again. */
    private BlockPoint nextLook(BlockPoint before) throws TickFailure {
        for (int polls = 0; polls < Pace.POLLS_MAX; polls++) {
            pace.pause(LOOK);
            BlockPoint now = patient.best();
            if (!now.equals(before)) {
                return now;
            }
        }
        throw new TickFailure("no new block for two minutes; is the chain making blocks?");
    }

    /** The session was there at {@code seen} and is gone at {@code best}: its last state is that of the block before its end. */
    private Receipt closed(Opened opened, BlockPoint seen, BlockPoint best) throws TickFailure {
        Session session = patient.session(seen.hash(), opened.id())
                .orElseThrow(() -> new TickFailure("a fork took back the session"));
        for (long number = seen.number() + 1; number <= best.number(); number++) {
            BlockPoint block = patient.at(number);
            Optional<Session> there = patient.session(block.hash(), opened.id());
            if (there.isEmpty()) {
                return new Receipt(opened.id(), session, opened.deposit(), OptionalLong.of(number), number,
                        changes(opened, block));
            }
            session = there.get();
        }
        throw new TickFailure("the session is gone and there again: a fork; see: vilokanam tick show --session "
                + opened.id());
    }
}
