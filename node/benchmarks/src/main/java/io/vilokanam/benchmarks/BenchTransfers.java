package io.vilokanam.benchmarks;

import java.util.ArrayList;
import java.util.List;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.extrinsic.Preamble;
import io.vilokanam.primitives.extrinsic.SigningPayload;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/** Signed transfers among the accounts {@code //bench//n} of the chain for benchmarks, ready to be submitted. */
final class BenchTransfers {

    private static final int SPEC_VERSION = 100;
    private static final int TRANSACTION_VERSION = 1;
    private static final int METADATA_HASH_OFF = 0;
    private static final int BALANCES = 4;
    private static final int TRANSFER_KEEP_ALIVE = 3;
    private static final long AMOUNT = 1_000_000_000L;

    private final Hash genesis;
    private final List<KeyPair> senders = new ArrayList<>();

    BenchTransfers(Hash genesis, int senders) {
        this.genesis = genesis;
        try {
            for (int i = 0; i < senders; i++) {
                this.senders.add(SecretUri.keyPair(Scheme.SR25519, "//bench//" + i));
            }
        } catch (KeyException e) {
            throw new IllegalStateException("the accounts' names are well formed", e);
        }
    }

    /** The n-th: each sender has its turn, then each its next nonce; immortal, without a tip. */
    Bytes transfer(int n) {
        KeyPair sender = senders.get(n % senders.size());
        AccountId to = AccountId.wrap(senders.get((n + 1) % senders.size()).publicKey());
        ScaleOutput call = new ScaleOutput().u8(BALANCES).u8(TRANSFER_KEEP_ALIVE);
        MultiAddress.CODEC.encode(MultiAddress.of(to), call);
        return sign(sender, call.compact(AMOUNT).toByteArray(), n / senders.size());
    }

    private Bytes sign(KeyPair sender, byte[] call, long nonce) {
        ScaleOutput extensions = new ScaleOutput();
        Era.CODEC.encode(new Era.Immortal(), extensions);
        byte[] carried = extensions.compact(nonce).compact(0).u8(METADATA_HASH_OFF).toByteArray();
        byte[] implied = new ScaleOutput().u32(SPEC_VERSION).u32(TRANSACTION_VERSION).raw(genesis.bytes().view())
                .raw(genesis.bytes().view()).u8(METADATA_HASH_OFF).toByteArray();
        byte[] signature = sender.sign(new SigningPayload(call, carried, implied).message(Blake2b::hash256));
        ScaleOutput out = new ScaleOutput();
        new Preamble.Signed().encode(out);
        MultiAddress.CODEC.encode(MultiAddress.of(AccountId.wrap(sender.publicKey())), out);
        MultiSignature.CODEC.encode(new MultiSignature.Sr25519(Bytes.wrap(signature)), out);
        return Bytes.wrap(new OpaqueExtrinsic(out.raw(carried).raw(call).toBytes()).wire());
    }
}
