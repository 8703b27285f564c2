package io.vilokanam.pallets.system.extension;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;

/** No transaction comes from the account of all zeros ({@code frame_system::CheckNonZeroSender}). */
public final class CheckNonZeroSender implements Passing<Unit, Unit> {

    private static final Codec<Unit> CODEC = Passing
            .nothingSent("frame_system::extensions::check_non_zero_sender::CheckNonZeroSender");

    @Override
    public String identifier() {
        return "CheckNonZeroSender";
    }

    @Override
    public Codec<Unit> codec() {
        return CODEC;
    }

    @Override
    public Codec<Unit> implicitCodec() {
        return Codecs.UNIT;
    }

    @Override
    public Unit implicit(Externalities ext, Unit value) {
        return Unit.UNIT;
    }

    @Override
    public Weight weight(Unit value, RuntimeCall call) {
        return ExtensionWeights.CHECK_NON_ZERO_SENDER;
    }

    @Override
    public Validated<Unit> validate(Externalities ext, Unit value, Origin origin, Transaction transaction)
            throws ValidityException {
        if (origin instanceof Origin.Signed(AccountId sender) && sender.equals(AccountId.ZERO)) {
            throw new ValidityException(new InvalidTransaction.BadSigner());
        }
        return Passing.super.validate(ext, value, origin, transaction);
    }
}
