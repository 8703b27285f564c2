package io.vilokanam.node.rpc;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleOutput;

/** Signs calls for a chain of composition 100, or of another where it is told which. */
final class Transfers {

    private static final int TRANSACTION_VERSION = 1;
    private static final Codec<Optional<Hash>> METADATA_HASH = Codecs.option(Hash.CODEC);
    private static final int SYSTEM = 0;
    private static final int REMARK = 0;
    private static final int BALANCES = 4;
    private static final int TRANSFER_KEEP_ALIVE = 3;
    private static final long AMOUNT = 1_000_000_000_000L;

    /** Deriving one takes milliseconds. */
    private final Map<String, KeyPair> pairs = new HashMap<>();
    private final Hash genesis;

    Transfers(Hash genesis) {
        this.genesis = genesis;
    }

    Hash genesis() {
        return genesis;
    }

    /** How a call is signed; a mortal era begins at the block {@code birth}. */
    record Terms(long nonce, long tip, Era era, Hash birth) {}

    /** The runtime that is signed for; with the hash of its metadata where that is signed too ({@code CheckMetadataHash}). */
    record Runtime(long specVersion, Optional<Hash> metadataHash) {
        static final Runtime REFERENCE = new Runtime(100, Optional.empty());
    }

    static AccountId account(String suri) throws KeyException {
        return AccountId.wrap(SecretUri.keyPair(Scheme.SR25519, suri).publicKey());
    }

    static byte[] transfer(AccountId to) {
        ScaleOutput call = new ScaleOutput().u8(BALANCES).u8(TRANSFER_KEEP_ALIVE);
        MultiAddress.CODEC.encode(MultiAddress.of(to), call);
        return call.compact(AMOUNT).toByteArray();
    }

    static byte[] remark(int length) {
        return new ScaleOutput().u8(SYSTEM).u8(REMARK).compact(length).raw(new byte[length]).toByteArray();
    }

    /** An immortal transfer to //Bob, in its wire form. */
    Bytes transfer(String from, long nonce, long tip) throws KeyException {
        return sign(from, transfer(AccountId.wrap(pair("//Bob").publicKey())),
                new Terms(nonce, tip, new Era.Immortal(), genesis));
    }

    private KeyPair pair(String suri) throws KeyException {
        KeyPair known = pairs.get(suri);
        if (known == null) {
            known = SecretUri.keyPair(Scheme.SR25519, suri);
            pairs.put(suri, known);
        }
        return known;
    }

    Bytes sign(String from, byte[] call, Terms terms) throws KeyException {
        return sign(from, call, terms, Runtime.REFERENCE);
    }

    Bytes sign(String from, byte[] call, Terms terms, Runtime runtime) throws KeyException {
        KeyPair pair = pair(from);
        ScaleOutput extensions = new ScaleOutput();
        Era.CODEC.encode(terms.era(), extensions);
        byte[] carried = extensions.compact(terms.nonce()).compact(terms.tip())
                .u8(runtime.metadataHash.isPresent() ? 1 : 0).toByteArray();
        ScaleOutput implied = new ScaleOutput().u32(runtime.specVersion).u32(TRANSACTION_VERSION)
                .raw(genesis.bytes().view())
                .raw(terms.birth().bytes().view());
        METADATA_HASH.encode(runtime.metadataHash, implied);
        byte[] signature = pair
                .sign(new SigningPayload(call, carried, implied.toByteArray()).message(Blake2b::hash256));
        ScaleOutput out = new ScaleOutput();
        new Preamble.Signed().encode(out);
        MultiAddress.CODEC.encode(MultiAddress.of(AccountId.wrap(pair.publicKey())), out);
        MultiSignature.CODEC.encode(new MultiSignature.Sr25519(Bytes.wrap(signature)), out);
        return Bytes.wrap(new OpaqueExtrinsic(out.raw(carried).raw(call).toBytes()).wire());
    }
}
