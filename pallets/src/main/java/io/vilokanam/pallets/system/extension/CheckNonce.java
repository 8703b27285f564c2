package io.vilokanam.pallets.system.extension;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.frame.extension.TransactionExtension;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.pallets.system.AccountInfo;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleOutput;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/**
 * Each transaction of an account has the next number, so none is applied twice ({@code frame_system::CheckNonce}). In the
 * pool later numbers may wait for the earlier ones.
 */
public final class CheckNonce implements TransactionExtension<Long, Unit, Optional<CheckNonce.Sender>, Weight> {

    private static final Codec<Long> CODEC = struct((Long nonce) -> nonce,
            field("", "T::Nonce", Codecs.COMPACT_U32, nonce -> nonce))
            .named("frame_system::extensions::check_nonce::CheckNonce", TypeParameter.skipped("T"));

    /** Who sent a transaction, and the nonce of the account. */
    record Sender(AccountId account, long nonce) {}

    private final FrameSystem<?> system;
    private final ExtensionWeights weights;

    public CheckNonce(FrameSystem<?> system) {
        this.system = system;
        this.weights = new ExtensionWeights(system.dbWeight());
    }

    @Override
    public String identifier() {
        return "CheckNonce";
    }

    @Override
    public Codec<Long> codec() {
        return CODEC;
    }

    @Override
    public Codec<Unit> implicitCodec() {
        return Codecs.UNIT;
    }

    @Override
    public Unit implicit(Externalities ext, Long nonce) {
        return Unit.UNIT;
    }

    @Override
    public Weight weight(Long nonce, RuntimeCall call) {
        return weights.checkNonce();
    }

    @Override
    public Validated<Optional<Sender>> validate(Externalities ext, Long nonce, Origin origin, Transaction transaction)
            throws ValidityException {
        if (!(origin instanceof Origin.Signed(AccountId who))) {
            return new Validated<>(ValidTransaction.DEFAULT, Optional.empty(), origin);
        }
        AccountInfo<?> account = system.accounts().info(ext, who);
        if (account.providers() == 0 && account.sufficients() == 0) {
            throw new ValidityException(new InvalidTransaction.Payment());
        }
        if (nonce < account.nonce()) {
            throw new ValidityException(new InvalidTransaction.Stale());
        }
        List<Bytes> requires = account.nonce() < nonce ? List.of(tag(who, nonce - 1)) : List.of();
        ValidTransaction validity = new ValidTransaction(0, requires, List.of(tag(who, nonce)), -1, true);
        return new Validated<>(validity, Optional.of(new Sender(who, account.nonce())), origin);
    }

    private static Bytes tag(AccountId who, long nonce) {
        return new ScaleOutput().raw(who.bytes().view()).u32(nonce).toBytes();
    }

    /** @return the weight to give back: that of the extension where nobody signed */
    @Override
    public Weight prepare(Externalities ext, Long nonce, Optional<Sender> sender, Origin origin,
            Transaction transaction)
            throws ValidityException {
        if (sender.isEmpty()) {
            return weights.checkNonce();
        }
        if (nonce > sender.get().nonce) {
            throw new ValidityException(new InvalidTransaction.Future());
        }
        system.accounts().setNonce(ext, sender.get().account, sender.get().nonce + 1 & 0xffff_ffffL);
        return Weight.ZERO;
    }

    @Override
    public Weight postDispatch(Externalities ext, Weight refund, Transaction transaction, PostDispatchInfo post,
            Result<Unit, DispatchError> outcome) {
        return refund;
    }
}
