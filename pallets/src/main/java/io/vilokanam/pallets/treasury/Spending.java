package io.vilokanam.pallets.treasury;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.DispatchException;
import io.vilokanam.frame.fungible.Currency;
import io.vilokanam.frame.fungible.Debt;
import io.vilokanam.frame.fungible.ReservableCurrency;
import io.vilokanam.frame.pallet.EventSink;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.Weight;
import io.vilokanam.scale.U128;

/** The end of a period: approved payments are made as far as there is enough. Source: pallet-treasury, {@code spend_funds}. */
final class Spending {

    private final Treasury.Config config;
    private final Currency currency;
    private final ReservableCurrency reserves;
    private final StorageMap<Long, Proposal> proposals;
    private final StorageValue<List<Long>> approvals;
    private final EventSink<TreasuryEvent> events;

    Spending(Treasury.Config config, Currency currency, ReservableCurrency reserves,
            StorageMap<Long, Proposal> proposals, StorageValue<List<Long>> approvals,
            EventSink<TreasuryEvent> events) {
        this.config = config;
        this.currency = currency;
        this.reserves = reserves;
        this.proposals = proposals;
        this.approvals = approvals;
        this.events = events;
    }

    /** What can be spent: the existential deposit stays, so that the account does. */
    U128 pot(Externalities ext) {
        return currency.freeBalance(ext, config.account()).saturatingMinus(currency.minimumBalance());
    }

    Weight spend(Externalities ext) {
        U128 budget = pot(ext);
        events.deposit(ext, new TreasuryEvent.Spending(budget));
        U128 owed = U128.ZERO;
        List<Long> waiting = approvals.get(ext);
        List<Long> left = new ArrayList<>();
        for (long index : waiting) {
            Optional<Proposal> found = proposals.find(ext, index);
            if (found.isPresent() && found.get().value().isMoreThan(budget)) {
                left.add(index);
            } else if (found.isPresent()) {
                budget = budget.minus(found.get().value());
                owed = owed.saturatingPlus(award(ext, index, found.get()).amount());
            }
        }
        approvals.put(ext, left);
        settle(ext, owed);
        events.deposit(ext, new TreasuryEvent.Rollover(budget));
        return TreasuryWeights.onInitializeProposals(waiting.size());
    }

    private Debt award(Externalities ext, long index, Proposal proposal) {
        proposals.remove(ext, index);
        unreserve(ext, proposal);
        Debt debt = currency.depositCreating(ext, proposal.beneficiary(), proposal.value());
        events.deposit(ext, new TreasuryEvent.Awarded(index, proposal.value(), proposal.beneficiary()));
        return debt;
    }

    private void unreserve(Externalities ext, Proposal proposal) {
        try {
            reserves.unreserve(ext, proposal.proposer(), proposal.bond());
        } catch (DispatchException refused) {
            ext.log("runtime::treasury", "a bond was not given back: " + refused.getMessage());
        }
    }

    /** Never fails, as the budget is what the account has above the existential deposit; if it did, tokens were created. */
    private void settle(Externalities ext, U128 owed) {
        try {
            currency.offset(ext, currency.withdraw(ext, config.account(), owed, true), new Debt(owed));
        } catch (DispatchException refused) {
            ext.log("runtime::treasury", "what was spent could not be taken: " + refused.getMessage());
            currency.drop(ext, new Debt(owed));
        }
    }
}
