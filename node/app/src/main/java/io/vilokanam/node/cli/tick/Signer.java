package io.vilokanam.node.cli.tick;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.keys.KeyException;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.crypto.keys.SecretUri;
import io.vilokanam.node.signing.SignedExtrinsic;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.Era;
import io.vilokanam.scale.Bytes;

/** An sr25519 account that signs extrinsics with the chain's transaction extensions (DESIGN, section 3). */
final class Signer {

    /** For how many blocks an extrinsic is valid. */
    private static final long PERIOD = 64;

    private final KeyPair pair;

    private Signer(KeyPair pair) {
        this.pair = pair;
    }

    /** The account of a secret URI such as {@code //Bob}. */
    static Signer of(String secretUri) throws TickFailure {
        try {
            return new Signer(SecretUri.keyPair(Scheme.SR25519, secretUri));
        } catch (KeyException e) {
            throw new TickFailure("--suri: " + e.getMessage());
        }
    }

    AccountId account() {
        return AccountId.wrap(pair.publicKey());
    }

    /**
     * What a signature is bound to.
     *
     * @param birth the block from which on the extrinsic is valid
     */
    record Binding(long specVersion, long transactionVersion, Hash genesis, long birthNumber, Hash birth, long nonce) {}

    /** The account's signature of bytes that are no extrinsic. */
    Bytes signBytes(Bytes message) {
        return Bytes.wrap(pair.sign(message.toArray()));
    }

    /** The signed extrinsic, its length in front. No tip. */
    byte[] sign(byte[] call, Binding binding) {
        return SignedExtrinsic.sign(pair, call, new SignedExtrinsic.Terms(binding.specVersion,
                binding.transactionVersion, binding.genesis, Era.mortal(PERIOD, binding.birthNumber), binding.birth,
                binding.nonce, 0)).toArray();
    }
}
