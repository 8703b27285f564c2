package io.vilokanam.pallets.grandpa;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.session.MembershipProof;
import io.vilokanam.frame.session.Offence;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleOutput;

/** Reports of voters that voted twice: the rules. Source: pallet-grandpa, {@code equivocation.rs}. */
final class Reports {

    private static final Bytes KIND = Bytes.ascii("grandpa:equivoca");
    private static final String TAG_PREFIX = "GrandpaEquivocation";
    /** The highest priority that there is: unsigned 64 bits. */
    private static final long PRIORITY = -1;

    private final Optional<Accountability> accountability;
    private final StorageMap<Long, Long> setIdSession;

    /** @param accountability missing in runtimes without sessions, where no report can be decoded */
    Reports(Optional<Accountability> accountability, StorageMap<Long, Long> setIdSession) {
        this.accountability = accountability;
        this.setIdSession = setIdSession;
    }

    private Accountability accountability() {
        return accountability
                .orElseThrow(
                        () -> new IllegalStateException("a report was decoded where there are no ownership proofs"));
    }

    /** {@code process_evidence}. Without a reporter the block's author reports. */
    void process(Externalities ext, Optional<AccountId> reporter, Equivocations.Proof proof, MembershipProof ownership)
            throws DispatchException {
        List<AccountId> reporters = reporter.or(() -> accountability().author(ext)).stream().toList();
        DispatchException.ensure(proof.isValid(ext), Grandpa.Error.INVALID_EQUIVOCATION_PROOF);
        AccountId offender = accountability().ownerOf(ext, proof.offender(), ownership)
                .orElseThrow(() -> new DispatchException(Grandpa.Error.INVALID_KEY_OWNERSHIP_PROOF));
        ensureWithinSet(ext, proof.setId(), ownership.session());
        DispatchException.ensure(accountability().report(ext, reporters, offence(proof, offender)),
                Grandpa.Error.DUPLICATE_OFFENCE_REPORT);
    }

    /** The session of the ownership proof must be one in which the set was in office. */
    private void ensureWithinSet(Externalities ext, long setId, long session) throws DispatchException {
        boolean isLater = setId == 0 || session > lastSessionOf(ext, setId - 1);
        DispatchException.ensure(isLater && session <= lastSessionOf(ext, setId),
                Grandpa.Error.INVALID_EQUIVOCATION_PROOF);
    }

    private long lastSessionOf(Externalities ext, long setId) throws DispatchException {
        return setIdSession.find(ext, setId)
                .orElseThrow(() -> new DispatchException(Grandpa.Error.INVALID_EQUIVOCATION_PROOF));
    }

    private static Offence offence(Equivocations.Proof proof, AccountId offender) {
        return new Offence(KIND, new ScaleOutput().u64(proof.setId()).u64(proof.round()).toBytes(), offender);
    }

    /** {@code check_evidence}: what is wrong with a report before it is dispatched, if anything is. */
    Optional<TransactionValidityError> check(Externalities ext, Equivocations.Proof proof, MembershipProof ownership) {
        Optional<AccountId> offender = accountability().ownerOf(ext, proof.offender(), ownership);
        if (offender.isEmpty()) {
            return Optional.of(TransactionValidityError.of(new InvalidTransaction.BadProof()));
        }
        return accountability().isKnown(ext, offence(proof, offender.get()))
                ? Optional.of(TransactionValidityError.of(new InvalidTransaction.Stale()))
                : Optional.empty();
    }

    /** Reports come from this node itself, or stand in a block; they are not passed on. */
    Result<ValidTransaction, TransactionValidityError> validate(Externalities ext, TransactionSource source,
            Equivocations.Proof proof, MembershipProof ownership) {
        if (source == TransactionSource.EXTERNAL) {
            return Result.err(TransactionValidityError.of(new InvalidTransaction.Call()));
        }
        Optional<TransactionValidityError> error = check(ext, proof, ownership);
        if (error.isPresent()) {
            return Result.err(error.get());
        }
        Bytes tag = new ScaleOutput().string(TAG_PREFIX).raw(proof.offender().bytes().view()).u64(proof.setId())
                .u64(proof.round()).toBytes();
        return Result.ok(new ValidTransaction(PRIORITY, List.of(), List.of(tag), accountability().longevity(), false));
    }
}
