package io.vilokanam.rpc.author;

import static io.vilokanam.rpc.method.RpcMethod.lateMethod;
import static io.vilokanam.rpc.method.RpcMethod.method;
import static io.vilokanam.rpc.method.RpcMethod.subscription;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.KeyTypeId;
import io.vilokanam.rpc.author.ExtrinsicBytes.NoExtrinsicException;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.KeystoreBackend;
import io.vilokanam.rpc.backend.KeystoreException;
import io.vilokanam.rpc.backend.PoolBackend;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcMethod.Reply;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.method.Subscriber;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.rpc.state.ClientErrors;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.Struct;

/** {@code author_*}: transactions in the pool, and the keys that the node signs with. */
public final class AuthorMethods implements MethodFamily {

    private static final Parameter<Bytes> EXTRINSIC = Parameter.required("extrinsic", ParameterTypes.BYTES);
    private static final Parameter<Hash> HASH = Parameter.required("hash", ParameterTypes.HASH);
    private static final Parameter<Bytes> WATCHED = Parameter.required("bytes", ParameterTypes.BYTES);
    private static final Parameter<List<NamedTransaction>> BYTES_OR_HASH = Parameter.required("bytesOrHash",
            ParameterTypes.listOf(NamedTransaction.TYPE));
    private static final Parameter<String> KEY_TYPE = Parameter.required("keyType", ParameterTypes.TEXT);
    private static final Parameter<String> SURI = Parameter.required("suri", ParameterTypes.TEXT);
    private static final Parameter<Bytes> PUBLIC = Parameter.required("public", ParameterTypes.BYTES);
    private static final Parameter<Bytes> PUBLIC_KEY = Parameter.required("publicKey", ParameterTypes.BYTES);
    private static final Parameter<Bytes> SESSION_KEYS = Parameter.required("sessionKeys", ParameterTypes.BYTES);

    /** Schema of a transaction's statuses, in short form. */
    private static final String STATUS = "'future'|'ready'|{broadcast:[text]}|{inBlock:hash}|{retracted:hash}"
            + "|{finalityTimeout:hash}|{finalized:hash}|{usurped:hash}|'dropped'|'invalid'";
    private static final int BAD_FORMAT = 1001;
    private static final int OTHER = 1040;
    private static final String DECODE_KEYS = "SessionKeys_decode_session_keys";

    private record SessionKey(Bytes publicKey, KeyTypeId type) {
        static final Codec<SessionKey> CODEC = Struct.struct(SessionKey::new,
                Struct.field(Codecs.BYTES, SessionKey::publicKey), Struct.field(KeyTypeId.CODEC, SessionKey::type))
                .tuple();
    }

    private static final Codec<Optional<List<SessionKey>>> DECODED_KEYS = Codecs.option(Codecs.vec(SessionKey.CODEC));

    private final ChainBackend chain;
    private final StateBackend states;
    private final PoolBackend pool;
    private final KeystoreBackend keystore;

    public AuthorMethods(ChainBackend chain, StateBackend states, PoolBackend pool, KeystoreBackend keystore) {
        this.chain = chain;
        this.states = states;
        this.pool = pool;
        this.keystore = keystore;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(lateMethod("author_submitExtrinsic", this::submit, EXTRINSIC).returns("hash"),
                subscription("author_submitAndWatchExtrinsic", "author_extrinsicUpdate", "author_unwatchExtrinsic",
                        this::submitAndWatch, WATCHED).sends(STATUS),
                method("author_pendingExtrinsics",
                        params -> Json.list(pool.ready(), transaction -> Json.hex(transaction.extrinsic())))
                        .returns("[hex]"),
                method("author_pendingStatus", params -> PendingStatusJson.of(pool.status(params.get(HASH))), HASH)
                        .returns(PendingStatusJson.SCHEMA),
                method("author_removeExtrinsic", this::remove, BYTES_OR_HASH).returns("[hash]").unsafe(),
                method("author_insertKey", this::insertKey, KEY_TYPE, SURI, PUBLIC).returns("null").unsafe(),
                method("author_rotateKeys", params -> rotateKeys()).returns("hex").unsafe(),
                method("author_hasSessionKeys", this::hasSessionKeys, SESSION_KEYS).returns("bool").unsafe(),
                method("author_hasKey", this::hasKey, PUBLIC_KEY, KEY_TYPE).returns("bool").unsafe());
    }

    private static Hash hash(Bytes extrinsic) {
        return Hash.wrap(Blake2b.hash256(extrinsic.view()));
    }

    private void submit(RpcParams params, Reply reply) throws RpcException {
        Bytes extrinsic;
        try {
            extrinsic = ExtrinsicBytes.wire(params.get(EXTRINSIC));
        } catch (NoExtrinsicException e) {
            throw client(e.display());
        }
        pool.submit(extrinsic, submitted -> {
            switch (submitted) {
                case PoolBackend.Submitted.Taken(var hash) -> reply.give(Json.hex(hash));
                case PoolBackend.Submitted.Refused(var refusal) -> reply.refuse(PoolErrors.of(refusal));
            }
        });
    }

    private void submitAndWatch(RpcParams params, Subscriber subscriber) throws RpcException {
        try {
            subscriber.onEnd(pool.submitAndWatch(ExtrinsicBytes.wire(params.get(WATCHED)), status -> {
                if (status.isLast()) {
                    subscriber.sendLast(json(status));
                } else {
                    subscriber.send(json(status));
                }
            }));
        } catch (NoExtrinsicException e) {
            throw badFormat(e);
        } catch (PoolRefusedException e) {
            throw PoolErrors.of(e.refusal()).exception();
        }
    }

    static JsonValue json(TransactionStatus status) {
        return switch (status) {
            case TransactionStatus.Future() -> Json.text("future");
            case TransactionStatus.Ready() -> Json.text("ready");
            case TransactionStatus.Broadcast(var peers) ->
                Json.object().with("broadcast", Json.list(peers, Json::text));
            case TransactionStatus.InBlock(var block, _) -> Json.object().with("inBlock", Json.hex(block));
            case TransactionStatus.Retracted(var block) -> Json.object().with("retracted", Json.hex(block));
            case TransactionStatus.FinalityTimeout(var block) -> Json.object().with("finalityTimeout", Json.hex(block));
            case TransactionStatus.Finalised(var block, _) -> Json.object().with("finalized", Json.hex(block));
            case TransactionStatus.Usurped(var by) -> Json.object().with("usurped", Json.hex(by));
            case TransactionStatus.Dropped() -> Json.text("dropped");
            case TransactionStatus.Invalid() -> Json.text("invalid");
        };
    }

    private JsonValue remove(RpcParams params) throws RpcException {
        var hashes = new ArrayList<Hash>();
        for (NamedTransaction named : params.get(BYTES_OR_HASH)) {
            hashes.add(switch (named) {
                case NamedTransaction.ByHash(var hash) -> hash;
                case NamedTransaction.ByExtrinsic(var extrinsic) -> hash(decoded(extrinsic));
            });
        }
        return Json.list(pool.remove(hashes), Json::hex);
    }

    private static Bytes decoded(Bytes extrinsic) throws RpcException {
        try {
            return ExtrinsicBytes.wire(extrinsic);
        } catch (NoExtrinsicException e) {
            throw badFormat(e);
        }
    }

    private static RpcException badFormat(NoExtrinsicException e) {
        return new RpcError(BAD_FORMAT, "Extrinsic has invalid format: " + e.display()).exception();
    }

    private JsonValue insertKey(RpcParams params) throws RpcException {
        try {
            keystore.insert(keyType(params), params.get(SURI), params.get(PUBLIC));
            return Json.NULL;
        } catch (KeystoreException e) {
            throw keystoreFails();
        }
    }

    private JsonValue rotateKeys() throws RpcException {
        try {
            return Json.hex(keystore.generateSessionKeys(chain.best().hash()));
        } catch (StateUnavailableException e) {
            throw client(ClientErrors.apiText(e));
        } catch (RuntimeTrap e) {
            throw client(ClientErrors.trapText(e, "SessionKeys_generate_session_keys"));
        } catch (KeystoreException e) {
            throw keystoreFails();
        }
    }

    private JsonValue hasSessionKeys(RpcParams params) throws RpcException {
        try {
            Bytes arguments = Bytes.wrap(Codecs.BYTES.encode(params.get(SESSION_KEYS)));
            Bytes decoded = states.call(chain.best().hash(), DECODE_KEYS, arguments);
            List<SessionKey> keys = DECODED_KEYS.decodeAll(decoded.view())
                    .orElseThrow(() -> new RpcError(OTHER, "Session keys are not encoded correctly").exception());
            boolean hasAll = true;
            for (SessionKey key : keys) {
                hasAll &= keystore.has(key.type, key.publicKey);
            }
            return Json.bool(hasAll);
        } catch (StateUnavailableException e) {
            throw client(ClientErrors.apiText(e));
        } catch (RuntimeTrap e) {
            throw client(ClientErrors.trapText(e, DECODE_KEYS));
        } catch (ScaleException e) {
            throw client("Failed to decode session keys: " + e.getMessage());
        } catch (KeystoreException e) {
            throw keystoreFails();
        }
    }

    private JsonValue hasKey(RpcParams params) throws RpcException {
        KeyTypeId type = keyType(params);
        try {
            return Json.bool(keystore.has(type, params.get(PUBLIC_KEY)));
        } catch (KeystoreException e) {
            throw keystoreFails();
        }
    }

    private static KeyTypeId keyType(RpcParams params) throws RpcException {
        byte[] name = params.get(KEY_TYPE).getBytes(StandardCharsets.UTF_8);
        if (name.length != 4) {
            throw new RpcError(OTHER, "Invalid key type ID format (should be of length four)").exception();
        }
        return new KeyTypeId(new String(name, StandardCharsets.ISO_8859_1));
    }

    private static RpcException client(String text) {
        return new RpcError(OTHER, "Client error: " + text).exception();
    }

    private static RpcException keystoreFails() {
        return new RpcError(OTHER, "The key store is unavailable").exception();
    }
}
