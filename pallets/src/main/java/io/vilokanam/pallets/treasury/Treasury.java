package io.vilokanam.pallets.treasury;

import static io.vilokanam.frame.dispatch.AccountLookup.lookup;
import static io.vilokanam.frame.dispatch.DispatchException.ensure;
import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchContext;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.dispatch.EnsureOrigin;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.executive.CurrentBlock;
import io.vilokanam.frame.fungible.Credit;
import io.vilokanam.frame.fungible.Currency;
import io.vilokanam.frame.fungible.Fungible;
import io.vilokanam.frame.fungible.OnUnbalanced;
import io.vilokanam.frame.fungible.Preservation;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.pallet.Pallet;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.schedule.DispatchTime;
import io.vilokanam.frame.storage.BoundedVec;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.pallets.treasury.SpendStatus.PaymentState;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.Pays;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.tickstream.Permill;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.U128;

/** A pot that belongs to all, and payments from it that were decided about elsewhere ({@code pallet_treasury}). */
public final class Treasury implements Pallet<TreasuryCall>, OnUnbalanced {

    /**
     * What a runtime decides. Whatever is spent is the chain's own currency.
     *
     * @param spendPeriod after so many blocks approved payments are made
     * @param palletId eight characters
     * @param account the pot, which follows from {@code palletId}
     * @param approvalsMax how many approved payments wait at most
     * @param payoutPeriod how long a payment can be claimed, in blocks
     * @param spender how much an origin may spend in one dispatch, in plancks; empty for one that may not
     * @param rejecter who may take approvals back
     */
    public record Config(long spendPeriod, Bytes palletId, AccountId account, int approvalsMax,
            long payoutPeriod, Spender spender, EnsureOrigin rejecter) {}

    /** Says how much an origin may spend. */
    @FunctionalInterface
    public interface Spender {
        Optional<U128> most(Origin origin);
    }

    private static final Codec<Bytes> PALLET_ID = struct((Bytes id) -> id,
            field("", "[u8; 8]", Codecs.fixedBytes(8), (Bytes id) -> id)).named("frame_support::PalletId");

    /** Nothing is destroyed: the event Burnt is declared as the reference does, and never comes. */
    private static final Permill NO_BURN = new Permill(0);

    private static final int SPEND_LOCAL = 3;
    private static final int REMOVE_APPROVAL = 4;

    private final Config config;
    private final CurrentBlock block;
    private final Currency currency;
    private final Fungible paymaster;
    private final StorageValue<Long> proposalCount;
    private final StorageMap<Long, Proposal> proposals;
    private final StorageValue<U128> deactivated;
    private final StorageValue<List<Long>> approvals;
    private final StorageValue<Long> spendCount;
    private final StorageMap<Long, SpendStatus> spends;
    private final StorageValue<Long> lastSpendPeriod;
    private final EventSink<TreasuryEvent> events;
    private final Spending spending;

    /** @param paymaster the currency that claimed payments are made in */
    public Treasury(PalletScope scope, Config config, CurrentBlock block, Currency currency,
            ReservableCurrency reserves, Fungible paymaster) {
        this.config = config;
        this.block = block;
        this.currency = currency;
        this.paymaster = paymaster;
        // Proposals and spends are numbered by the chain: nobody can choose keys that crowd the trie.
        this.proposalCount = scope.value("ProposalCount", Codecs.U32, 0L,
                "How many payments were approved by proposal.");
        this.proposals = scope.optionalMap("Proposals", Hasher.TWOX_64_CONCAT, Codecs.U32, Proposal.CODEC,
                "The payments that are made at the end of a period.");
        this.deactivated = scope.value("Deactivated", Codecs.U128, U128.ZERO,
                "How much of the pot counts as inactive, in plancks.");
        this.approvals = scope.value("Approvals", BoundedVec.codec(Codecs.U32, config.approvalsMax), List.of(),
                "The approved payments that wait for the end of the period.");
        this.spendCount = scope.value("SpendCount", Codecs.U32, 0L, "How many payments to be claimed there have been.");
        this.spends = scope.optionalMap("Spends", Hasher.TWOX_64_CONCAT, Codecs.U32, SpendStatus.CODEC,
                "The payments to be claimed.");
        this.lastSpendPeriod = scope.optionalValue("LastSpendPeriod", Codecs.U32,
                "The block at which the last period ended.");
        scope.calls(TreasuryCall.CALLS, "pallet_treasury::pallet::Call", "T", "I");
        this.events = scope.events(TreasuryEvent.EVENTS, "pallet_treasury::pallet::Event", "T", "I");
        scope.deprecateCall(SPEND_LOCAL,
                "The `spend_local` call will be removed by May 2025. Migrate to the new flow and "
                        + "use the `spend` call.");
        scope.deprecateCall(REMOVE_APPROVAL,
                "The `remove_approval` call will be removed by May 2025. It associated with "
                        + "the deprecated `spend_local` call.");
        scope.errors(TreasuryError.ERRORS, "pallet_treasury::pallet::Error", "T", "I");
        scope.constant("SpendPeriod", Codecs.U32, config.spendPeriod, "The length of a period in blocks.");
        scope.constant("Burn", Permill.CODEC, NO_BURN, "The share of what is left that is destroyed each period.");
        scope.constant("PalletId", PALLET_ID, config.palletId, "What the pot's account follows from.");
        scope.constant("MaxApprovals", Codecs.U32, (long) config.approvalsMax, "The most approved payments that wait.");
        scope.constant("PayoutPeriod", Codecs.U32, config.payoutPeriod,
                "How long a payment can be claimed, in blocks.");
        scope.constant("pot_account", AccountId.CODEC, config.account, "The account of the pot.");
        scope.withDispatchContexts();
        this.spending = new Spending(config, currency, reserves, proposals, approvals, events);
    }

    /** The pot's account; it holds the existential deposit from genesis on. */
    public AccountId account() {
        return config.account;
    }

    /** Creates the pot's account. */
    public void build(Externalities ext) {
        U128 least = currency.minimumBalance();
        if (currency.freeBalance(ext, config.account).isLessThan(least)) {
            currency.makeFreeBalanceBe(ext, config.account, least);
        }
    }

    @Override
    public Weight weigh(TreasuryCall call) {
        return switch (call) {
            case TreasuryCall.SpendLocal _ -> TreasuryWeights.SPEND_LOCAL;
            case TreasuryCall.RemoveApproval _ -> TreasuryWeights.REMOVE_APPROVAL;
            case TreasuryCall.Spend _ -> TreasuryWeights.SPEND;
            case TreasuryCall.Payout _ -> TreasuryWeights.PAYOUT;
            case TreasuryCall.CheckStatus _ -> TreasuryWeights.CHECK_STATUS;
            case TreasuryCall.VoidSpend _ -> TreasuryWeights.VOID_SPEND;
        };
    }

    @Override
    public DispatchClass dispatchClass(TreasuryCall call) {
        return call instanceof TreasuryCall.RemoveApproval ? DispatchClass.OPERATIONAL : DispatchClass.NORMAL;
    }

    @Override
    public PostDispatchInfo dispatch(Externalities ext, Origin origin, TreasuryCall call) throws DispatchException {
        switch (call) {
            case TreasuryCall.SpendLocal(var amount, var beneficiary) ->
                spendLocal(ext, mostOf(origin), amount, beneficiary);
            case TreasuryCall.RemoveApproval(var proposal) -> {
                config.rejecter.ensure(ext, origin);
                removeApproval(ext, proposal);
            }
            case TreasuryCall.Spend(var assetKind, var amount, var beneficiary, var validFrom) ->
                spend(ext, mostOf(origin), assetKind, amount, beneficiary, validFrom);
            case TreasuryCall.Payout(var index) -> {
                origin.ensureSigned();
                payout(ext, index);
            }
            case TreasuryCall.CheckStatus(var index) -> {
                origin.ensureSigned();
                return checkStatus(ext, index);
            }
            case TreasuryCall.VoidSpend(var index) -> {
                config.rejecter.ensure(ext, origin);
                ensure(!findSpend(ext, index).isAttempted(), TreasuryError.ALREADY_ATTEMPTED);
                spends.remove(ext, index);
                events.deposit(ext, new TreasuryEvent.AssetSpendVoided(index));
            }
        }
        return PostDispatchInfo.AS_ANNOUNCED;
    }

    private U128 mostOf(Origin origin) throws DispatchException {
        return config.spender.most(origin).orElseThrow(() -> new DispatchException(new DispatchError.BadOrigin()));
    }

    private void spendLocal(Externalities ext, U128 most, U128 amount, MultiAddress address)
            throws DispatchException {
        ensureAllowed(ext, amount, most);
        AccountId beneficiary = lookup(address);
        long index = proposalCount.get(ext);
        ensure(approvals.decodeLength(ext).orElse(0L) < config.approvalsMax, TreasuryError.TOO_MANY_APPROVALS);
        approvals.append(ext, Codecs.U32.encode(index));
        proposals.put(ext, index, new Proposal(beneficiary, amount, beneficiary, U128.ZERO));
        proposalCount.put(ext, index + 1);
        events.deposit(ext, new TreasuryEvent.SpendApproved(index, amount, beneficiary));
    }

    private static void ensureAllowed(Externalities ext, U128 amount, U128 most) throws DispatchException {
        ensure(amount.compareTo(most) <= 0, TreasuryError.INSUFFICIENT_PERMISSION);
        Optional<SpentSoFar> spent = DispatchContext.note(ext, SpentSoFar.class, SpentSoFar::new);
        ensure(spent.isEmpty() || spent.get().allows(amount, most), TreasuryError.INSUFFICIENT_PERMISSION);
    }

    private void removeApproval(Externalities ext, long proposal) throws DispatchException {
        List<Long> waiting = approvals.get(ext);
        ensure(waiting.contains(proposal), TreasuryError.PROPOSAL_NOT_APPROVED);
        approvals.put(ext, waiting.stream().filter(index -> index != proposal).toList());
    }

    private void spend(Externalities ext, U128 most, Unit assetKind, U128 amount, AccountId beneficiary,
            Optional<Long> from) throws DispatchException {
        long now = block.blockNumber(ext);
        long validFrom = from.orElse(now);
        long expireAt = expiry(validFrom);
        ensure(expireAt > now, TreasuryError.SPEND_EXPIRED);
        ensureAllowed(ext, amount, most);
        long index = spendCount.get(ext);
        spends.put(ext, index,
                new SpendStatus(assetKind, amount, beneficiary, validFrom, expireAt, PaymentState.PENDING));
        spendCount.put(ext, index + 1);
        events.deposit(ext,
                new TreasuryEvent.AssetSpendApproved(index, assetKind, amount, beneficiary, validFrom, expireAt));
    }

    private long expiry(long from) {
        return DispatchTime.saturating(from + config.payoutPeriod);
    }

    private SpendStatus findSpend(Externalities ext, long index) throws DispatchException {
        return spends.find(ext, index).orElseThrow(() -> new DispatchException(TreasuryError.INVALID_INDEX));
    }

    private void payout(Externalities ext, long index) throws DispatchException {
        SpendStatus spend = findSpend(ext, index);
        long now = block.blockNumber(ext);
        ensure(now >= spend.validFrom(), TreasuryError.EARLY_PAYOUT);
        ensure(spend.expireAt() > now, TreasuryError.SPEND_EXPIRED);
        ensure(!spend.isAttempted(), TreasuryError.ALREADY_ATTEMPTED);
        try {
            paymaster.transfer(ext, config.account, spend.beneficiary(), spend.amount(), Preservation.EXPENDABLE);
        } catch (DispatchException refused) {
            ext.log("runtime::treasury", "payment " + index + " was not made: " + refused.getMessage());
            throw new DispatchException(TreasuryError.PAYOUT_ERROR);
        }
        spends.put(ext, index, spend.attempted(expiry(now)));
        events.deposit(ext, new TreasuryEvent.Paid(index, Unit.UNIT));
    }

    /** A payment from the pot succeeds at once, so that one that was attempted is done with. */
    private PostDispatchInfo checkStatus(Externalities ext, long index) throws DispatchException {
        SpendStatus spend = findSpend(ext, index);
        boolean isExpired = block.blockNumber(ext) > spend.expireAt();
        ensure(spend.isAttempted() || isExpired, TreasuryError.NOT_ATTEMPTED);
        spends.remove(ext, index);
        events.deposit(ext, new TreasuryEvent.SpendProcessed(index));
        return new PostDispatchInfo(Optional.empty(), Pays.NO);
    }

    @Override
    public Weight onInitialize(Externalities ext, long number) {
        updateInactive(ext);
        long last = lastSpendPeriod.find(ext).orElseGet(() -> firstSpendPeriod(ext, number));
        long since = Math.max(number - last, 0);
        long period = Math.max(config.spendPeriod, 1);
        if (since < period) {
            return Weight.ZERO;
        }
        lastSpendPeriod.put(ext, number - since % period);
        return spending.spend(ext);
    }

    private void updateInactive(Externalities ext) {
        U128 pot = spending.pot(ext);
        U128 before = deactivated.get(ext);
        if (!pot.equals(before)) {
            currency.reactivate(ext, before);
            currency.deactivate(ext, pot);
            deactivated.put(ext, pot);
            events.deposit(ext, new TreasuryEvent.UpdatedInactive(before, pot));
        }
    }

    /** The last block at which a period would have ended; one before, where this is such a block. */
    private long firstSpendPeriod(Externalities ext, long number) {
        long period = Math.max(config.spendPeriod, 1);
        long since = number % period;
        long last = Math.max(number - (since == 0 ? period : since), 0);
        lastSpendPeriod.put(ext, last);
        return last;
    }

    @Override
    public void onNonzeroUnbalanced(Externalities ext, Credit credit) {
        currency.resolveCreating(ext, config.account, credit);
        events.deposit(ext, new TreasuryEvent.Deposit(credit.amount()));
    }
}
