package io.vilokanam.frame.extrinsic;

import java.util.Arrays;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.extension.TransactionExtensions;
import io.vilokanam.frame.extension.TransactionExtensions.Values;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic.Preamble;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.MultiSignature;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.UnknownTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleOutput;

/**
 * Turns an unchecked extrinsic into a checked one: looks up the signer, puts together what was signed and checks the
 * signature, in this order ({@code UncheckedExtrinsic::check}).
 */
public final class SignatureCheck {

    /** A longer payload is hashed before it is signed. */
    private static final int PAYLOAD_MAX = 256;

    /** What wallets put around bytes that are no transaction. */
    private static final Bytes BEFORE = Bytes.ascii("<Bytes>");
    private static final Bytes BEHIND = Bytes.ascii("</Bytes>");

    private final TransactionExtensions extensions;

    public SignatureCheck(TransactionExtensions extensions) {
        this.extensions = extensions;
    }

    public CheckedExtrinsic check(Externalities ext, UncheckedExtrinsic extrinsic) throws ValidityException {
        return switch (extrinsic.preamble()) {
            case Preamble.Bare _ -> new CheckedExtrinsic(Origin.NONE, Optional.empty(), extrinsic.call());
            case Preamble.General(int _, Values values) -> new CheckedExtrinsic(Origin.NONE, Optional.of(values),
                    extrinsic.call());
            case Preamble.Signed(MultiAddress address, MultiSignature signature, Values values) -> {
                AccountId signer = lookup(address);
                if (!verify(ext, signature, payload(ext, extrinsic, values), signer)) {
                    throw new ValidityException(new InvalidTransaction.BadProof());
                }
                yield new CheckedExtrinsic(Origin.signed(signer), Optional.of(values), extrinsic.call());
            }
        };
    }

    /** {@code AccountIdLookup<AccountId, ()>}: only ids can be looked up. */
    private static AccountId lookup(MultiAddress address) throws ValidityException {
        if (address instanceof MultiAddress.Id(AccountId account)) {
            return account;
        }
        throw new ValidityException(new TransactionValidityError.Unknown(new UnknownTransaction.CannotLookup()));
    }

    /** What the signer signed: call, extensions' values and what they imply; hashed where it is long. */
    public byte[] payload(Externalities ext, UncheckedExtrinsic extrinsic, Values values) throws ValidityException {
        ScaleOutput out = new ScaleOutput(PAYLOAD_MAX);
        byte[] encoded = extrinsic.encoded();
        out.raw(encoded, extrinsic.callOffset(), encoded.length - extrinsic.callOffset());
        extensions.encode(values, out);
        extensions.encodeImplicit(ext, values, out);
        byte[] payload = out.toByteArray();
        return payload.length > PAYLOAD_MAX ? ext.blake2b256(payload) : payload;
    }

    /** Whether {@code signer} made {@code signature} ({@code MultiSignature::verify}). */
    public static boolean verify(Externalities ext, MultiSignature signature, byte[] message, AccountId signer) {
        byte[] bytes = signature.signature().view();
        return switch (signature) {
            case MultiSignature.Sr25519 _ -> ext.sr25519Verify(bytes, message, signer.bytes().view());
            case MultiSignature.Ed25519 _ -> ext.ed25519Verify(bytes, message, signer.bytes().view());
            case MultiSignature.Ecdsa _ -> ext.secp256k1Recover(bytes, ext.blake2b256(message))
                    .filter(key -> Arrays.equals(ext.blake2b256(key), signer.bytes().view())).isPresent();
        };
    }

    /** The same for a message that is no transaction: it may be signed as it is, or as wallets sign such. */
    public static boolean verifyBytes(Externalities ext, MultiSignature signature, byte[] message, AccountId signer) {
        return verify(ext, signature, message, signer) || verify(ext, signature,
                new ScaleOutput().raw(BEFORE.view()).raw(message).raw(BEHIND.view()).toByteArray(), signer);
    }
}
