package io.vilokanam.node.cli.tick;

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

/** An sr25519 account that signs extrinsics with the chain's transaction extensions (DESIGN, section 3). */
final class Signer {

    /** For how many blocks an extrinsic is valid. */
    private static final long PERIOD = 64;

    private static final int METADATA_HASH_OFF = 0;

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

    /** The signed extrinsic, its length in front. No tip. */
    byte[] sign(byte[] call, Binding binding) {
        ScaleOutput extensions = new ScaleOutput();
        Era.CODEC.encode(Era.mortal(PERIOD, binding.birthNumber()), extensions);
        byte[] carried = extensions.compact(binding.nonce()).compact(0).u8(METADATA_HASH_OFF).toByteArray();
        byte[] implied = new ScaleOutput().u32(binding.specVersion()).u32(binding.transactionVersion())
                .raw(binding.genesis().bytes().view()).raw(binding.birth().bytes().view()).u8(METADATA_HASH_OFF)
                .toByteArray();
        byte[] signature = pair.sign(new SigningPayload(call, carried, implied).message(Blake2b::hash256));
        ScaleOutput out = new ScaleOutput();
        new Preamble.Signed().encode(out);
        MultiAddress.CODEC.encode(MultiAddress.of(account()), out);
        MultiSignature.CODEC.encode(new MultiSignature.Sr25519(Bytes.wrap(signature)), out);
        return new OpaqueExtrinsic(out.raw(carried).raw(call).toBytes()).wire();
    }
}
