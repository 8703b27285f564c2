package io.vilokanam.frame.dispatch;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.MultiAddress;
import io.vilokanam.primitives.dispatch.DispatchError;

/** Finds the account that an address names ({@code AccountIdLookup<AccountId, ()>}): only ids name one. */
public final class AccountLookup {

    private AccountLookup() {}

    /** @throws DispatchException {@code CannotLookup} for any other form than an id */
    public static AccountId lookup(MultiAddress address) throws DispatchException {
        if (address instanceof MultiAddress.Id(AccountId account)) {
            return account;
        }
        throw new DispatchException(new DispatchError.CannotLookup());
    }
}
