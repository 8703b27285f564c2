package io.vilokanam.runtime.api;

import java.util.List;
import java.util.stream.Stream;

import io.vilokanam.frame.runtimeapi.ApiIdentity;

/** The runtime APIs that compositions have, by name, id and version. */
public final class Apis {

    public static final ApiIdentity CORE = ApiIdentity.of("Core", "df6acb689907609b", 5);
    public static final ApiIdentity METADATA = ApiIdentity.of("Metadata", "37e397fc7c91f5e4", 2);
    public static final ApiIdentity VIEW_FUNCTION = ApiIdentity.of("RuntimeViewFunction", "ccd9de6396c899ca", 1);
    public static final ApiIdentity BLOCK_BUILDER = ApiIdentity.of("BlockBuilder", "40fe3ad401f8959a", 6);
    public static final ApiIdentity TRANSACTION_QUEUE = ApiIdentity.of("TaggedTransactionQueue", "d2bc9897eed08f15", 3);
    public static final ApiIdentity OFFCHAIN_WORKER = ApiIdentity.of("OffchainWorkerApi", "f78b278be53f454c", 2);
    public static final ApiIdentity AURA = ApiIdentity.of("AuraApi", "dd718d5cc53262d4", 1);
    public static final ApiIdentity SESSION_KEYS = ApiIdentity.of("SessionKeys", "ab3c0572291feb8b", 1);
    public static final ApiIdentity GRANDPA = ApiIdentity.of("GrandpaApi", "ed99c5acb25eedf5", 3);
    public static final ApiIdentity ACCOUNT_NONCE = ApiIdentity.of("AccountNonceApi", "bc9d89904f5b923f", 1);
    public static final ApiIdentity TRANSACTION_PAYMENT = ApiIdentity.of("TransactionPaymentApi", "37c8bb1350a9a2a8",
            4);
    public static final ApiIdentity TRANSACTION_PAYMENT_CALL = ApiIdentity
            .of("TransactionPaymentCallApi", "f3ff14d5ab527059", 3);
    public static final ApiIdentity GENESIS_BUILDER = ApiIdentity.of("GenesisBuilder", "fbc577b9d747efd6", 1);
    public static final ApiIdentity TICK_STREAM = ApiIdentity.of("TickStreamApi", "8bf1819d01a64be0", 2);

    /** Those of a stock chain with Aura and GRANDPA, in the order in which its runtime lists them. */
    public static final List<ApiIdentity> STOCK = List.of(CORE, METADATA, VIEW_FUNCTION, BLOCK_BUILDER,
            TRANSACTION_QUEUE, OFFCHAIN_WORKER, AURA, SESSION_KEYS, GRANDPA, ACCOUNT_NONCE, TRANSACTION_PAYMENT,
            TRANSACTION_PAYMENT_CALL, GENESIS_BUILDER);

    /** And that of tick-stream. */
    public static final List<ApiIdentity> WITH_TICK_STREAM = Stream.concat(STOCK.stream(), Stream.of(TICK_STREAM))
            .toList();

    private Apis() {}
}
