package io.vilokanam.rpc.author;

import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.UnknownTransaction;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.protocol.RpcError;

/** The errors of the pool, as a stock node has them (sc-rpc-api, author). */
public final class PoolErrors {

    private PoolErrors() {}

    static RpcError of(PoolRefusal refusal) {
        return switch (refusal) {
            case PoolRefusal.Invalid(var reason) -> new RpcError(1010, "Invalid Transaction", text(reason));
            case PoolRefusal.UnknownValidity(var reason) ->
                new RpcError(1011, "Unknown Transaction Validity", text(reason));
            case PoolRefusal.ValidationFailed(var message) -> {
                String failure = "Execution failed: " + message;
                yield new RpcError(1002, "Verification Error: Runtime error: " + failure,
                        "RuntimeApi(\"" + failure + "\")");
            }
            case PoolRefusal.TemporarilyBanned() -> new RpcError(1012, "Transaction is temporarily banned");
            // The boxed hash has no debug form of its own.
            case PoolRefusal.AlreadyImported _ -> new RpcError(1013, "Transaction Already Imported", "Any { .. }");
            case PoolRefusal.TooLowPriority(var old, var offered) -> new RpcError(1014,
                    "Priority is too low: (" + Long.toUnsignedString(old) + " vs " + Long.toUnsignedString(offered)
                            + ")",
                    "The transaction has too low priority to replace another transaction already in the pool.");
            case PoolRefusal.CycleDetected() -> new RpcError(1015, "Cycle Detected");
            case PoolRefusal.ImmediatelyDropped() -> new RpcError(1016, "Immediately Dropped",
                    "The transaction couldn't enter the pool because of the limit");
            case PoolRefusal.Unactionable() -> new RpcError(1018, "Unactionable",
                    "The transaction is unactionable since it is not propagable and the local node does not author blocks");
            case PoolRefusal.NoTagsProvided() -> new RpcError(1019, "No tags provided",
                    "Transaction does not provide any tags, so the pool can't identify it");
            case PoolRefusal.FutureNotAccepted() -> new RpcError(1021, "The pool is not accepting future transactions");
        };
    }

    /** One sentence about why a transaction is not valid. */
    public static String text(InvalidTransaction reason) {
        return switch (reason) {
            case InvalidTransaction.Call() -> "Transaction call is not expected";
            case InvalidTransaction.Payment() -> "Inability to pay some fees (e.g. account balance too low)";
            case InvalidTransaction.Future() -> "Transaction will be valid in the future";
            case InvalidTransaction.Stale() -> "Transaction is outdated";
            case InvalidTransaction.BadProof() -> "Transaction has a bad signature";
            case InvalidTransaction.AncientBirthBlock() -> "Transaction has an ancient birth block";
            case InvalidTransaction.ExhaustsResources() -> "Transaction would exhaust the block limits";
            case InvalidTransaction.Custom(var code) -> "Custom error: " + code;
            case InvalidTransaction.BadMandatory() -> "A call was labelled as mandatory, but resulted in an Error.";
            case InvalidTransaction.MandatoryDispatch() ->
                "Transaction dispatch is mandatory; transactions must not be validated.";
            case InvalidTransaction.BadSigner() -> "Invalid signing address";
            case InvalidTransaction.IndeterminateImplicit() -> "The implicit data was unable to be calculated";
            case InvalidTransaction.UnknownOrigin() -> "The transaction extension did not authorize any origin";
        };
    }

    private static String text(UnknownTransaction reason) {
        return switch (reason) {
            case UnknownTransaction.CannotLookup() -> "CannotLookup";
            case UnknownTransaction.NoUnsignedValidator() -> "NoUnsignedValidator";
            case UnknownTransaction.Custom(var code) -> "Custom(" + code + ")";
        };
    }
}
