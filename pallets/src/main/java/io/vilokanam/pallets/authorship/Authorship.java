package io.vilokanam.pallets.authorship;

import java.util.Optional;
import java.util.function.Function;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.PalletWithoutCalls;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Weight;

/** Who makes the current block ({@code pallet_authorship}). */
public final class Authorship implements PalletWithoutCalls<Authorship.Call> {

    /** There are none. */
    public enum Call {
    }

    private final Function<Externalities, Optional<AccountId>> findAuthor;
    private final StorageValue<AccountId> author;

    /** @param findAuthor finds the author in the block's digest */
    public Authorship(PalletScope scope, Function<Externalities, Optional<AccountId>> findAuthor) {
        this.findAuthor = findAuthor;
        this.author = scope.optionalValue("Author", AccountId.CODEC, "Who makes the current block.");
    }

    /** The author, found in the digest when first asked for. */
    public Optional<AccountId> author(Externalities ext) {
        Optional<AccountId> known = author.find(ext);
        if (known.isPresent()) {
            return known;
        }
        Optional<AccountId> found = findAuthor.apply(ext);
        found.ifPresent(account -> author.put(ext, account));
        return found;
    }

    @Override
    public Weight onInitialize(Externalities ext, long number) {
        author(ext);
        return Weight.ZERO;
    }

    @Override
    public void onFinalize(Externalities ext, long number) {
        author.kill(ext);
    }
}
