package io.vilokanam.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.signing.SignedExtrinsic;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/** Signed transfers among some accounts, ready to be submitted. */
final class BenchTransfers {

    private static final int BENCH_SPEC_VERSION = 100;
    private static final int TRANSACTION_VERSION = 1;
    private static final int BALANCES = 4;
    private static final int TRANSFER_KEEP_ALIVE = 3;
    private static final long AMOUNT = 1_000_000_000L;

    private final Hash genesis;
    private final int specVersion;
    private final List<KeyPair> senders = new ArrayList<>();

    /** Among the first accounts {@code //bench//n} of the chain for benchmarks. */
    BenchTransfers(Hash genesis, int senders) {
        this(genesis, BENCH_SPEC_VERSION, IntStream.range(0, senders).mapToObj(i -> "//bench//" + i).toList());
    }

    BenchTransfers(Hash genesis, int specVersion, List<String> senders) {
        this.genesis = genesis;
        this.specVersion = specVersion;
        try {
            for (String sender : senders) {
                this.senders.add(SecretUri.keyPair(Scheme.SR25519, sender));
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
        return SignedExtrinsic.sign(sender, call.compact(AMOUNT).toByteArray(), new SignedExtrinsic.Terms(specVersion,
                TRANSACTION_VERSION, genesis, new Era.Immortal(), genesis, n / senders.size(), 0));
    }
}
