package io.vilokanam.node.cli.tick;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.hash.Twox;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.tickstream.Gift;
import io.vilokanam.primitives.tickstream.Session;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.primitives.tickstream.SpendingLimit;
import io.vilokanam.primitives.tickstream.Sponsorship;
import io.vilokanam.primitives.tickstream.Stream;
import io.vilokanam.primitives.tickstream.Subscription;
import io.vilokanam.primitives.tickstream.Tier;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** A chain through a node's RPC: blocks, tick-stream's runtime API, and sending signed calls. */
final class ChainClient {

    private static final int ADDRESS_PREFIX = 42;

    /** Nonce and three reference counts, u32 each, stand in front of an account's free balance. */
    private static final int ACCOUNT_COUNTERS = 4 * Integer.BYTES;

    private static final Codec<Optional<Stream>> STREAM = Codecs.option(Stream.CODEC);
    private static final Codec<Optional<Session>> SESSION = Codecs.option(Session.CODEC);
    private static final Codec<Optional<Map.Entry<Long, Session>>> SESSION_OF = Codecs
            .option(Codecs.tuple(Codecs.U64, Session.CODEC));
    private static final Codec<List<Tier>> TIERS = Codecs.vec(Tier.CODEC);
    private static final Codec<Optional<Sponsorship>> SPONSORSHIP = Codecs.option(Sponsorship.CODEC);
    private static final Codec<List<Map.Entry<Long, Sponsorship>>> SPONSORSHIPS = Codecs
            .vec(Codecs.tuple(Codecs.U64, Sponsorship.CODEC));
    private static final Codec<Optional<Subscription>> SUBSCRIPTION = Codecs.option(Subscription.CODEC);
    private static final Codec<Optional<SpendingLimit>> SPENDING_LIMIT = Codecs.option(SpendingLimit.CODEC);
    private static final Ss58 ADDRESSES = new Ss58(Blake2b::hash512);

    private final NodeRpc rpc;
    private final Pace pace;

    ChainClient(NodeRpc rpc, Pace pace) {
        this.rpc = rpc;
        this.pace = pace;
    }

    /** A block by its height. */
    record BlockPoint(long number, Hash hash) {}

    static String address(AccountId account) {
        return ADDRESSES.encode(ADDRESS_PREFIX, account);
    }

    BlockPoint best() throws TickFailure {
        Hash hash = hash(rpc.call("chain_getBlockHash"));
        String number = rpc.call("chain_getHeader", hash.hex()).path("number").textValue();
        return new BlockPoint(Long.parseLong(number.substring(2), 16), hash);
    }

    /** The block of the best chain at a height that it has. */
    BlockPoint at(long number) throws TickFailure {
        return new BlockPoint(number, hash(rpc.call("chain_getBlockHash", number)));
    }

    private static Hash hash(JsonNode value) throws TickFailure {
        if (!value.isTextual()) {
            throw new TickFailure("the node does not know a block that it had before");
        }
        return Hash.fromHex(value.textValue());
    }

    Settings settings(Hash at) throws TickFailure {
        return ask(at, "settings", new byte[0], Settings.CODEC);
    }

    Optional<Stream> stream(Hash at, long stream) throws TickFailure {
        return ask(at, "stream", new ScaleOutput().u64(stream).toByteArray(), STREAM);
    }

    Optional<Session> session(Hash at, long session) throws TickFailure {
        return ask(at, "session", new ScaleOutput().u64(session).toByteArray(), SESSION);
    }

    /** The session of a viewer and stream that is not over, with its id. */
    Optional<Map.Entry<Long, Session>> sessionOf(Hash at, AccountId viewer, long stream) throws TickFailure {
        byte[] arguments = new ScaleOutput().raw(viewer.bytes().view()).u64(stream).toByteArray();
        return ask(at, "session_of", arguments, SESSION_OF);
    }

    List<Tier> tiers(Hash at, long stream) throws TickFailure {
        return ask(at, "tiers", new ScaleOutput().u64(stream).toByteArray(), TIERS);
    }

    Optional<Sponsorship> sponsorship(Hash at, long id) throws TickFailure {
        return ask(at, "sponsorship", new ScaleOutput().u64(id).toByteArray(), SPONSORSHIP);
    }

    /** Those of a stream, with their ids. */
    List<Map.Entry<Long, Sponsorship>> sponsorships(Hash at, long stream) throws TickFailure {
        return ask(at, "sponsorships", new ScaleOutput().u64(stream).toByteArray(), SPONSORSHIPS);
    }

    Optional<Subscription> subscription(Hash at, AccountId viewer, long stream) throws TickFailure {
        byte[] arguments = new ScaleOutput().raw(viewer.bytes().view()).u64(stream).toByteArray();
        return ask(at, "subscription", arguments, SUBSCRIPTION);
    }

    Optional<SpendingLimit> spendingLimit(Hash at, AccountId account) throws TickFailure {
        return ask(at, "spending_limit", account.bytes().toArray(), SPENDING_LIMIT);
    }

    /** What a viewer signs who is given a session. */
    Bytes giftPayload(Hash at, Gift gift) throws TickFailure {
        return ask(at, "gift_payload", Gift.CODEC.encode(gift), Codecs.BYTES);
    }

    private <T> T ask(Hash at, String method, byte[] arguments, Codec<T> result) throws TickFailure {
        String name = "TickStreamApi_" + method;
        JsonNode answer = rpc.call("state_call", name, Bytes.hex(arguments), at.hex());
        return decode(name, answer, result);
    }

    private static <T> T decode(String what, JsonNode hex, Codec<T> codec) throws TickFailure {
        try {
            return codec.decodeAll(Bytes.fromHex(hex.asText()).view());
        } catch (ScaleException | IllegalArgumentException e) {
            throw new TickFailure("the answer of " + what + " does not decode: " + e.getMessage());
        }
    }

    /** The number of the first stream that does not exist; streams are counted. */
    long streamCount(Hash at) throws TickFailure {
        long above = 1;
        while (stream(at, above - 1).isPresent()) {
            above *= 2;
        }
        long below = above / 2;
        while (below < above - 1) {
            long middle = (below + above) / 2;
            if (stream(at, middle - 1).isPresent()) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below;
    }

    /** The free balance of an account, read where every Substrate client reads it: {@code System.Account}. */
    U128 freeBalance(Hash at, AccountId account) throws TickFailure {
        byte[] id = account.bytes().view();
        String key = systemItem("Account").raw(Blake2b.hash128(id)).raw(id).toBytes().hex();
        JsonNode value = rpc.call("state_getStorage", key, at.hex());
        if (value.isNull()) {
            return U128.ZERO;
        }
        try {
            ScaleInput in = new ScaleInput(Bytes.fromHex(value.asText()).view());
            in.skip(ACCOUNT_COUNTERS);
            return in.u128();
        } catch (ScaleException | IllegalArgumentException e) {
            throw new TickFailure("the account of " + address(account) + " does not decode: " + e.getMessage());
        }
    }

    /** Where every Substrate chain keeps an item of the pallet System: the key of a value, or what a map's keys begin with. */
    static ScaleOutput systemItem(String name) {
        return new ScaleOutput().raw(Twox.hash128(Bytes.ascii("System").view()))
                .raw(Twox.hash128(Bytes.ascii(name).view()));
    }

    NodeRpc rpc() {
        return rpc;
    }

    Pace pace() {
        return pace;
    }

    // Sending.

    /**
     * Signs a call, tries it without effect first, sends it, and waits for the block that holds it.
     *
     * @return that block
     */
    BlockPoint send(Signer signer, byte[] call) throws TickFailure {
        BlockPoint best = firstBlock();
        byte[] extrinsic = signer.sign(call, binding(signer, best));
        String hex = Bytes.hex(extrinsic);
        dryRun(hex);
        rpc.call("author_submitExtrinsic", hex);
        long number = best.number();
        for (int polls = 0; polls < Pace.POLLS_MAX; polls++) {
            BlockPoint now = best();
            while (number < now.number()) {
                BlockPoint next = at(++number);
                if (holds(next, hex)) {
                    return next;
                }
            }
            pace.pause(Pace.POLL);
        }
        throw new TickFailure("no block has taken in the transaction " + hex.substring(0, 20)
                + "... for a minute; is the chain making blocks?");
    }

    /** The best block, once there is one above genesis: what is signed is born in the block before. */
    private BlockPoint firstBlock() throws TickFailure {
        for (int polls = 0; polls < Pace.POLLS_MAX; polls++) {
            BlockPoint best = best();
            if (best.number() > 0) {
                return best;
            }
            pace.pause(Pace.POLL);
        }
        throw new TickFailure("the chain has no block above genesis yet; does anybody make blocks?");
    }

    /** Born in the block before the best one: the state of a block does not know its own hash yet. */
    private Signer.Binding binding(Signer signer, BlockPoint best) throws TickFailure {
        JsonNode version = rpc.call("state_getRuntimeVersion");
        long nonce = rpc.call("system_accountNextIndex", address(signer.account())).longValue();
        return new Signer.Binding(version.path("specVersion").longValue(),
                version.path("transactionVersion").longValue(),
                at(0).hash(), best.number() - 1, at(best.number() - 1).hash(), nonce);
    }

    /** Nodes that do not let strangers try transactions are sent them untried. */
    private void dryRun(String extrinsic) throws TickFailure {
        JsonNode answer;
        try {
            answer = rpc.call("system_dryRun", extrinsic);
        } catch (TickFailure e) {
            if (e.isWithoutMethod()) {
                return;
            }
            throw e;
        }
        Result<Result<Unit, DispatchError>, TransactionValidityError> outcome = decode("system_dryRun", answer,
                ApplyResult.CODEC);
        switch (outcome) {
            case Result.Err<Result<Unit, DispatchError>, TransactionValidityError>(var error) ->
                throw new TickFailure("the chain would refuse the transaction: " + error);
            case Result.Ok<Result<Unit, DispatchError>, TransactionValidityError>(Result.Err<Unit, DispatchError>(var error)) ->
                throw new TickFailure("the call would fail: " + Failures.describe(error));
            case Result.Ok<Result<Unit, DispatchError>, TransactionValidityError>(Result.Ok<Unit, DispatchError> _) -> {
                // It would do what it is meant to.
            }
        }
    }

    private boolean holds(BlockPoint block, String extrinsic) throws TickFailure {
        for (JsonNode held : rpc.call("chain_getBlock", block.hash().hex()).path("block").path("extrinsics")) {
            if (held.textValue().equals(extrinsic)) {
                return true;
            }
        }
        return false;
    }
}
