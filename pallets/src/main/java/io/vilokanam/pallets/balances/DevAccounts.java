package io.vilokanam.pallets.balances;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.vilokanam.api.Externalities;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.U128;

/**
 * Accounts for development that genesis makes and endows ({@code dev_accounts} of {@code pallet_balances}).
 *
 * @param count how many, from 1
 * @param free what each owns, in plancks
 * @param derivation a secret URI in which {@code {}} stands for the number of the account
 */
public record DevAccounts(long count, U128 free, String derivation) {

    /** The derivation where none is named. */
    public static final String DERIVATION = "//Sender//{}";

    /** More are refused, which the reference does not: deriving one takes a millisecond, and anybody may ask for it. */
    static final long COUNT_MAX = 10_000;

    private static final String NUMBER = "{}";

    /**
     * Hands out each account with what it owns.
     *
     * @throws IllegalArgumentException where there are none or too many, they would own too little, or the derivation is none
     */
    void forEach(Externalities ext, U128 existentialDeposit, Consumer<Balances.Endowment> each) {
        if (count == 0 || count > COUNT_MAX) {
            throw new IllegalArgumentException("devAccounts: expected 1 to " + COUNT_MAX + " accounts, got " + count);
        }
        if (free.isLessThan(existentialDeposit)) {
            throw new IllegalArgumentException("devAccounts: each has " + free
                    + ", less than the existential deposit of " + existentialDeposit);
        }
        if (!derivation.contains(NUMBER)) {
            throw new IllegalArgumentException("devAccounts: expected {} in the derivation " + derivation);
        }
        for (long number = 0; number < count; number++) {
            String uri = derivation.replace(NUMBER, Long.toString(number));
            byte[] key = ext.sr25519PublicKey(uri.getBytes(StandardCharsets.UTF_8))
                    .orElseThrow(() -> new IllegalArgumentException("devAccounts: " + uri + " is no secret URI"));
            each.accept(new Balances.Endowment(AccountId.wrap(key), free));
        }
    }
}
