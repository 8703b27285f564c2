package io.vilokanam.rpc.account;

import static io.vilokanam.rpc.method.RpcMethod.method;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.ss58.Ss58;
import io.vilokanam.primitives.ss58.Ss58Exception;
import io.vilokanam.rpc.author.ExtrinsicBytes;
import io.vilokanam.rpc.author.ExtrinsicBytes.NoExtrinsicException;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.PoolBackend;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.InvalidValueException;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterType;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;
import io.vilokanam.rpc.state.ClientErrors;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;

/** {@code system_accountNextIndex} and {@code system_dryRun}: FRAME's own additions (substrate-frame-rpc-system). */
public final class AccountMethods implements MethodFamily {

    private static final Ss58 ADDRESSES = new Ss58(Blake2b::hash512);
    private static final ParameterType<AccountId> ACCOUNT = ParameterTypes.described("""
            {"title":"SS58 address","type":"string"}""", value -> {
        try {
            return ADDRESSES.decode(value.text("a string")).account();
        } catch (Ss58Exception e) {
            throw new InvalidValueException(switch (e.kind()) {
                case BAD_BASE58 -> "Base 58 requirement is violated";
                case BAD_LENGTH -> "Length is bad";
                case UNKNOWN_FORMAT -> "Unknown SS58 address format";
                case INVALID_CHECKSUM -> "Invalid checksum";
                case INVALID_PREFIX -> "Invalid SS58 prefix byte.";
                case FORMAT_NOT_ALLOWED -> "Disallowed SS58 Address Format for this datatype.";
            });
        }
    });
    private static final Parameter<AccountId> WHO = Parameter.required("account", ACCOUNT);
    private static final Parameter<Bytes> EXTRINSIC = Parameter.required("extrinsic", ParameterTypes.BYTES);
    private static final Parameter<Hash> AT = Parameter.optional("at", ParameterTypes.HASH);

    private static final String NONCE_CALL = "AccountNonceApi_account_nonce";
    private static final String APPLY_CALL = "BlockBuilder_apply_extrinsic";
    private static final String NO_DRY_RUN = "Unable to dry run extrinsic.";
    private static final int RUNTIME_ERROR = 1;
    private static final int DECODE_ERROR = 2;

    private final ChainBackend chain;
    private final StateBackend states;
    private final PoolBackend pool;

    public AccountMethods(ChainBackend chain, StateBackend states, PoolBackend pool) {
        this.chain = chain;
        this.states = states;
        this.pool = pool;
    }

    @Override
    public List<RpcMethod> methods() {
        return List.of(
                method("system_accountNextIndex", this::nextIndex, WHO).returns("number").alias("account_nextIndex"),
                method("system_dryRun", this::dryRun, EXTRINSIC, AT).returns("hex").alias("system_dryRunAt").unsafe());
    }

    /** The nonce on the best block, and one more for each ready transaction that follows without a gap. */
    private JsonValue nextIndex(RpcParams params) throws RpcException {
        AccountId account = params.get(WHO);
        long nonce;
        try {
            Bytes answer = states.call(chain.best().hash(), NONCE_CALL, account.bytes());
            nonce = Codecs.U32.decodeAll(answer.view());
        } catch (StateUnavailableException e) {
            throw noNonce(ClientErrors.apiText(e));
        } catch (RuntimeTrap e) {
            throw noNonce(ClientErrors.trapText(e, NONCE_CALL));
        } catch (ScaleException e) {
            throw noNonce(e.getMessage());
        }
        while (pool.providesFirst(tag(account, nonce))) {
            nonce++;
        }
        return Json.number(nonce);
    }

    /** What a transaction of an account with a nonce provides. */
    private static Bytes tag(AccountId account, long nonce) {
        var tag = new ScaleOutput(AccountId.SIZE + 4);
        AccountId.CODEC.encode(account, tag);
        Codecs.U32.encode(nonce, tag);
        return Bytes.wrap(tag.toByteArray());
    }

    private static RpcException noNonce(String why) {
        return new RpcError(RUNTIME_ERROR, "Unable to query nonce.", why).exception();
    }

    private JsonValue dryRun(RpcParams params) throws RpcException {
        Optional<Hash> at = params.find(AT);
        try {
            Bytes extrinsic = ExtrinsicBytes.wire(params.get(EXTRINSIC));
            return Json.hex(states.call(at.orElseGet(() -> chain.best().hash()), APPLY_CALL, extrinsic));
        } catch (NoExtrinsicException e) {
            throw new RpcError(DECODE_ERROR, "Unable to dry run extrinsic", e.display()).exception();
        } catch (StateUnavailableException e) {
            throw new RpcError(RUNTIME_ERROR, NO_DRY_RUN, ClientErrors.apiText(e)).exception();
        } catch (RuntimeTrap e) {
            throw new RpcError(RUNTIME_ERROR, NO_DRY_RUN, ClientErrors.trapText(e, APPLY_CALL)).exception();
        }
    }
}
