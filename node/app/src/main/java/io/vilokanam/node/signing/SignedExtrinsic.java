package io.vilokanam.node.signing;

import io.vilokanam.crypto.KeyPair;
import io.vilokanam.crypto.hash.Blake2b;
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

/** Extrinsics signed by an sr25519 account, with the transaction extensions of our chains (DESIGN, section 3). */
public final class SignedExtrinsic {

    private static final int METADATA_HASH_OFF = 0;

    private SignedExtrinsic() {}

    /**
     * What a signature is bound to.
     *
     * @param birth the block from which on the extrinsic is valid; genesis for an immortal one
     * @param tip in plancks
     */
    public record Terms(long specVersion, long transactionVersion, Hash genesis, Era era, Hash birth, long nonce,
            long tip) {}

    /** The signed extrinsic, its length in front. */
    public static Bytes sign(KeyPair pair, byte[] call, Terms terms) {
        ScaleOutput extensions = new ScaleOutput();
        Era.CODEC.encode(terms.era, extensions);
        byte[] carried = extensions.compact(terms.nonce).compact(terms.tip).u8(METADATA_HASH_OFF).toByteArray();
        byte[] implied = new ScaleOutput().u32(terms.specVersion).u32(terms.transactionVersion)
                .raw(terms.genesis.bytes().view()).raw(terms.birth.bytes().view()).u8(METADATA_HASH_OFF).toByteArray();
        byte[] signature = pair.sign(new SigningPayload(call, carried, implied).message(Blake2b::hash256));
        ScaleOutput out = new ScaleOutput();
        new Preamble.Signed().encode(out);
        MultiAddress.CODEC.encode(MultiAddress.of(AccountId.wrap(pair.publicKey())), out);
        MultiSignature.CODEC.encode(new MultiSignature.Sr25519(Bytes.wrap(signature)), out);
        return Bytes.wrap(new OpaqueExtrinsic(out.raw(carried).raw(call).toBytes()).wire());
    }
}
