package io.vilokanam.pallets.system;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * What the chain keeps of an account ({@code frame_system::AccountInfo}); all numbers are u32.
 *
 * @param nonce how many transactions it has sent
 * @param consumers how many others need the account to live on
 * @param providers how many let it live, and may only go once no consumer is left
 * @param sufficients how many let it live for their own sake alone
 * @param data what the balances pallet keeps
 */
public record AccountInfo<D>(long nonce, long consumers, long providers, long sufficients, D data) {

    public static <D> Codec<AccountInfo<D>> codec(Codec<D> data) {
        return struct(AccountInfo<D>::new, field("nonce", "Nonce", Codecs.U32, AccountInfo<D>::nonce),
                field("consumers", "RefCount", Codecs.U32, AccountInfo<D>::consumers),
                field("providers", "RefCount", Codecs.U32, AccountInfo<D>::providers),
                field("sufficients", "RefCount", Codecs.U32, AccountInfo<D>::sufficients),
                field("data", "AccountData", data, AccountInfo<D>::data)).named("frame_system::AccountInfo",
                        TypeParameter.of("Nonce", Codecs.U32.type()), TypeParameter.of("AccountData", data.type()));
    }

    AccountInfo<D> withNonce(long other) {
        return new AccountInfo<>(other, consumers, providers, sufficients, data);
    }

    AccountInfo<D> withConsumers(long other) {
        return new AccountInfo<>(nonce, other, providers, sufficients, data);
    }

    AccountInfo<D> withProviders(long other) {
        return new AccountInfo<>(nonce, consumers, other, sufficients, data);
    }

    AccountInfo<D> withSufficients(long other) {
        return new AccountInfo<>(nonce, consumers, providers, other, data);
    }

    AccountInfo<D> withData(D other) {
        return new AccountInfo<>(nonce, consumers, providers, sufficients, other);
    }
}
