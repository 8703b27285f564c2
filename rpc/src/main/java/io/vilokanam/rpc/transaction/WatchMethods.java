package io.vilokanam.rpc.transaction;

import static io.vilokanam.rpc.method.RpcMethod.subscription;

import java.util.List;
import java.util.Optional;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.UnknownTransaction;
import io.vilokanam.rpc.author.ExtrinsicBytes;
import io.vilokanam.rpc.author.ExtrinsicBytes.NoExtrinsicException;
import io.vilokanam.rpc.author.PoolErrors;
import io.vilokanam.rpc.backend.PoolBackend;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.PoolRefusedException;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.Json.JsonObject;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.method.MethodFamily;
import io.vilokanam.rpc.method.Parameter;
import io.vilokanam.rpc.method.ParameterTypes;
import io.vilokanam.rpc.method.RpcMethod;
import io.vilokanam.rpc.method.RpcParams;
import io.vilokanam.rpc.method.Subscriber;
import io.vilokanam.rpc.method.SubscriptionQueue;
import io.vilokanam.scale.Bytes;

/** {@code transactionWatch_v1_*}: submits a transaction and tells what becomes of it, refusals too. */
public final class WatchMethods implements MethodFamily {

    private static final Parameter<Bytes> TRANSACTION = Parameter.required("bytes", ParameterTypes.BYTES);
    /** Only the newest events of a transaction matter. */
    private static final SubscriptionQueue NEWEST = new SubscriptionQueue(3, SubscriptionQueue.Overflow.DROP_OLDEST);

    private final PoolBackend pool;

    public WatchMethods(PoolBackend pool) {
        this.pool = pool;
    }

    /** Schema, in short form. */
    private static final String EVENT = "{event:'validated'}|{event:'bestChainBlockIncluded',block:{hash:hash,index:number}?}"
            + "|{event:'finalized',block:{hash:hash,index:number}}|{event:'invalid'|'dropped'|'error',error:text}";

    @Override
    public List<RpcMethod> methods() {
        return List.of(subscription("transactionWatch_v1_submitAndWatch", "transactionWatch_v1_watchEvent",
                "transactionWatch_v1_unwatch", this::submitAndWatch, TRANSACTION).sends(EVENT).queue(NEWEST));
    }

    private void submitAndWatch(RpcParams params, Subscriber subscriber) {
        try {
            subscriber.onEnd(pool.submitAndWatch(ExtrinsicBytes.wire(params.get(TRANSACTION)), status -> {
                Optional<JsonObject> event = event(status);
                if (status.isLast()) {
                    event.ifPresent(subscriber::sendLast);
                } else {
                    event.ifPresent(subscriber::send);
                }
            }));
        } catch (NoExtrinsicException e) {
            subscriber.sendLast(invalid("Extrinsic bytes cannot be decoded"));
        } catch (PoolRefusedException e) {
            subscriber.sendLast(invalid(text(e.refusal())));
        }
    }

    private static Optional<JsonObject> event(TransactionStatus status) {
        return switch (status) {
            case TransactionStatus.Future _,TransactionStatus.Ready _ -> Optional.of(event("validated"));
            case TransactionStatus.Broadcast _ -> Optional.empty();
            case TransactionStatus.InBlock(var block, var index) ->
                Optional.of(event("bestChainBlockIncluded").with("block", block(block, index)));
            case TransactionStatus.Retracted _ -> Optional.of(event("bestChainBlockIncluded").with("block", Json.NULL));
            case TransactionStatus.Finalised(var block, var index) ->
                Optional.of(event("finalized").with("block", block(block, index)));
            case TransactionStatus.FinalityTimeout _ ->
                Optional.of(dropped("Maximum number of finality watchers has been reached"));
            case TransactionStatus.Usurped _ ->
                Optional.of(invalid("Extrinsic was rendered invalid by another extrinsic"));
            case TransactionStatus.Dropped() ->
                Optional.of(dropped("Extrinsic dropped from the pool due to exceeding limits"));
            case TransactionStatus.Invalid() -> Optional.of(invalid("Extrinsic marked as invalid"));
        };
    }

    private static String text(PoolRefusal refusal) {
        return switch (refusal) {
            case PoolRefusal.Invalid(InvalidTransaction.Custom(var code)) ->
                "Invalid transaction with custom error: " + code;
            case PoolRefusal.Invalid(var reason) -> "Invalid transaction: " + PoolErrors.text(reason);
            case PoolRefusal.UnknownValidity(var reason) -> "Unknown transaction validity: " + text(reason);
            case PoolRefusal.ValidationFailed(var message) ->
                "Verification error: Runtime error: Execution failed: " + message;
            case PoolRefusal.TemporarilyBanned() -> "Transaction is temporarily banned";
            case PoolRefusal.AlreadyImported _ -> "Transaction is already imported";
            case PoolRefusal.TooLowPriority(var old, var offered) -> "The priority of the transaction is too low (pool "
                    + Long.toUnsignedString(old) + " > current " + Long.toUnsignedString(offered) + ")";
            case PoolRefusal.CycleDetected() -> "The transaction contains a cyclic dependency";
            case PoolRefusal.ImmediatelyDropped() -> "The transaction could not enter the pool because of the limit";
            case PoolRefusal.Unactionable() ->
                "Transaction cannot be propagated and the local node does not author blocks";
            case PoolRefusal.NoTagsProvided() ->
                "Transaction does not provide any tags, so the pool cannot identify it";
            case PoolRefusal.FutureNotAccepted() -> "The pool is not accepting future transactions";
        };
    }

    private static String text(UnknownTransaction reason) {
        return switch (reason) {
            case UnknownTransaction.CannotLookup() ->
                "Could not lookup information required to validate the transaction";
            case UnknownTransaction.NoUnsignedValidator() ->
                "Could not find an unsigned validator for the unsigned transaction";
            case UnknownTransaction.Custom _ -> "Unknown transaction custom error";
        };
    }

    private static JsonObject event(String name) {
        return Json.object().with("event", Json.text(name));
    }

    private static JsonValue block(Hash hash, int index) {
        return Json.object().with("hash", Json.hex(hash)).with("index", Json.number(index));
    }

    private static JsonObject invalid(String why) {
        return event("invalid").with("error", Json.text(why));
    }

    private static JsonObject dropped(String why) {
        return event("dropped").with("error", Json.text(why));
    }
}
