package io.vilokanam.runtime.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.primitives.extrinsic.SigningPayload;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.U128;

/** Signs calls with accounts of all three schemes; now and then something about a transaction is wrong. */
final class RandomSigner {

    /** An account and the key that signs for it. */
    record Account(AccountId id, Scheme scheme, KeyPair keys) {}

    private final SplittableRandom random;
    private final List<Account> accounts = new ArrayList<>();

    RandomSigner(SplittableRandom random) throws KeyException {
        this.random = random;
        for (String name : List.of("//Alice", "//Bob", "//Charlie", "//Dave", "//Eve", "//Ferdie")) {
            add(Scheme.SR25519, name);
        }
        for (int i = 0; i < 4; i++) {
            add(Scheme.ED25519, "//ed//" + i);
            add(Scheme.ECDSA, "//ec//" + i);
        }
    }

    private void add(Scheme scheme, String uri) throws KeyException {
        KeyPair keys = SecretUri.keyPair(scheme, uri);
        byte[] id = scheme == Scheme.ECDSA ? Blake2b.hash256(keys.publicKey()) : keys.publicKey();
        accounts.add(new Account(AccountId.wrap(id), scheme, keys));
    }

    List<AccountId> ids() {
        return accounts.stream().map(Account::id).toList();
    }

    Account next() {
        return accounts.get(random.nextInt(3) == 0 ? random.nextInt(accounts.size()) : random.nextInt(6));
    }

    /**
     * A signed extrinsic of version 4, its length in front.
     *
     * @param nonce what the account's next one is
     * @param number of the block before
     * @param hashOf the hashes of earlier blocks by number
     */
    byte[] sign(Account account, byte[] call, long nonce, long number, Hash genesis, List<Hash> hashOf) {
        int fault = random.nextInt(30);
        long usedNonce = fault == 0 ? nonce + 1 : fault == 1 && nonce > 0 ? nonce - 1 : nonce;
        Era era = random.nextBoolean() ? Era.IMMORTAL
                : Era.mortal(1 << 2 + random.nextInt(5), Math.max(0, number - random.nextInt(3)));
        U128 tip = random.nextInt(4) == 0 ? U128.of(random.nextLong(1L << 40)) : fault == 2 ? U128.of(1L << 62) : U128.ZERO;
        ScaleOutput extra = new ScaleOutput();
        Era.CODEC.encode(era, extra);
        extra.compact(usedNonce).compact(tip).u8(0);
        long birth = era.birth(number);
        Hash birthHash = era.equals(Era.IMMORTAL) ? genesis : hashOf.get((int) Math.min(birth, hashOf.size() - 1L));
        byte[] implied = new ScaleOutput().u32(fault == 3 ? 99 : 100).u32(1).raw(genesis.bytes().view())
                .raw(birthHash.bytes().view()).u8(0).toByteArray();
        byte[] message = new SigningPayload(call, extra.toByteArray(), implied).message(Blake2b::hash256);
        byte[] signature = account.keys.sign(message);
        if (fault == 4) {
            signature[random.nextInt(signature.length)] ^= 1;
        }
        ScaleOutput out = new ScaleOutput().u8(0x84).u8(0).raw(account.id.bytes().view()).u8(account.scheme.index())
                .raw(signature).raw(extra.toByteArray()).raw(call);
        return new ScaleOutput().bytes(out.toByteArray()).toByteArray();
    }
}
